import type { Facts } from '@moneytrail/catalogue';
import { type TrackResult, track } from './track.ts';

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
  created: (facts) => track({ ...facts, event: 'commission.created' }),
  processed: (facts) => track({ ...facts, event: 'commission.processed' }),
  approved: (facts) => track({ ...facts, event: 'commission.approved' }),
  held: (facts) => track({ ...facts, event: 'commission.held' }),
  paid: (facts) => track({ ...facts, event: 'commission.paid' }),
  failed: (facts) => track({ ...facts, event: 'commission.failed' }),
  reversed: (facts) => track({ ...facts, event: 'commission.reversed' }),
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
  shared: (facts) => track({ ...facts, event: 'referral.shared' }),
  clicked: (facts) => track({ ...facts, event: 'referral.clicked' }),
  signedUp: (facts) => track({ ...facts, event: 'referral.signed_up' }),
  activated: (facts) => track({ ...facts, event: 'referral.activated' }),
};
