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

function scalar(value: unknown): Scalar | undefined {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      return Number.isFinite(value) ? value : undefined;
    case 'bigint': {
      const number = Number(value);
      return Number.isSafeInteger(number) ? number : value.toString();
    }
    default:
      return undefined;
  }
}

// The API wants arrays of one type only, so a mixed array is written as text.
function list(values: readonly unknown[]): string[] | number[] {
  const scalars = values.map(scalar).filter((value) => value !== undefined);
  const numbers = scalars.filter((value) => typeof value === 'number');
  return numbers.length === scalars.length ? numbers : scalars.map(String);
}

function attributeValue(value: unknown): Scalar | string[] | number[] | undefined {
  return Array.isArray(value) ? list(value) : scalar(value);
}

function setMoney(span: Span, name: string, money: object): void {
  if ('minor' in money && 'currency' in money) {
    setOne(span, `${name}.amount_minor`, money.minor);
    setOne(span, `${name}.currency`, money.currency);
  }
}

function setOne(span: Span, name: string, value: unknown): void {
  const known = attributeValue(value);
  if (known !== undefined) span.setAttribute(name, known);
  else if (typeof value === 'object' && value !== null) setMoney(span, name, value);
}

/** Sets every field on the span, under its name in `names`, or under its own where there is no such table. */
export function setAll(span: Span, fields: object, names?: Readonly<Record<string, string>>): void {
  try {
    for (const [field, value] of Object.entries(fields)) {
      const name = names === undefined ? field : names[field];
      if (name !== undefined) setOne(span, name, value);
    }
  } catch {
    // A getter or proxy of the caller threw: the span goes without the rest, the payment goes on.
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
    for (const [key, value] of Object.entries(attributes)) {
      const kept = attributeValue(value);
      if (kept !== undefined) known[key] = kept;
    }
    span.addEvent(String(name), known);
  } catch {
    // As above: a getter or proxy of the caller threw.
  }
}
