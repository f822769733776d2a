/** Attributes as a reader wants them: business first, amounts whole, machinery apart. Pure. */
import { currencyExponent } from '@moneytrail/catalogue';
import { amountText } from '../data/money.ts';
import { duration } from '../data/time.ts';

/** Name and value of an attribute. */
export type Pair = readonly [name: string, value: string];

/** Attributes in the order in which they are read. */
export interface Attributes {
  readonly shown: readonly Pair[];
  /** What the machinery says about itself: shown on request. */
  readonly technical: readonly Pair[];
}

const TECHNICAL =
  /^(otel\.|telemetry\.|process\.|host\.|internal\.|span\.kind$|error$|thread\.|event\.name$|moneytrail\.event\.(?!duration))/;
const BUSINESS =
  /^(payment|refund|dispute|payout|transfer|commission|referral|money|platform_fee|webhook|job)\./;
const AMOUNT = /^(.+\.amount)_minor$/;
const MONEY_PARTS = ['money.currency', 'money.exponent'];

/** Sorts attributes, and makes one amount of minor units, currency and exponent. */
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

/** Durations are seconds on the wire, with more figures than anybody measured. */
function withDuration([name, value]: Pair): Pair {
  const seconds = Number(value);
  return name.endsWith('.duration') && Number.isFinite(seconds)
    ? [name, duration(seconds * 1000)]
    : [name, value];
}

function businessFirst([one]: Pair, [other]: Pair): number {
  return Number(BUSINESS.test(other)) - Number(BUSINESS.test(one));
}
