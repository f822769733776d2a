/** Attributes and events of spans: conversion of the values that callers pass. */
import { currencyCode } from '@moneytrail/catalogue';
import { type Span, trace } from '@opentelemetry/api';

/**
 * A value of a span attribute. A `bigint` becomes a number if the number is exact, else a string. `undefined`, `null`,
 * non-finite numbers and anything else that backends cannot index are left out.
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

/** Maximum length of a string in UTF-16 units. Longer strings are truncated. */
const MAX_TEXT = 16_384;

/** Maximum number of array members, and of attributes per call. Any others are left out. */
const MAX_MEMBERS = 128;

/** OTLP integers have 64 bits. */
const INTEGER_LIMIT = 2 ** 63;

/**
 * Sets attributes on the active span. Does nothing without an active span, or if the span is not sampled. Never throws.
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
 * Adds an event with a name and attributes to the active span. Business events are recorded with `track` of
 * `@moneytrail/metrics` instead, which also counts them. Never throws.
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
    // A proxy passed by the caller threw: the span goes without the event.
  }
}

/** The name of a span or event as text. Callers without types may pass any value. */
export function textOf(value: unknown): string {
  return typeof value === 'object' || typeof value === 'function' ? 'unnamed' : cut(String(value));
}

/** Sets every field on the span, under its name in `names`, or under its own name without `names`. */
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
    // A proxy passed by the caller threw: the span goes without attributes, and the work continues.
  }
}

/** A property of any value that a caller passes, or `undefined` if it cannot be read. Never throws. */
export function readField(fields: unknown, field: string): unknown {
  try {
    return typeof fields === 'object' && fields !== null ? Reflect.get(fields, field) : undefined;
  } catch {
    return undefined;
  }
}

/** The names of the fields to read: of objects only, up to the limit. */
function fieldsOf(fields: unknown): string[] {
  if (typeof fields !== 'object' || fields === null || Array.isArray(fields)) return [];
  return Object.keys(fields).slice(0, MAX_MEMBERS);
}

function attributeValue(value: unknown): Scalar | string[] | number[] | undefined {
  return Array.isArray(value) ? list(value) : scalar(value);
}

/** The API accepts arrays of one type only, so the members of a mixed array are written as text. */
function list(values: readonly unknown[]): string[] | number[] {
  const scalars = values
    .slice(0, MAX_MEMBERS)
    .map(scalar)
    .filter((value) => value !== undefined);
  const numbers = scalars.filter((value) => typeof value === 'number');
  return numbers.length === scalars.length ? numbers : scalars.map(String);
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

function cut(text: string): string {
  return text.length > MAX_TEXT ? text.slice(0, MAX_TEXT) : text;
}

/** Integers beyond 64 bits are written as text because OTLP cannot carry them as numbers. */
function numeric(value: number): Scalar | undefined {
  if (!Number.isFinite(value)) return undefined;
  const isBeyond = Number.isInteger(value) && Math.abs(value) >= INTEGER_LIMIT;
  return isBeyond ? String(value) : value;
}

/** Reads each field separately, so that a getter that throws costs one attribute only. */
function setField(span: Span, name: string, fields: unknown, field: string): void {
  const value = readField(fields, field);
  if (value !== undefined) setOne(span, cut(name), value);
}

function setOne(span: Span, name: string, value: unknown): void {
  const known = attributeValue(value);
  if (known !== undefined) span.setAttribute(name, known);
  else if (typeof value === 'object' && value !== null) setMoney(span, name, value);
}

function setMoney(span: Span, name: string, money: object): void {
  if ('minor' in money && 'currency' in money) {
    setOne(span, `${name}.amount_minor`, money.minor);
    const { currency } = money;
    setOne(span, `${name}.currency`, currencyCode(currency) ?? currency);
  }
}
