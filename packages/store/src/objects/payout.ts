/** The state of a payout, folded from its events. */
import { type FoldedEvent, newestFirst } from './event.ts';
import { standingOf } from './lifecycle.ts';

/** Current state of a payout. */
export interface PayoutState {
  readonly status: string;
  readonly amount_minor: number | undefined;
  readonly currency: string | undefined;
  readonly at_ms: number;
}

/** Folds the events of one payout; the result does not depend on their order. A payout may be named before its own events arrive. */
export function foldPayout(events: readonly FoldedEvent[]): PayoutState {
  const standing = standingOf('payout', events);
  const money = standing?.ordered.find(({ amount_minor }) => amount_minor !== null);
  const newest = standing?.event ?? events.toSorted(newestFirst)[0];
  return {
    status: standing?.state ?? 'unknown',
    amount_minor: money?.amount_minor ?? undefined,
    currency: money?.currency ?? undefined,
    at_ms: Math.floor((newest?.at_us ?? 0) / 1000),
  };
}
