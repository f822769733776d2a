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
  created: (facts) => track({ event: 'payment.created', ...facts }),
  actionRequired: (facts) => track({ event: 'payment.action_required', ...facts }),
  succeeded: (facts) => track({ event: 'payment.succeeded', ...facts }),
  failed: (facts) => track({ event: 'payment.failed', ...facts }),
  canceled: (facts) => track({ event: 'payment.canceled', ...facts }),
  fraudRejected: (facts) => track({ event: 'payment.fraud_rejected', ...facts }),
  fraudWarning: (facts) => track({ event: 'fraud.warning_received', ...facts }),
};
