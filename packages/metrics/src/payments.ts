import type { Facts } from '@moneytrail/catalogue';
import { callOf } from './track.ts';
import type { TrackResult } from './tracker.ts';

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
  created: callOf('payment.created'),
  actionRequired: callOf('payment.action_required'),
  succeeded: callOf('payment.succeeded'),
  failed: callOf('payment.failed'),
  canceled: callOf('payment.canceled'),
  fraudRejected: callOf('payment.fraud_rejected'),
  fraudWarning: callOf('fraud.warning_received'),
};
