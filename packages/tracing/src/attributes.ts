import { currencyCode } from '@moneytrail/catalogue';
import { type Span, trace } from '@opentelemetry/api';

/**
 * A value of a span attribute. A `bigint` becomes a number while that is exact, else a string; `undefined`, `null`, numbers
 * that are not finite, and anything else that no backend can index are left out.
 */
export type AttributeInput =
  | string
  | number
  | bigint
  | boolean
  | readonly (string | number | bigint | boolean)[]
  | null
  | undefined;

/** Attributes by name, such as `{ 'payment.provider': 'stripe' }`. */
export type AttributesInput = { readonly [name: string]: AttributeInput };

type Scalar = string | number | boolean;

/** The longest text, in UTF-16 units; the rest is cut off. */
const MAX_TEXT = 16_384;

/** Members of a list, and attributes of one call, that are read; further ones are left out. */
const MAX_MEMBERS = 128;

/** Integers of OTLP have 64 bits. */
const INTEGER_LIMIT = 2 ** 63;

/** A caller without types may name a span anything. */
export function textOf(value: unknown): string {
  return typeof value === 'object' || typeof value === 'function' ? 'unnamed' : cut(String(value));
}

function cut(text: string): string {
  return text.length > MAX_TEXT ? text.slice(0, MAX_TEXT) : text;
}

function scalar(value: unknown): Scalar | undefined {
  switch (typeof value) {
    case 'string':
      return cut(value);
    case 'boolean':
      return value;
    case 'number':
      return numeric(value);
    case 'bigint': {
      const number = Number(value);
      return Number.isSafeInteger(number) ? number : cut(value.toString());
    }
    default:
      return undefined;
  }
}

/** A whole number beyond 64 bits is written as text: no request could carry it otherwise. */
function numeric(value: number): Scalar | undefined {
  if (!Number.isFinite(value)) return undefined;
  const isBeyond = Number.isInteger(value) && Math.abs(value) >= INTEGER_LIMIT;
  return isBeyond ? String(value) : value;
}

// The API wants arrays of one type only, so a mixed array is written as text.
function list(values: readonly unknown[]): string[] | number[] {
  const scalars = values
    .slice(0, MAX_MEMBERS)
    .map(scalar)
    .filter((value) => value !== undefined);
  const numbers = scalars.filter((value) => typeof value === 'number');
  return numbers.length === scalars.length ? numbers : scalars.map(String);
}

function attributeValue(value: unknown): Scalar | string[] | number[] | undefined {
  return Array.isArray(value) ? list(value) : scalar(value);
}

function setMoney(span: Span, name: string, money: object): void {
  if ('minor' in money && 'currency' in money) {
    setOne(span, `${name}.amount_minor`, money.minor);
    const { currency } = money;
    setOne(span, `${name}.currency`, currencyCode(currency) ?? currency);
  }
}

function setOne(span: Span, name: string, value: unknown): void {
  const known = attributeValue(value);
  if (known !== undefined) span.setAttribute(name, known);
  else if (typeof value === 'object' && value !== null) setMoney(span, name, value);
}

/** Names of the fields that are read: of an object only, and not more than a span may have. */
function fieldsOf(fields: unknown): string[] {
  if (typeof fields !== 'object' || fields === null || Array.isArray(fields)) return [];
  return Object.keys(fields).slice(0, MAX_MEMBERS);
}

/** Sets every field on the span, under its name in `names`, or under its own where there is no such table. */
export function setAll(
  span: Span,
  fields: unknown,
  names?: Readonly<Record<string, string>>,
): void {
  try {
    for (const field of names === undefined ? fieldsOf(fields) : Object.keys(names)) {
      const name = names === undefined ? field : names[field];
      if (name !== undefined) setField(span, name, fields, field);
    }
  } catch {
    // A proxy of the caller threw: the span goes without attributes, the payment goes on.
  }
}

/** Each field is read on its own, so that a getter that throws costs the one attribute. */
function setField(span: Span, name: string, fields: unknown, field: string): void {
  const value = readField(fields, field);
  if (value !== undefined) setOne(span, cut(name), value);
}

/** A member of whatever a caller gave; `undefined` where it cannot be read. Never throws. */
export function readField(fields: unknown, field: string): unknown {
  try {
    return typeof fields === 'object' && fields !== null ? Reflect.get(fields, field) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Sets attributes on the active span. Without an active span, or with one that is not sampled, nothing happens. It never
 * throws.
 *
 * @example
 * ```ts
 * import { addAttributes, traced } from '@moneytrail/tracing';
 * traced('payment.process', () => addAttributes({ 'payment.purpose': 'tip' }));
 * ```
 */
export function addAttributes(attributes: AttributesInput): void {
  const span = trace.getActiveSpan();
  if (span?.isRecording()) setAll(span, attributes);
}

/**
 * Marks a moment on the active span: an event with a name and attributes. A business fact is recorded with `track` of
 * `@moneytrail/metrics` instead, which also counts it. It never throws.
 *
 * @example
 * ```ts
 * import { recordEvent, traced } from '@moneytrail/tracing';
 * traced('payment.process', () => recordEvent('retry', { attempt: 2 }));
 * ```
 */
export function recordEvent(name: string, attributes: AttributesInput = {}): void {
  const span = trace.getActiveSpan();
  if (!span?.isRecording()) return;
  try {
    const known: Record<string, Scalar | string[] | number[]> = {};
    for (const field of fieldsOf(attributes)) {
      const kept = attributeValue(readField(attributes, field));
      if (kept !== undefined) known[cut(field)] = kept;
    }
    span.addEvent(textOf(name), known);
  } catch {
    // As above: a proxy of the caller threw.
  }
}
