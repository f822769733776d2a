/** Attributes for display: business attributes first, amounts as one value, technical ones apart. */
import { currencyExponent } from '@moneytrail/catalogue';
import { amountText } from './money.ts';
import { duration } from './time.ts';

/** Name and value of an attribute. */
export type Pair = readonly [name: string, value: string];

/** Attributes in display order. */
export interface Attributes {
  readonly shown: readonly Pair[];
  /** Attributes of the telemetry itself, collapsed by default. */
  readonly technical: readonly Pair[];
}

const TECHNICAL =
  /^(otel\.|telemetry\.|process\.|host\.|internal\.|span\.kind$|error$|thread\.|event\.name$|moneytrail\.event\.(?!duration))/;
const BUSINESS =
  /^(payment|refund|dispute|payout|transfer|commission|referral|money|platform_fee|webhook|job)\./;
const AMOUNT = /^(.+\.amount)_minor$/;
const MONEY_PARTS = ['money.currency', 'money.exponent'];

/** An attribute's value as text. */
export function valueText(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** Attributes as pairs of text. */
export function pairsOf(attributes: Readonly<Record<string, unknown>>): readonly Pair[] {
  return Object.entries(attributes).map(([name, value]) => [name, valueText(value)]);
}

/** Sorts attributes, and combines minor units, currency and exponent into one amount. */
export function readAttributes(pairs: readonly Pair[]): Attributes {
  const readable = withAmounts(pairs).map(withDuration);
  return {
    shown: readable.filter(([name]) => !TECHNICAL.test(name)).sort(businessFirst),
    technical: readable.filter(([name]) => TECHNICAL.test(name)),
  };
}

function withAmounts(pairs: readonly Pair[]): readonly Pair[] {
  const values = new Map(pairs);
  const currency = values.get('money.currency');
  if (currency === undefined) return pairs;
  const named = values.get('money.exponent');
  const exponent = named === undefined ? currencyExponent(currency) : Number(named);
  return pairs
    .filter(([name]) => !(MONEY_PARTS.includes(name) && values.has('money.amount_minor')))
    .map(([name, value]) => {
      const amount = AMOUNT.exec(name)?.[1];
      return amount === undefined
        ? [name, value]
        : [amount, amountText({ amount_minor: value, currency, exponent })];
    });
}

/** Durations arrive in seconds, with more digits than are meaningful. */
function withDuration([name, value]: Pair): Pair {
  const seconds = Number(value);
  return name.endsWith('.duration') && Number.isFinite(seconds)
    ? [name, duration(seconds * 1000)]
    : [name, value];
}

function businessFirst([one]: Pair, [other]: Pair): number {
  return Number(BUSINESS.test(other)) - Number(BUSINESS.test(one));
}
