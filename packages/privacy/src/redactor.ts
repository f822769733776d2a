/** Copies any value as plain data without secrets and personal data. */
import { types } from 'node:util';
import { type Hidden, type HiddenNode, type HiddenPath, hiddenOf, hiddenWithin } from './hidden.ts';
import { ERROR, type Sensitive, sensitiveFields } from './names.ts';
import { MASK } from './patterns.ts';
import { copyPrimitive } from './primitive.ts';
import { maskName } from './text.ts';

const UNREADABLE = '[unreadable]';
const MAX_DEPTH = 10;
const MAX_VALUES = 1_000;

/** Copies any value as plain data for JSON, without the fields of `REDACTED_FIELDS`. Never throws. */
export type Redact = (value: unknown, field?: string) => unknown;

interface Rules {
  readonly sensitive: Sensitive;
  readonly hidden: Hidden;
}

interface Walk extends Rules {
  /** The objects that contain the current one, to detect circular references. */
  readonly around: object[];
  /** The path of names to the current value. */
  readonly path: string[];
  /** The hidden values within the current value. */
  within: readonly HiddenNode[];
  /** How many more values may be copied: a request or a socket refers to much of the process. */
  left: number;
}

/**
 * Creates a redactor for the known fields and `extra` ones, by name at any depth, for the values in `hidden`, and by
 * patterns in every string.
 *
 * @example
 * ```ts
 * import { pathNames, redactor } from '@moneytrail/privacy';
 * const seats = { names: pathNames('guests[*].seat') ?? [], censor: () => '***', showsPart: false };
 * const redact = redactor(['nickname'], [seats]);
 * console.log(redact({ nickname: 'ada', note: 'paid' })); // { nickname: '[redacted]', note: 'paid' }
 * console.log(redact({ guests: [{ seat: '4A' }] })); // { guests: [ { seat: '***' } ] }
 * ```
 */
export function redactor(extra: readonly string[], hidden: readonly HiddenPath[] = []): Redact {
  const rules = { sensitive: sensitiveFields(extra), hidden: hiddenOf(hidden) };
  return hidden.length > 0
    ? (value, field = '') => copyTop(newWalk(rules), value, field)
    : (value, field = '') => copyPlain(rules, value, field);
}

function copyTop(walk: Walk, value: unknown, field: string): unknown {
  if (value === undefined || field === '') return copy(walk, value, field);
  return copyField(walk, { [field]: value }, field, '');
}

function copy(walk: Walk, value: unknown, field: string): unknown {
  if (typeof value !== 'object') return copyPrimitive(value);
  return value === null ? null : copyObject(walk, value, field);
}

function copyObject(walk: Walk, value: object, field: string): unknown {
  if (walk.around.includes(value)) return '[circular]';
  if (walk.around.length >= MAX_DEPTH) return '[too deep]';
  if (walk.left <= 0) return '[too much]';
  walk.around.push(value);
  try {
    return copyKind(walk, value, field);
  } catch {
    return UNREADABLE;
  } finally {
    walk.around.pop();
  }
}

function copyKind(walk: Walk, value: object, field: string): unknown {
  if (types.isNativeError(value) || value instanceof Error) return copyError(walk, value);
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if ('toJSON' in value && typeof value.toJSON === 'function') {
    return copy(walk, value.toJSON(field), field);
  }
  if (Array.isArray(value)) return copyList(walk, value, field);
  if (types.isSet(value)) return copyList(walk, value, field);
  if (types.isMap(value)) return copyMap(walk, value, field);
  return copyFields(walk, value, field);
}

function copyError(walk: Walk, error: Error): Record<string, unknown> {
  const type = error.name === 'Error' ? error.constructor.name : error.name;
  const texts = { type, message: String(error.message), stack: String(error.stack) };
  const hidden = { cause: error.cause, errors: Reflect.get(error, 'errors') };
  const shown = Object.keys(texts).map((name) => [name, copyField(walk, texts, name, '')]);
  return {
    ...Object.fromEntries(shown.filter(([, text]) => text !== undefined)),
    ...copyFields(walk, hidden, ERROR),
    ...copyFields(walk, error, ERROR),
  };
}

function copyField(walk: Walk, owner: object, name: string, parent: string): unknown {
  const { within } = walk;
  const inner = hiddenWithin(within, name);
  const byPath = inner.find((node) => node.hidden !== undefined)?.hidden;
  const hidden = byPath ?? walk.hidden.byName(name);
  enter(walk, name, inner);
  try {
    const value: unknown = Reflect.get(owner, name);
    if (hidden?.showsPart !== false && isMasked(walk, name, parent, value)) return MASK;
    return hidden === undefined ? copy(walk, value, name) : censored(walk, hidden, value);
  } catch {
    return UNREADABLE;
  } finally {
    leave(walk, within);
  }
}

function enter(walk: Walk, name: string, within: readonly HiddenNode[]): void {
  walk.path.push(name);
  walk.within = within;
}

function isMasked({ sensitive }: Rules, name: string, parent: string, value: unknown): boolean {
  return sensitive(name, parent) && !isInitial(name, value);
}

/** A single letter in place of a name is an initial, which does not identify a person. */
function isInitial(name: string, value: unknown): boolean {
  return name === 'name' && typeof value === 'string' && /^[a-z]\.?$/i.test(value);
}

/** The replacement of a hidden value; `undefined` leaves it out. The result of `censor` is searched by patterns. */
function censored(walk: Walk, { censor }: HiddenPath, value: unknown): unknown {
  try {
    return copy(walk, censor(value, [...walk.path]), '');
  } catch {
    return MASK;
  }
}

function leave(walk: Walk, within: readonly HiddenNode[]): void {
  walk.path.pop();
  walk.within = within;
}

/** Reads each field separately, so that a getter that throws costs one field and not the whole record. */
function copyFields(walk: Walk, value: object, parent: string): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  for (const name of Object.keys(value)) {
    if (walk.left <= 0) break;
    walk.left -= 1;
    const field = copyField(walk, value, name, parent);
    if (field !== undefined && name !== '__proto__') fields[maskName(name)] = field;
  }
  return fields;
}

function copyList(walk: Walk, values: Iterable<unknown>, field: string): unknown[] {
  const copies: unknown[] = [];
  for (const value of values) {
    if (walk.left <= 0) break;
    walk.left -= 1;
    copies.push(copyItem(walk, value, String(copies.length), field) ?? null);
  }
  return copies;
}

function copyItem(walk: Walk, value: unknown, index: string, field: string): unknown {
  const { within } = walk;
  const inner = hiddenWithin(within, index);
  const hidden = inner.find((node) => node.hidden !== undefined)?.hidden;
  enter(walk, index, inner);
  const item = hidden === undefined ? copy(walk, value, field) : censored(walk, hidden, value);
  leave(walk, within);
  return item;
}

function copyMap(walk: Walk, values: ReadonlyMap<unknown, unknown>, parent: string): object {
  const entries: [string, unknown][] = [];
  for (const [key, value] of values) {
    if (entries.length >= MAX_VALUES) break;
    entries.push([typeof key === 'string' ? key : `[${typeof key}]`, value]);
  }
  return copyFields(walk, Object.fromEntries(entries), parent);
}

function newWalk(rules: Rules): Walk {
  return { ...rules, around: [], path: [], within: rules.hidden.top, left: MAX_VALUES };
}

/** Without paths, strings and numbers are copied without a walk. */
function copyPlain(rules: Rules, value: unknown, field: string): unknown {
  if (value === undefined || value === null) return value;
  if (isMasked(rules, field, '', value)) return MASK;
  return typeof value === 'object'
    ? copyObject(newWalk(rules), value, field)
    : copyPrimitive(value);
}
