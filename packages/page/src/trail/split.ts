/** Checks that the parts of a payment add up. Pure functions with exact amounts. */
import type { PaymentTrail, SplitPart } from '@moneytrail/store';
import { formatMinor, sumMinor } from '../data/money.ts';

/** The sum of the parts of a payment. */
export interface Proof {
  readonly adds_up: boolean;
  /** The sum as a sentence, with both sides. */
  readonly text: string;
}

/** Colour of a part: a class of `split.css`. */
export type PartColour = 'part-creator' | 'part-fee' | 'part-first' | 'part-second';

/** Adds the parts again, so that the UI does not rely on the sum of the store. */
export function proveSplit(
  split: NonNullable<PaymentTrail['split']>,
  payment: PaymentTrail['payment'],
): Proof {
  const { exponent, currency = '' } = payment;
  const amounts = split.parts.map((part) => part.amount_minor);
  const left = amounts.map((amount) => formatMinor(amount, exponent)).join(' + ');
  const sum = sumMinor(amounts);
  const whole = sumMinor([payment.amount_minor ?? '']);
  if (sum === undefined || whole === undefined)
    return { adds_up: false, text: 'Cannot be added: an amount is unknown.' };
  const total = `${formatMinor(String(sum), exponent)} ${currency}`;
  if (sum === whole) {
    const text = split.adds_up
      ? `Adds up: ${left} = ${total}.`
      : `${left} = ${total}, but the store reports that a part is missing.`;
    return { adds_up: split.adds_up, text };
  }
  const difference = sum < whole ? whole - sum : sum - whole;
  const apart = `${formatMinor(String(difference), exponent)} ${currency} ${sum < whole ? 'missing' : 'too much'}`;
  return { adds_up: false, text: `Does not add up: ${left} = ${total}, ${apart}.` };
}

/** `120.00 − 20.00 refunded = 100.00 USD`; empty when nothing was refunded. */
export function refundSum(payment: PaymentTrail['payment']): string {
  const { amount_minor = '', refunded_minor, exponent, currency = '' } = payment;
  const rest = sumMinor([amount_minor, `-${refunded_minor}`.replace('--', '')]);
  if (rest === undefined || refunded_minor === '0') return '';
  const [whole, off, left] = [amount_minor, refunded_minor, String(rest)].map((minor) =>
    formatMinor(minor, exponent),
  );
  return `${whole} − ${off} refunded = ${left} ${currency}`;
}

/** Display name of a part. */
export function partName(part: SplitPart): string {
  const names: Readonly<Record<SplitPart['kind'], string>> = {
    creator: 'Creator',
    fee: 'Platform fee',
    commission: part.tier === undefined ? 'Commission' : `Commission, tier ${part.tier}`,
    refund: 'Refund',
    dispute: 'Dispute',
  };
  return names[part.kind];
}

/** Colour of a part, the same in every trail. */
export function partColour(part: SplitPart): PartColour {
  if (part.kind === 'creator') return 'part-creator';
  if (part.kind === 'fee') return 'part-fee';
  return part.tier === '2' ? 'part-second' : 'part-first';
}
