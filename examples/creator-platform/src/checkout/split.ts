import { type Money, money } from '@moneytrail/catalogue';
import { chargeStep } from '../stripe/amount.ts';

/** Shares in basis points. */
const PLATFORM_FEE = 1500n;
const TIER_1 = 500n;
const TIER_2 = 200n;
const WHOLE = 10_000n;

/** The referrer of the payer, and the referrer's own referrer. */
export interface Referrers {
  readonly tier1?: string | undefined;
  readonly tier2?: string | undefined;
}

/** The split of a payment; the four parts add up to the amount. */
export interface Split {
  readonly creator: Money;
  readonly platformFee: Money;
  readonly tier1: Money;
  readonly tier2: Money;
}

/**
 * Rounds fee and commissions half up to the smallest amount that Stripe can transfer in the currency. The creator gets the
 * rest, so that rounding neither loses nor creates money.
 */
export function splitPayment({ minor, currency }: Money, referrers: Referrers): Split {
  const step = chargeStep(currency);
  const fee = share(minor, PLATFORM_FEE, step);
  const tier1 = referrers.tier1 === undefined ? 0n : share(minor, TIER_1, step);
  const tier2 = referrers.tier2 === undefined ? 0n : share(minor, TIER_2, step);
  return {
    creator: money(minor - fee - tier1 - tier2, currency),
    platformFee: money(fee, currency),
    tier1: money(tier1, currency),
    tier2: money(tier2, currency),
  };
}

function share(minor: bigint, part: bigint, step: bigint): bigint {
  const whole = WHOLE * step;
  return ((minor * part + whole / 2n) / whole) * step;
}
