import type { Facts } from '@moneytrail/catalogue';
import { type TrackResult, track } from './track.ts';

/** Calls of `payments`. */
export interface PaymentsCalls {
  readonly created: (facts: Facts<'payment.created'>) => TrackResult;
  readonly actionRequired: (facts: Facts<'payment.action_required'>) => TrackResult;
  readonly succeeded: (facts: Facts<'payment.succeeded'>) => TrackResult;
  readonly failed: (facts: Facts<'payment.failed'>) => TrackResult;
  readonly canceled: (facts: Facts<'payment.canceled'>) => TrackResult;
  readonly fraudRejected: (facts: Facts<'payment.fraud_rejected'>) => TrackResult;
  readonly fraudWarning: (facts: Facts<'fraud.warning_received'>) => TrackResult;
}

/**
 * Payments: `failed` is one attempt; `succeeded`, `canceled` and `fraudRejected` end a payment.
 * Each call is `track` with the event filled in: it never throws and says what became of the fact.
 *
 * @example
 * ```ts
 * import { money } from '@moneytrail/catalogue';
 * import { payments } from '@moneytrail/metrics';
 * const amount = money(1999n, 'EUR');
 * payments.succeeded({ provider: 'stripe', id: 'pi_1', method: 'card', purpose: 'tip', amount });
 * ```
 */
export const payments: PaymentsCalls = {
  created: (facts) => track({ ...facts, event: 'payment.created' }),
  actionRequired: (facts) => track({ ...facts, event: 'payment.action_required' }),
  succeeded: (facts) => track({ ...facts, event: 'payment.succeeded' }),
  failed: (facts) => track({ ...facts, event: 'payment.failed' }),
  canceled: (facts) => track({ ...facts, event: 'payment.canceled' }),
  fraudRejected: (facts) => track({ ...facts, event: 'payment.fraud_rejected' }),
  fraudWarning: (facts) => track({ ...facts, event: 'fraud.warning_received' }),
};
