import { MoneytrailError, shownValue } from '@moneytrail/catalogue';

/** Whose money an event is about at Stripe: real money, or the play money of its test mode and sandboxes. */
export type StripeMode = 'live' | 'test';

/** Options of `createStripeAdapter`. */
export interface StripeAdapterOptions {
  /**
   * The endpoint's signing secret (`whsec_…`). A list where several endpoints of Stripe deliver to one address, such as one for the own
   * account and one for connected accounts, or while a secret is exchanged.
   */
  readonly secret: string | readonly string[];
  /**
   * Which events count as money. Those of the other mode are answered with 200, counted by their result (`test_mode`, `live_mode`)
   * and given to the application, and record nothing else. An event that does not say its mode counts. Default `live`.
   */
  readonly mode?: StripeMode;
  /**
   * The id of the own account (`acct_…`), where events of the own account name it as well: a platform may be connected to itself.
   * Every other account that an event names is a connected one.
   */
  readonly ownAccount?: string;
  /** How old a signature may be, in seconds, at least 1. Default 300, as Stripe recommends. */
  readonly toleranceSeconds?: number;
  /** The time in Unix milliseconds; default `Date.now`. */
  readonly now?: () => number;
}

/** Options with their defaults, found right. */
export interface StripeSettings {
  readonly secrets: readonly string[];
  readonly mode: StripeMode;
  readonly ownAccount: string | undefined;
  readonly toleranceSeconds: number;
  readonly nowMs: () => number;
}

const DEFAULT_TOLERANCE_SECONDS = 300;

/** Checks the options at start-up, where a mistake is cheap: throws a coded error for the first wrong one. */
export function readOptions(options: StripeAdapterOptions): StripeSettings {
  const { toleranceSeconds = DEFAULT_TOLERANCE_SECONDS, now = Date.now, mode = 'live' } = options;
  const { ownAccount } = options;
  const secrets = readSecrets(options.secret);
  if (ownAccount !== undefined && !/^acct_\w+$/.test(ownAccount)) {
    const given = shownValue(ownAccount);
    throw new MoneytrailError('MONEYTRAIL_OPTION_INVALID', 'ownAccount', given, 'an id (`acct_…`)');
  }
  if (mode !== 'live' && mode !== 'test') {
    const expected = '`live` or `test`';
    throw new MoneytrailError('MONEYTRAIL_OPTION_INVALID', 'mode', shownValue(mode), expected);
  }
  // Stripe's check takes 0 for "any age", which would let old deliveries be replayed for ever.
  if (!Number.isFinite(toleranceSeconds) || toleranceSeconds < 1) {
    const given = shownValue(toleranceSeconds);
    throw new MoneytrailError('MONEYTRAIL_OPTION_INVALID', 'toleranceSeconds', given, 'at least 1');
  }
  if (typeof now !== 'function') {
    throw new MoneytrailError('MONEYTRAIL_OPTION_INVALID', 'now', shownValue(now), 'a function');
  }
  return { secrets, mode, ownAccount, toleranceSeconds, nowMs: now };
}

/** No secret has a comma in it, so a text with one is a list that was not taken apart. */
function readSecrets(given: unknown): readonly string[] {
  const secrets: readonly unknown[] = Array.isArray(given) ? given : [given];
  const right = secrets
    .filter((one) => typeof one === 'string')
    .filter((one) => /^[^\s,]+$/.test(one));
  if (right.length === 0 || right.length < secrets.length) {
    throw new MoneytrailError('MONEYTRAIL_WEBHOOK_SECRET_INVALID');
  }
  return [...new Set(right)];
}
