/** The state of a payout, folded from its events. */
import { type FoldedEvent, newestFirst } from './event.ts';
import { resolveState } from './lifecycle.ts';

/** Current state of a payout. */
export interface PayoutState {
  readonly status: string;
  readonly amount_minor: number | undefined;
  readonly currency: string | undefined;
  readonly at_ms: number;
}

/** Folds the events of one payout; the result does not depend on their order. A payout may be referenced before its own events arrive. */
export function foldPayout(events: readonly FoldedEvent[]): PayoutState {
  const resolved = resolveState('payout', events);
  const money = resolved?.ordered.find(({ amount_minor }) => amount_minor !== null);
  const newest = resolved?.event ?? events.toSorted(newestFirst)[0];
  return {
    status: resolved?.state ?? 'unknown',
    amount_minor: money?.amount_minor ?? undefined,
    currency: money?.currency ?? undefined,
    at_ms: Math.floor((newest?.at_us ?? 0) / 1000),
  };
}
