import type { Facts } from '@moneytrail/catalogue';
import { callOf } from './track.ts';
import type { TrackResult } from './tracker.ts';

/** Calls of `commissions`. */
export interface CommissionsCalls {
  readonly created: (facts: Facts<'commission.created'>) => TrackResult;
  readonly processed: (facts: Facts<'commission.processed'>) => TrackResult;
  readonly approved: (facts: Facts<'commission.approved'>) => TrackResult;
  readonly held: (facts: Facts<'commission.held'>) => TrackResult;
  readonly paid: (facts: Facts<'commission.paid'>) => TrackResult;
  readonly failed: (facts: Facts<'commission.failed'>) => TrackResult;
  readonly reversed: (facts: Facts<'commission.reversed'>) => TrackResult;
}

/**
 * Commissions of a referral in two tiers.
 * Each call is `track` with the event filled in: it never throws and says what became of the fact.
 *
 * @example
 * ```ts
 * import { money } from '@moneytrail/catalogue';
 * import { commissions } from '@moneytrail/metrics';
 * const amount = money(200n, 'EUR');
 * commissions.processed({ id: 'c_1', payment: 'pi_1', tier: '1', amount });
 * ```
 */
export const commissions: CommissionsCalls = {
  created: callOf('commission.created'),
  processed: callOf('commission.processed'),
  approved: callOf('commission.approved'),
  held: callOf('commission.held'),
  paid: callOf('commission.paid'),
  failed: callOf('commission.failed'),
  reversed: callOf('commission.reversed'),
};

/** Calls of `referrals`. */
export interface ReferralsCalls {
  readonly shared: (facts: Facts<'referral.shared'>) => TrackResult;
  readonly clicked: (facts: Facts<'referral.clicked'>) => TrackResult;
  readonly signedUp: (facts: Facts<'referral.signed_up'>) => TrackResult;
  readonly activated: (facts: Facts<'referral.activated'>) => TrackResult;
}

/**
 * Steps of the referral funnel.
 * Each call is `track` with the event filled in: it never throws and says what became of the fact.
 *
 * @example
 * ```ts
 * import { referrals } from '@moneytrail/metrics';
 * referrals.shared({ id: 'ref_1', platform: 'whatsapp' });
 * ```
 */
export const referrals: ReferralsCalls = {
  shared: callOf('referral.shared'),
  clicked: callOf('referral.clicked'),
  signedUp: callOf('referral.signed_up'),
  activated: callOf('referral.activated'),
};
