// Copies anything as plain data, without what names a person or opens a door.
import { types } from 'node:util';
import { ERROR, type Sensitive, sensitiveFields } from './names.ts';
import { isCardNumber } from './numbers.ts';
import { MASK } from './patterns.ts';
import { maskName, maskText } from './text.ts';

const UNREADABLE = '[unreadable]';
const MAX_DEPTH = 10;
const MAX_VALUES = 1_000;

/** A copy of anything as plain data that JSON can hold, without what `REDACTED_FIELDS` names. It never throws. */
export type Redact = (value: unknown, field?: string) => unknown;

interface Walk {
  readonly sensitive: Sensitive;
  /** The objects around the current one: meeting one of them again is a circle. */
  readonly around: object[];
  /** How many values may still be copied: a request or a socket leads to half of the process. */
  left: number;
}

/**
 * Makes a redactor for the known fields and `extra` ones: by the names of fields at any depth, and by pattern in every text.
 *
 * @example
 * ```ts
 * import { redactor } from '@moneytrail/privacy';
 * const redact = redactor(['nickname']);
 * console.log(redact({ nickname: 'ada', note: 'paid' })); // { nickname: '[redacted]', note: 'paid' }
 * ```
 */
export function redactor(extra: readonly string[]): Redact {
  const sensitive = sensitiveFields(extra);
  return (value, field = '') => {
    if (value === undefined || value === null) return value;
    if (sensitive(field, '')) return MASK;
    return typeof value === 'object'
      ? copyObject(newWalk(sensitive), value, field)
      : copyPrimitive(value);
  };
}

function newWalk(sensitive: Sensitive): Walk {
  return { sensitive, around: [], left: MAX_VALUES };
}

function copy(walk: Walk, value: unknown, field: string): unknown {
  if (typeof value !== 'object') return copyPrimitive(value);
  return value === null ? null : copyObject(walk, value, field);
}

function copyPrimitive(value: unknown): unknown {
  switch (typeof value) {
    case 'string':
      return maskText(value);
    case 'boolean':
      return value;
    case 'number':
      return copyNumber(value);
    case 'bigint':
      return copyBigint(value);
    default:
      return undefined;
  }
}

function copyNumber(value: number): unknown {
  if (isCardNumber(value)) return MASK;
  return Number.isFinite(value) ? value : String(value);
}

/** A huge bigint takes seconds to become a text. */
function copyBigint(value: bigint): unknown {
  if (Number.isSafeInteger(Number(value))) return copyNumber(Number(value));
  return BigInt.asIntN(1024, value) === value ? value.toString() : '[bigint]';
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

function copyMap(walk: Walk, values: ReadonlyMap<unknown, unknown>, parent: string): object {
  const entries: [string, unknown][] = [];
  for (const [key, value] of values) {
    if (entries.length >= MAX_VALUES) break;
    entries.push([typeof key === 'string' ? key : `[${typeof key}]`, value]);
  }
  return copyFields(walk, Object.fromEntries(entries), parent);
}

function copyList(walk: Walk, values: Iterable<unknown>, field: string): unknown[] {
  const copies: unknown[] = [];
  for (const value of values) {
    if (walk.left <= 0) break;
    walk.left -= 1;
    copies.push(copy(walk, value, field) ?? null);
  }
  return copies;
}

// Each field is read on its own, so that a getter that throws costs one field and not the whole record.
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

function copyField(walk: Walk, value: object, name: string, parent: string): unknown {
  if (walk.sensitive(name, parent)) return MASK;
  try {
    return copy(walk, Reflect.get(value, name), name);
  } catch {
    return UNREADABLE;
  }
}

function copyError(walk: Walk, error: Error): Record<string, unknown> {
  const type = error.name === 'Error' ? error.constructor.name : error.name;
  const hidden = { cause: error.cause, errors: Reflect.get(error, 'errors') };
  return {
    type,
    message: maskText(String(error.message)),
    stack: maskText(String(error.stack)),
    ...copyFields(walk, hidden, ERROR),
    ...copyFields(walk, error, ERROR),
  };
}
