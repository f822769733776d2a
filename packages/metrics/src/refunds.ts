import type { Facts } from '@moneytrail/catalogue';
import { callOf } from './track.ts';
import type { TrackResult } from './tracker.ts';

/** Calls of `refunds`. */
export interface RefundsCalls {
  readonly created: (facts: Facts<'refund.created'>) => TrackResult;
  readonly succeeded: (facts: Facts<'refund.succeeded'>) => TrackResult;
  readonly reported: (facts: Facts<'refund.reported'>) => TrackResult;
  readonly failed: (facts: Facts<'refund.failed'>) => TrackResult;
  readonly canceled: (facts: Facts<'refund.canceled'>) => TrackResult;
}

/**
 * Money that goes back by our own decision.
 * Each call is `track` with the event filled in: it never throws and says what became of the fact.
 *
 * @example
 * ```ts
 * import { money } from '@moneytrail/catalogue';
 * import { refunds } from '@moneytrail/metrics';
 * refunds.succeeded({ provider: 'stripe', id: 're_1', payment: 'pi_1', amount: money(500n, 'EUR') });
 * ```
 */
export const refunds: RefundsCalls = {
  created: callOf('refund.created'),
  succeeded: callOf('refund.succeeded'),
  reported: callOf('refund.reported'),
  failed: callOf('refund.failed'),
  canceled: callOf('refund.canceled'),
};

/** Calls of `disputes`. */
export interface DisputesCalls {
  readonly opened: (facts: Facts<'dispute.opened'>) => TrackResult;
  readonly escalated: (facts: Facts<'dispute.escalated'>) => TrackResult;
  readonly closed: (facts: Facts<'dispute.closed'>) => TrackResult;
}

/**
 * Money that a cardholder asks back.
 * Each call is `track` with the event filled in: it never throws and says what became of the fact.
 *
 * @example
 * ```ts
 * import { money } from '@moneytrail/catalogue';
 * import { disputes } from '@moneytrail/metrics';
 * const amount = money(1999n, 'EUR');
 * disputes.opened({ provider: 'stripe', id: 'dp_1', payment: 'pi_1', stage: 'opened', amount });
 * ```
 */
export const disputes: DisputesCalls = {
  opened: callOf('dispute.opened'),
  escalated: callOf('dispute.escalated'),
  closed: callOf('dispute.closed'),
};
