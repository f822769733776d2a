import protobuf from 'protobufjs/light.js';
import type { Message } from './messages.ts';

/** A request that is not OTLP: malformed, truncated or of wrong types. */
export class MalformedRequest extends Error {
  constructor(what: string) {
    super(what);
    this.name = 'MalformedRequest';
  }
}

/** Deepest nesting of attribute values; deeper values are not telemetry. */
const MAX_DEPTH = 32;

/** What a value of an attribute becomes: JSON, whole numbers above 2^53 as strings, bytes as base64. */
export type Value =
  | string
  | number
  | boolean
  | null
  | readonly Value[]
  | { readonly [key: string]: Value };

/** Attributes by name. */
export type Attributes = Readonly<Record<string, Value>>;

/** The same field of the two encodings: protobuf leaves unset fields out, JSON may also say null. */
export function field(message: Message, name: string): unknown {
  return Object.hasOwn(message, name) ? (message[name] ?? undefined) : undefined;
}

/** A sub-message; empty when unset. */
export function child(message: Message, name: string): Message {
  const value = field(message, name);
  return value === undefined ? {} : asMessage(value, name);
}

/** A repeated sub-message. */
export function children(message: Message, name: string): readonly Message[] {
  return list(message, name).map((value) => asMessage(value, name));
}

/** A repeated field of any kind. */
export function list(message: Message, name: string): readonly unknown[] {
  const value = field(message, name);
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw new MalformedRequest(`${name} is not a list`);
  return value;
}

/** A text; empty when unset. */
export function text(message: Message, name: string): string {
  const value = field(message, name) ?? '';
  if (typeof value !== 'string') throw new MalformedRequest(`${name} is not a text`);
  return value;
}

/** A 64-bit whole number: `Long` in protobuf, a number or a decimal text in JSON. 0 when unset. */
export function integer(message: Message, name: string): bigint {
  const value = field(message, name);
  return value === undefined ? 0n : toBigInt(value, name);
}

/** A whole number of 32 bits, as kinds and codes are; JSON may write any. 0 when unset. */
export function int32(message: Message, name: string): number {
  const number = Number(integer(message, name));
  if (number !== (number | 0)) {
    throw new MalformedRequest(`${name} is not a whole number of 32 bits`);
  }
  return number;
}

/** A whole number of 64 bits from either encoding. An object in JSON may have a `toString` of its own, so it is never called. */
export function toBigInt(value: unknown, name: string): bigint {
  const isWritten = typeof value === 'number' || typeof value === 'string';
  const digits = isWritten || value instanceof protobuf.util.Long ? String(value) : '';
  if (!/^-?\d{1,20}$/.test(digits)) throw new MalformedRequest(`${name} is not a whole number`);
  return BigInt(digits);
}

/** A floating-point number; JSON writes `"NaN"` and `"Infinity"` as texts. */
export function toDouble(value: unknown, name: string): number {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (
    typeof number !== 'number' ||
    (Number.isNaN(number) && value !== 'NaN' && typeof value === 'string')
  ) {
    throw new MalformedRequest(`${name} is not a number`);
  }
  return number;
}

/** An id in lower-case hex: bytes in protobuf, hex in JSON. Empty when unset, `undefined` when it is not an id. */
export function hexId(message: Message, name: string, bytes: number): string | undefined {
  const value = field(message, name) ?? '';
  const hex = value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value;
  if (typeof hex !== 'string') throw new MalformedRequest(`${name} is not an id`);
  if (hex === '') return '';
  const valid = hex.length === bytes * 2 && /^[0-9a-f]+$/i.test(hex) && /[^0]/.test(hex);
  return valid ? hex.toLowerCase() : undefined;
}

/** A value as one text: a list or a map as JSON, so that two different ones stay different. Empty when unset. */
export function asText(value: Value | undefined): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Key-value pairs as one object; of a key that is given twice the last value counts. */
export function attributes(message: Message, name = 'attributes', depth = 0): Attributes {
  return Object.fromEntries(
    children(message, name).map((pair) => [
      text(pair, 'key'),
      anyValue(child(pair, 'value'), depth),
    ]),
  );
}

const READERS: Readonly<Record<string, (value: unknown, depth: number) => Value>> = {
  stringValue: (value) => text({ value }, 'value'),
  boolValue: (value) => {
    if (typeof value !== 'boolean') throw new MalformedRequest('boolValue is not a boolean');
    return value;
  },
  intValue: (value) => {
    const exact = toBigInt(value, 'intValue');
    return Number.isSafeInteger(Number(exact)) ? Number(exact) : exact.toString();
  },
  doubleValue: (value) => {
    const number = toDouble(value, 'doubleValue');
    return Number.isFinite(number) ? number : String(number);
  },
  arrayValue: (value, depth) =>
    children(asMessage(value, 'arrayValue'), 'values').map((item) => anyValue(item, depth + 1)),
  kvlistValue: (value, depth) => attributes(asMessage(value, 'kvlistValue'), 'values', depth + 1),
  bytesValue: (value) =>
    value instanceof Uint8Array ? Buffer.from(value).toString('base64') : text({ value }, 'value'),
};

/** A value of OTLP's `AnyValue`; `null` when nothing is set. */
export function anyValue(message: Message, depth = 0): Value {
  if (depth > MAX_DEPTH) throw new MalformedRequest(`values are nested deeper than ${MAX_DEPTH}`);
  for (const [name, read] of Object.entries(READERS)) {
    const value = field(message, name);
    if (value !== undefined) return read(value, depth);
  }
  return null;
}

/** A value that has to be an object. */
export function asMessage(value: unknown, name: string): Message {
  if (!isMessage(value)) throw new MalformedRequest(`${name} is not an object`);
  return value;
}

/** Whether a parsed value is an object that can hold fields. */
export function isMessage(value: unknown): value is Message {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
