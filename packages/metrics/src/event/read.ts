/** Validates events: invalid money rejects an event, invalid labels are replaced and counted. */
import {
  currencyCode,
  currencyExponent,
  formatMoney,
  type Money,
  moneyProblem,
  OTHER,
} from '@moneytrail/catalogue';
import type { DropReason } from '../losses.ts';
import type { AmountPlan, EventPlan, FieldPlan } from '../plan.ts';
import { type EventValue, eventValue, idText, isAbsent } from '../series/values.ts';
import { accountAttributes, ownerOf } from './owner.ts';
import type { RawEvent } from './raw.ts';

/** A validated event, ready to emit and to update instruments. */
export interface ValidEvent {
  readonly plan: EventPlan;
  /** The owner of its objects: a provider, or the service. */
  readonly owner: string;
  /** The object that identifies it, if there is one. */
  readonly object: string | undefined;
  readonly atMs: number;
  readonly attributes: Readonly<Record<string, EventValue>>;
  /** Its main amount. */
  readonly amount: Money | undefined;
  /** Every amount by its field. */
  readonly amounts: Readonly<Record<string, Money>>;
}

/** The parts of a recorder that validation needs. */
export interface Reading {
  /** Counts a value that was altered. */
  readonly coerced: (instrument: string, reason: DropReason) => void;
  /** Name of the service in the ids of its own objects. */
  readonly serviceName: () => string;
}

const MAX_AHEAD_MS = 5 * 60_000;

/** Validates an event, or returns why it cannot be recorded. */
export function readEvent(
  plan: EventPlan,
  raw: RawEvent,
  nowMs: number,
  reading: Reading,
): ValidEvent | DropReason {
  const { principal } = plan;
  const amount = principal && readMoney(raw[principal.field]);
  if (typeof amount === 'string') return amount;
  if (!amount && principal?.isRequired) return 'missing_amount';
  const amounts = readAmounts(plan, raw, amount, reading);
  return {
    plan,
    owner: ownerOf(raw, reading),
    object: objectOf(plan, raw),
    atMs: readTime(plan, raw['at'], nowMs, reading),
    attributes: {
      ...readFields(plan, raw, reading),
      ...accountAttributes(raw, reading),
      ...moneyAttributes(plan, amounts, amount),
    },
    amount,
    amounts,
  };
}

/** The id of an event: owner, object and event name. A repeated event has the same id. */
export function idOf({ owner, object, plan }: ValidEvent): string | undefined {
  return object === undefined ? undefined : `${owner}/${object}/${plan.shortName}`;
}

/** A short text for people. The attributes contain all data. */
export function describe({ plan, amount }: ValidEvent): string {
  return amount ? `${plan.shortName} ${formatMoney(amount)} ${amount.currency}` : plan.shortName;
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

function isAmountLike(given: unknown): given is { minor: unknown; currency: unknown } {
  return typeof given === 'object' && given !== null && 'minor' in given && 'currency' in given;
}

function readAmounts(
  { principal, furtherAmounts }: EventPlan,
  raw: RawEvent,
  amount: Money | undefined,
  reading: Reading,
): Record<string, Money> {
  const amounts: Record<string, Money> = {};
  if (principal && amount) amounts[principal.field] = amount;
  for (const further of furtherAmounts) {
    const read = readFurther(further, raw[further.field], amount, reading);
    if (read) amounts[further.field] = read;
  }
  return amounts;
}

/** Reads a further amount. An invalid one must not reject the event, so it is left out and counted. */
function readFurther(
  { attribute, isRequired }: AmountPlan,
  given: unknown,
  amount: Money | undefined,
  { coerced }: Reading,
): Money | undefined {
  const further = readMoney(given);
  if (further === undefined) {
    if (isRequired) coerced(attribute, 'missing_amount');
    return undefined;
  }
  if (typeof further === 'string') coerced(attribute, further);
  else if (further.currency === amount?.currency) return further;
  else coerced(attribute, 'currency_mismatch');
  return undefined;
}

function objectOf({ definition }: EventPlan, raw: RawEvent): string | undefined {
  for (const field of definition.identity) {
    const object = idText(raw[field]);
    if (object !== undefined) return object;
  }
  return undefined;
}

function readTime(
  { shortName }: EventPlan,
  given: unknown,
  nowMs: number,
  { coerced }: Reading,
): number {
  if (isAbsent(given)) return nowMs;
  const atMs = given instanceof Date ? given.getTime() : given;
  // OTLP does not support times before 1970.
  if (typeof atMs !== 'number' || !Number.isFinite(atMs) || atMs < 0) {
    coerced(shortName, 'invalid_value');
    return nowMs;
  }
  if (atMs <= nowMs + MAX_AHEAD_MS) return atMs;
  coerced(shortName, 'future_time');
  return nowMs;
}

function readFields(
  { fields }: EventPlan,
  raw: RawEvent,
  reading: Reading,
): Record<string, EventValue> {
  const attributes: Record<string, EventValue> = {};
  for (const plan of fields) {
    const value = readField(plan, raw[plan.field], reading);
    if (value !== undefined) attributes[plan.attribute] = value;
  }
  return attributes;
}

function readField(
  { attribute, definition, isRequired }: FieldPlan,
  given: unknown,
  { coerced }: Reading,
): EventValue | undefined {
  if (isAbsent(given)) {
    if (isRequired) coerced(attribute, 'missing_field');
    return isRequired ? OTHER : undefined;
  }
  const value = eventValue(definition, given);
  const isReplaced = value === undefined || (value === OTHER && given !== OTHER);
  if (isReplaced) coerced(attribute, 'invalid_value');
  return isRequired ? (value ?? OTHER) : value;
}

function moneyAttributes(
  { principal, furtherAmounts }: EventPlan,
  amounts: Readonly<Record<string, Money>>,
  amount: Money | undefined,
): Record<string, EventValue> {
  if (!principal || !amount) return {};
  const attributes: Record<string, EventValue> = {
    [principal.attribute]: Number(amount.minor),
    'money.currency': amount.currency,
    'money.exponent': currencyExponent(amount.currency) ?? 0,
  };
  for (const { field, attribute } of furtherAmounts) {
    const further = amounts[field];
    if (further) attributes[attribute] = Number(further.minor);
  }
  return attributes;
}
