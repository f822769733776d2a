import { type Money, money } from '@moneytrail/catalogue';
import { chargeStep } from '../stripe/amount.ts';

/** Shares in hundredths of a percent. */
const PLATFORM_FEE = 1500n;
const TIER_1 = 500n;
const TIER_2 = 200n;
const WHOLE = 10_000n;

/** Who brought the payer, and who brought the one who brought the payer. */
export interface Referrers {
  readonly tier1?: string | undefined;
  readonly tier2?: string | undefined;
}

/** Where every minor unit of a payment goes; the four parts add up to the amount. */
export interface Split {
  readonly creator: Money;
  readonly platformFee: Money;
  readonly tier1: Money;
  readonly tier2: Money;
}

/**
 * Fee and commissions are rounded half up each, to the smallest amount that Stripe can move in the currency, and the
 * creator gets the rest, so that nothing is lost or made by rounding.
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
