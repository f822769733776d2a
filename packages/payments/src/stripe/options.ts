import { MoneytrailError, shownValue } from '@moneytrail/catalogue';

/** Options of `createStripeAdapter`. */
export interface StripeAdapterOptions {
  /** The endpoint's signing secret (`whsec_…`). */
  readonly secret: string;
  /** How old a signature may be, in seconds, at least 1. Default 300, as Stripe recommends. */
  readonly toleranceSeconds?: number;
  /** The time in Unix milliseconds; default `Date.now`. */
  readonly now?: () => number;
}

/** Options with their defaults, found right. */
export interface StripeSettings {
  readonly secret: string;
  readonly toleranceSeconds: number;
  readonly nowMs: () => number;
}

const DEFAULT_TOLERANCE_SECONDS = 300;

/** Checks the options at start-up, where a mistake is cheap: throws a coded error for the first wrong one. */
export function readOptions(options: StripeAdapterOptions): StripeSettings {
  const { secret, toleranceSeconds = DEFAULT_TOLERANCE_SECONDS, now = Date.now } = options;
  if (typeof secret !== 'string' || !/^\S+$/.test(secret)) {
    throw new MoneytrailError('MONEYTRAIL_WEBHOOK_SECRET_INVALID');
  }
  // Stripe's check takes 0 for "any age", which would let old deliveries be replayed for ever.
  if (!Number.isFinite(toleranceSeconds) || toleranceSeconds < 1) {
    const given = shownValue(toleranceSeconds);
    throw new MoneytrailError('MONEYTRAIL_OPTION_INVALID', 'toleranceSeconds', given, 'at least 1');
  }
  if (typeof now !== 'function') {
    throw new MoneytrailError('MONEYTRAIL_OPTION_INVALID', 'now', shownValue(now), 'a function');
  }
  return { secret, toleranceSeconds, nowMs: now };
}
