import {
  type AttributeName,
  currencyCode,
  currencyExponent,
  EVENTS,
  type EventDefinition,
  type EventName,
  formatMoney,
  type Money,
  moneyProblem,
  OTHER,
  PREFIX,
} from '@moneytrail/catalogue';
import type { DropReason } from './meter.ts';
import { accountAttributes, ownerOf } from './owner.ts';
import { isEventName, type RawEvent } from './raw.ts';
import { factValue, idText, isAbsent } from './values.ts';

/** An event that was found right: what travels, and what moves the instruments. */
export interface Fact {
  readonly name: EventName;
  readonly definition: EventDefinition;
  /** Whose the objects are that it names: a provider's, or the service's own. */
  readonly owner: string;
  /** The object that it is a fact of. Absent when none is named. */
  readonly object: string | undefined;
  readonly atMs: number;
  readonly attributes: Readonly<Record<string, string | number>>;
  readonly amount: Money | undefined;
  readonly platformFee: Money | undefined;
}

/** What reading a fact asks of the recorder. */
export interface Reading {
  /** Counts a value that is recorded as something else. */
  readonly coerced: (instrument: string, reason: DropReason) => void;
  /** Name of the service in the ids of its own objects. */
  readonly serviceName: () => string;
}

const MAX_AHEAD_MS = 5 * 60_000;

/** Made once: a text that is made anew for each fact is hashed anew wherever it is a key. */
const WIRE_NAMES: ReadonlyMap<string, string> = new Map(
  Object.keys(EVENTS).map((name) => [name, PREFIX + name]),
);

/** Reads an event, or says why it cannot be recorded. Money is refused when it is wrong; labels are mended and counted. */
export function readFact(raw: RawEvent, nowMs: number, reading: Reading): Fact | DropReason {
  const name = raw['event'];
  if (!isEventName(name)) return 'unknown_event';
  const definition = EVENTS[name];
  const amount = definition.money === 'none' ? undefined : readMoney(raw['amount']);
  if (typeof amount === 'string') return amount;
  if (!amount && definition.money === 'required') return 'missing_amount';
  const platformFee = readFee(raw['platformFee'], amount, reading);
  return {
    name,
    definition,
    owner: ownerOf(raw, reading),
    object: objectOf(definition, raw),
    atMs: readTime(name, raw['at'], nowMs, reading),
    attributes: {
      ...readFields(definition, raw, reading),
      ...accountAttributes(raw, reading),
      ...moneyAttributes(amount, platformFee),
    },
    amount,
    platformFee,
  };
}

/** Owner, object and event: the same fact has the same id. */
export function idOf({ owner, object, name }: Fact): string | undefined {
  return object === undefined ? undefined : `${owner}/${object}/${name}`;
}

/** Short text for people; everything that a machine needs is in the attributes. */
export function describe({ name, amount }: Fact): string {
  return amount ? `${name} ${formatMoney(amount)} ${amount.currency}` : name;
}

/** Event name with the prefix, as it travels. */
export function wireName(name: EventName): string {
  return WIRE_NAMES.get(name) ?? PREFIX + name;
}

function readMoney(given: unknown): Money | DropReason | undefined {
  if (isAbsent(given)) return undefined;
  if (!isAmountLike(given)) return 'invalid_value';
  const { minor, currency } = given;
  const problem = moneyProblem({ minor, currency });
  if (problem) return problem;
  return {
    minor: typeof minor === 'bigint' ? minor : BigInt(String(minor)),
    currency: currencyCode(currency) ?? String(currency),
  };
}

/** A fee that is wrong must not lose the payment, so it is left out and counted. */
function readFee(
  given: unknown,
  amount: Money | undefined,
  { coerced }: Reading,
): Money | undefined {
  const fee = readMoney(given);
  if (fee === undefined) return undefined;
  if (typeof fee === 'string') coerced('platform_fee.amount_minor', fee);
  else if (fee.currency === amount?.currency) return fee;
  else coerced('platform_fee.amount_minor', 'currency_mismatch');
  return undefined;
}

function isAmountLike(given: unknown): given is { minor: unknown; currency: unknown } {
  return typeof given === 'object' && given !== null && 'minor' in given && 'currency' in given;
}

function objectOf(definition: EventDefinition, raw: RawEvent): string | undefined {
  for (const field of definition.object) {
    const object = idText(raw[field]);
    if (object !== undefined) return object;
  }
  return undefined;
}

function readTime(name: EventName, given: unknown, nowMs: number, { coerced }: Reading): number {
  if (isAbsent(given)) return nowMs;
  const atMs = given instanceof Date ? given.getTime() : given;
  // Before 1970 is no time that OTLP can carry.
  if (typeof atMs !== 'number' || !Number.isFinite(atMs) || atMs < 0) {
    coerced(name, 'invalid_value');
    return nowMs;
  }
  if (atMs <= nowMs + MAX_AHEAD_MS) return atMs;
  coerced(name, 'future_time');
  return nowMs;
}

function readFields(
  definition: EventDefinition,
  raw: RawEvent,
  reading: Reading,
): Record<string, string | number> {
  const attributes: Record<string, string | number> = {};
  for (const [field, attribute] of Object.entries(definition.required)) {
    if (isAbsent(raw[field])) reading.coerced(attribute, 'missing_field');
    attributes[attribute] = readField(attribute, raw[field], reading) ?? OTHER;
  }
  for (const [field, attribute] of Object.entries(definition.optional)) {
    const value = readField(attribute, raw[field], reading);
    if (value !== undefined) attributes[attribute] = value;
  }
  return attributes;
}

function readField(
  attribute: AttributeName,
  given: unknown,
  { coerced }: Reading,
): string | number | undefined {
  if (isAbsent(given)) return undefined;
  const value = factValue(attribute, given);
  const isMended = value === undefined || (value === OTHER && given !== OTHER);
  if (isMended) coerced(attribute, 'invalid_value');
  return value;
}

function moneyAttributes(
  amount: Money | undefined,
  fee: Money | undefined,
): Record<string, string | number> {
  if (!amount) return {};
  return {
    'money.amount_minor': Number(amount.minor),
    'money.currency': amount.currency,
    'money.exponent': currencyExponent(amount.currency) ?? 0,
    ...(fee ? { 'platform_fee.amount_minor': Number(fee.minor) } : {}),
  };
}
