/** Does the money add up? Pure and exact, so that it can be tested by itself. */
import type { PaymentTrail, SplitPart } from '@moneytrail/store';
import { formatMinor, sumMinor } from '../data/money.ts';

/** What the parts of a payment come to. */
export interface Proof {
  readonly adds_up: boolean;
  /** The sum as a sentence, with both sides of it. */
  readonly text: string;
}

/** Colour of a part: a class of `split.css`. */
export type PartColour = 'part-creator' | 'part-fee' | 'part-first' | 'part-second';

/** Adds the parts here once more, so that the page vouches for the sum that it shows. */
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
    return { adds_up: false, text: 'cannot be added: an amount is unknown.' };
  const total = `${formatMinor(String(sum), exponent)} ${currency}`;
  if (sum === whole) {
    const said = split.adds_up
      ? `adds up: ${left} = ${total}.`
      : `${left} = ${total}, but the store says that a part is missing.`;
    return { adds_up: split.adds_up, text: said };
  }
  const difference = sum < whole ? whole - sum : sum - whole;
  const apart = `${formatMinor(String(difference), exponent)} ${currency} ${sum < whole ? 'missing' : 'too much'}`;
  return { adds_up: false, text: `does not add up: ${left} = ${total}, ${apart}.` };
}

/** `120.00 − 20.00 refunded = 100.00 USD`; empty when nothing was refunded. */
export function refundSum(payment: PaymentTrail['payment']): string {
  const { amount_minor = '', refunded_minor, exponent, currency = '' } = payment;
  const rest = sumMinor([amount_minor, `-${refunded_minor}`.replace('--', '')]);
  if (rest === undefined || refunded_minor === '0') return '';
  const [whole, off, left] = [amount_minor, refunded_minor, String(rest)].map((minor) =>
    formatMinor(minor, exponent),
  );
  return `${whole} − ${off} refunded leaves ${left} ${currency}`;
}

/** Name of a part for readers. */
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

/** The colour of a part stays the same in every trail. */
export function partColour(part: SplitPart): PartColour {
  if (part.kind === 'creator') return 'part-creator';
  if (part.kind === 'fee') return 'part-fee';
  return part.tier === '2' ? 'part-second' : 'part-first';
}
