/** Reads and redacts the fields of records. */
import { shownValue } from '@moneytrail/catalogue';
import { maskName, type Redact } from '@moneytrail/privacy';
import type { Fields } from './symbols.ts';

/** Serializes the value of a field before redaction, for example a request to its method and path. */
export type Serialize = (field: string, value: unknown) => unknown;

/** The steps applied to the values of a record. */
export interface ReadRules {
  readonly redact: Redact;
  readonly serialize: Serialize;
}

/** Maximum number of fields of a record. Others are left out. */
const MAX_FIELDS = 1000;

/** The fields of a record or of bindings: serialized, redacted, safe for JSON. Never throws. */
export function readFields(rules: ReadRules, record: unknown): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  if (typeof record !== 'object' || record === null) return fields;
  for (const name of namesOf(record)) {
    const value = isUnsafe(name) ? undefined : readField(rules, record, name);
    if (value !== undefined) fields[maskName(name)] = value;
  }
  return fields;
}

/** Copies the readable fields of a record whose getters throw. Never throws. */
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

/** An argument that becomes part of the message: objects are redacted, errors become one line of text. Never throws. */
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
    // For a long array, listing all members takes longer than reading the ones that are kept.
    const isLong = Array.isArray(record) && record.length > MAX_FIELDS;
    const names = Object.keys(isLong ? record.slice(0, MAX_FIELDS) : record);
    return names.length > MAX_FIELDS ? names.slice(0, MAX_FIELDS) : names;
  } catch {
    return [];
  }
}

/** Whether a name must not be copied: pino calls `bindings.hasOwnProperty`, and `__proto__` would set the prototype. */
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
