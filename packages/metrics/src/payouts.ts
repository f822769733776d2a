import type { Facts } from '@moneytrail/catalogue';
import { callOf } from './track.ts';
import type { TrackResult } from './tracker.ts';

/** Calls of `payouts`. */
export interface PayoutsCalls {
  readonly created: (facts: Facts<'payout.created'>) => TrackResult;
  readonly paid: (facts: Facts<'payout.paid'>) => TrackResult;
  readonly failed: (facts: Facts<'payout.failed'>) => TrackResult;
  readonly canceled: (facts: Facts<'payout.canceled'>) => TrackResult;
  readonly reversed: (facts: Facts<'payout.reversed'>) => TrackResult;
}

/**
 * Money that leaves to a bank account or card.
 * Each call is `track` with the event filled in: it never throws and says what became of the fact.
 *
 * @example
 * ```ts
 * import { money } from '@moneytrail/catalogue';
 * import { payouts } from '@moneytrail/metrics';
 * payouts.created({ provider: 'stripe', id: 'po_1', amount: money(9000n, 'EUR') });
 * ```
 */
export const payouts: PayoutsCalls = {
  created: callOf('payout.created'),
  paid: callOf('payout.paid'),
  failed: callOf('payout.failed'),
  canceled: callOf('payout.canceled'),
  reversed: callOf('payout.reversed'),
};

/** Calls of `transfers`. */
export interface TransfersCalls {
  readonly created: (facts: Facts<'transfer.created'>) => TrackResult;
  readonly reversed: (facts: Facts<'transfer.reversed'>) => TrackResult;
}

/**
 * Money that moves between accounts at the provider.
 * Each call is `track` with the event filled in: it never throws and says what became of the fact.
 *
 * @example
 * ```ts
 * import { money } from '@moneytrail/catalogue';
 * import { transfers } from '@moneytrail/metrics';
 * transfers.created({ provider: 'stripe', id: 'tr_1', amount: money(9000n, 'EUR') });
 * ```
 */
export const transfers: TransfersCalls = {
  created: callOf('transfer.created'),
  reversed: callOf('transfer.reversed'),
};
