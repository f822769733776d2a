// What the value of an option or variable may be.
import { validateHeaderName, validateHeaderValue } from 'node:http';
import { isIP } from 'node:net';
import { isCallerEntry } from '../trust/callers.ts';
import { isHostEntry } from '../trust/hosts.ts';
import { isPathEntry } from './ignored-paths.ts';

/** What a value may be. The same rule reads an option given in code and a variable of the environment. */
export type Rule =
  | {
      readonly kind:
        | 'text'
        | 'secret'
        | 'url'
        | 'address'
        | 'hosts'
        | 'callers'
        | 'paths'
        | 'pairs'
        | 'attributes'
        | 'switch';
    }
  | { readonly kind: 'integer' | 'number'; readonly min: number; readonly max: number }
  | { readonly kind: 'choice' | 'list'; readonly values: readonly string[] };

/** What a text stands for under a rule, or `undefined` when the rule refuses it. Never throws. */
export function readValue(rule: Rule, text: string): string | number | undefined {
  switch (rule.kind) {
    case 'integer':
      return between(rule, text, /^\d+$/);
    case 'number':
      return between(rule, text, /^(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i);
    case 'choice':
      return rule.values.find((value) => value === text.toLowerCase());
    case 'list': {
      const list = text.toLowerCase();
      return ifAccepted(list, () => namesOf(list).every((name) => rule.values.includes(name)));
    }
    default:
      return ifAccepted(text, ACCEPTED[rule.kind]);
  }
}

/** The parts of a comma-separated list, without spaces around them and without empty ones. */
export function namesOf(text: string): string[] {
  return text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

/** What a rule accepts, as words that end the sentence "it must be …". */
export function expectation(rule: Rule): string {
  switch (rule.kind) {
    case 'integer':
      return `a whole number from ${rule.min} to ${rule.max}`;
    case 'number':
      return `a number from ${rule.min} to ${rule.max}`;
    case 'choice':
      return rule.values.join(' or ');
    case 'list':
      return `a list of ${rule.values.join(', ')}`;
    default:
      return WORDS[rule.kind];
  }
}

type PlainKind = Exclude<Rule['kind'], 'integer' | 'number' | 'choice' | 'list'>;

const ACCEPTED: Readonly<Record<PlainKind, (text: string) => boolean>> = {
  text: (text) => text !== '',
  secret: (text) => text !== '',
  url: isHttpUrl,
  address: (text) => isIP(text) > 0 || text === 'localhost',
  hosts: (text) => namesOf(text).every(isHostEntry),
  callers: (text) => namesOf(text).every(isCallerEntry),
  paths: (text) => namesOf(text).every(isPathEntry),
  pairs: (text) => namesOf(text).every(isHeader),
  attributes: (text) => namesOf(text).every(isAttribute),
  switch: (text) => /^(true|false)$/i.test(text),
};

const WORDS: Readonly<Record<PlainKind, string>> = {
  text: 'a text',
  secret: 'a text',
  url: 'an http:// or https:// address',
  address: 'an IP address or localhost',
  hosts: 'a list of private, all, none, host names, *.domains and IP addresses',
  callers: 'a list of private, loopback, all, none, IP addresses and networks such as 10.0.0.0/8',
  paths: 'a list of paths such as /healthz and beginnings of paths such as /static/*',
  pairs: 'pairs such as key=value,key=value, percent-encoded',
  attributes: 'attributes such as key=value,key=value, percent-encoded',
  switch: 'true or false',
};

function between(
  { min, max }: { readonly min: number; readonly max: number },
  text: string,
  form: RegExp,
): number | undefined {
  const value = Number(text);
  return form.test(text) && value >= min && value <= max ? value : undefined;
}

function ifAccepted(text: string, accepts: (text: string) => boolean): string | undefined {
  return accepts(text) ? text : undefined;
}

/** The specification has the whole variable thrown away for one wrong pair, so that is told at start. */
function isAttribute(pair: string): boolean {
  const [key = '', ...values] = pair.split('=');
  return key.trim() !== '' && values.length === 1 && !/%(?![0-9a-f]{2})/i.test(pair);
}

/** What exporters would leave out without a word, and what no request can carry. */
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

function isHttpUrl(text: string): boolean {
  return /^https?:\/\/\S+$/i.test(text) && URL.canParse(text);
}
