import { shownValue } from '@moneytrail/catalogue';
import { maskName, type Redact } from '@moneytrail/privacy';
import type { Fields } from './symbols.ts';

/** Makes of a field's value what is written, such as the method and path of a request. It runs before redaction. */
export type Serialize = (field: string, value: unknown) => unknown;

/** What is done to the values of a record. */
export interface ReadRules {
  readonly redact: Redact;
  readonly serialize: Serialize;
}

/** Fields of a record that are read; further ones are left out. */
const MAX_FIELDS = 1000;

/** The fields of a record or of a child's bindings: serialised, redacted, safe for JSON. It never throws. */
export function readFields(rules: ReadRules, record: unknown): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  if (typeof record !== 'object' || record === null) return fields;
  for (const name of namesOf(record)) {
    const value = isUnsafe(name) ? undefined : readField(rules, record, name);
    if (value !== undefined) fields[maskName(name)] = value;
  }
  return fields;
}

/** A copy of a record whose getters throw, as it can be read. It never throws. */
export function readableCopy(record: object): Fields {
  const read = (name: string): unknown => {
    try {
      return Reflect.get(record, name);
    } catch {
      return '[unreadable]';
    }
  };
  const names = namesOf(record).filter((name) => !isUnsafe(name));
  return Object.fromEntries(names.map((name) => [name, read(name)]));
}

/** An argument that is woven into the message: an object redacted, an error as its one line of text. It never throws. */
export function readArgument(redact: Redact, value: unknown): unknown {
  try {
    if (typeof value === 'symbol' || typeof value === 'function') return shownValue(value);
    if (typeof value !== 'object' || value === null) return value;
    return value instanceof Error ? `${value.name}: ${value.message}` : redact(value);
  } catch {
    return '[unreadable]';
  }
}

function namesOf(record: object): string[] {
  try {
    // To name the members of a long list takes longer than to read those that are kept.
    const isLong = Array.isArray(record) && record.length > MAX_FIELDS;
    const names = Object.keys(isLong ? record.slice(0, MAX_FIELDS) : record);
    return names.length > MAX_FIELDS ? names.slice(0, MAX_FIELDS) : names;
  } catch {
    return [];
  }
}

/** pino calls `bindings.hasOwnProperty`, and `__proto__` would become the prototype of the copy. */
function isUnsafe(name: string): boolean {
  return name === 'hasOwnProperty' || name === '__proto__';
}

function readField(rules: ReadRules, record: object, field: string): unknown {
  try {
    return rules.redact(rules.serialize(field, Reflect.get(record, field)), field);
  } catch {
    return '[unreadable]';
  }
}
