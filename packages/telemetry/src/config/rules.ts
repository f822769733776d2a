// What the value of an option or variable may be, and the typed value that it stands for.
import { validateHeaderName, validateHeaderValue } from 'node:http';
import { isIP } from 'node:net';
import { listOf as arrayOf } from '@moneytrail/catalogue';
import { parseKeyPairsIntoRecord } from '@opentelemetry/core';
import { isCallerEntry } from '../trust/callers.ts';
import { isHostEntry } from '../trust/hosts.ts';
import { isPathEntry } from './ignored-paths.ts';

/** What a value may be. The same rule reads an option in code and a variable of the environment. */
export interface Rule<Value = unknown> {
  /** What the rule accepts, as words that end the sentence "it must be …". */
  readonly expects: string;
  /** Returns the typed value, or `undefined` where the rule refuses what was given. Never throws. */
  readonly read: (given: unknown) => Value | undefined;
  /** Hides what an error message must not show, where a value may hold a secret. */
  readonly hide?: (text: string) => string;
}

/** Any text but the empty one. */
export const text: Rule<string> = textWhere('a text', (given) => given !== '');

/** An address of HTTP. */
export const url: Rule<string> = textWhere(
  'an http:// or https:// address',
  (given) => /^https?:\/\/\S+$/i.test(given) && URL.canParse(given),
);

/** An IP address to listen on. */
export const address: Rule<string> = textWhere(
  'an IP address or localhost',
  (given) => isIP(given) > 0 || given === 'localhost',
);

/** Hosts of the service's own side. */
export const hosts: Rule<readonly string[]> = listWhere(
  'a list of private, all, none, host names, *.domains and IP addresses',
  isHostEntry,
);

/** Callers whose traces are continued. */
export const callers: Rule<readonly string[]> = listWhere(
  'a list of private, loopback, all, none, IP addresses and networks such as 10.0.0.0/8',
  isCallerEntry,
);

/** Paths of requests. */
export const paths: Rule<readonly string[]> = listWhere(
  'a list of paths such as /healthz and beginnings of paths such as /static/*',
  isPathEntry,
);

/** Names in any form. */
export const names: Rule<readonly string[]> = listWhere('a list of names', () => true);

/** Headers of a request. Exporters ignore malformed ones silently, so they are refused at startup. */
export const headers: Rule<Readonly<Record<string, string>>> = {
  expects: 'pairs such as key=value,key=value, percent-encoded',
  read: (given) => {
    if (typeof given !== 'string' || !namesIn(given).every(isHeader)) return undefined;
    return parseKeyPairsIntoRecord(given);
  },
  hide: (given) => given.replace(/=[^,]+/g, '=…'),
};

/** Attributes of the resource. One malformed pair discards the whole variable, so it is refused at startup. */
export const attributes: Rule<string> = textWhere(
  'attributes such as key=value,key=value, percent-encoded',
  (given) => namesIn(given).every(isAttribute),
);

/** On or off. */
export const boolean: Rule<boolean> = {
  expects: 'true or false',
  read: (given) =>
    typeof given === 'string' && /^(true|false)$/i.test(given)
      ? given.toLowerCase() === 'true'
      : undefined,
};

/** A whole number in a range. */
export function integer(min: number, max: number): Rule<number> {
  return {
    expects: `a whole number from ${min} to ${max}`,
    read: (given) => between(min, max, given, /^\d+$/),
  };
}

/** A number in a range. */
export function number(min: number, max: number): Rule<number> {
  return {
    expects: `a number from ${min} to ${max}`,
    read: (given) => between(min, max, given, /^(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i),
  };
}

/** One of a few words, in any case. */
export function choice<Word extends string>(...words: readonly Word[]): Rule<Word> {
  return { expects: words.join(' or '), read: (given) => wordOf(words, given) };
}

/** Some of a few words, in any case. */
export function listOf<Word extends string>(...words: readonly Word[]): Rule<readonly Word[]> {
  return {
    expects: `a list of ${words.join(', ')}`,
    read: (given) => {
      const found = entriesOf(given)?.map((entry) => wordOf(words, entry));
      return found?.every((word) => word !== undefined) ? found : undefined;
    },
  };
}

function textWhere(expects: string, accepts: (given: string) => boolean): Rule<string> {
  return {
    expects,
    read: (given) => (typeof given === 'string' && accepts(given) ? given : undefined),
  };
}

function listWhere(expects: string, accepts: (entry: string) => boolean): Rule<readonly string[]> {
  return {
    expects,
    read: (given) => {
      const entries = entriesOf(given);
      return entries?.every(accepts) ? entries : undefined;
    },
  };
}

/** The entries of a comma-separated text or of an array of texts. */
function entriesOf(given: unknown): string[] | undefined {
  if (typeof given === 'string') return namesIn(given);
  const entries = arrayOf(given);
  return entries?.every((entry) => typeof entry === 'string') ? [...entries] : undefined;
}

/** The entries of a comma-separated list, trimmed and without empty ones. */
function namesIn(list: string): string[] {
  return list
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

function wordOf<Word extends string>(words: readonly Word[], given: unknown): Word | undefined {
  const wanted = typeof given === 'string' ? given.toLowerCase() : undefined;
  return words.find((word) => word === wanted);
}

/** A number, or its text in a variable. */
function between(min: number, max: number, given: unknown, form: RegExp): number | undefined {
  const isNumber = typeof given === 'number' || typeof given === 'string';
  const value = isNumber && form.test(String(given)) ? Number(given) : Number.NaN;
  return value >= min && value <= max ? value : undefined;
}

function isAttribute(pair: string): boolean {
  const [key = '', ...values] = pair.split('=');
  return key.trim() !== '' && values.length === 1 && !/%(?![0-9a-f]{2})/i.test(pair);
}

function isHeader(pair: string): boolean {
  const [, name = '', value = ''] = /^([^=]+)=(.+)$/.exec(pair) ?? [];
  try {
    validateHeaderName(decodeURIComponent(name.trim()));
    validateHeaderValue(name, decodeURIComponent(value.trim()));
    return true;
  } catch {
    return false;
  }
}
