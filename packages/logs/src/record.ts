import { shownValue } from '@moneytrail/catalogue';
import { maskName, type Redact } from '@moneytrail/privacy';

/** Turns a field's value into what is written, such as a request into its method and path. It runs before redaction. */
export type Serializers = { readonly [field: string]: (value: unknown) => unknown };

/** What a logger does to each of its records. */
export interface RecordRules {
  readonly redact: Redact;
  readonly serializers: Serializers;
}

function readField(rules: RecordRules, record: object, field: string): unknown {
  try {
    const value: unknown = Reflect.get(record, field);
    const serializer = Object.hasOwn(rules.serializers, field) && rules.serializers[field];
    return rules.redact(serializer ? serializer(value) : value, field);
  } catch {
    return '[unreadable]';
  }
}

/** Fields of a record that are read; further ones are left out. */
const MAX_FIELDS = 1000;

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

/** The fields of a record or of a child's bindings: serialised, redacted, safe for JSON. It never throws. */
export function readFields(rules: RecordRules, record: unknown): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  if (typeof record !== 'object' || record === null) return fields;
  for (const name of namesOf(record)) {
    const value = isUnsafe(name) ? undefined : readField(rules, record, name);
    if (value !== undefined) fields[maskName(name)] = value;
  }
  return fields;
}

/** An argument that is woven into the message: an object redacted, an error as its one line of text. It never throws. */
export function readArgument(rules: RecordRules, value: unknown): unknown {
  try {
    if (typeof value === 'symbol' || typeof value === 'function') return shownValue(value);
    if (typeof value !== 'object' || value === null) return value;
    return value instanceof Error ? `${value.name}: ${value.message}` : rules.redact(value);
  } catch {
    return '[unreadable]';
  }
}
