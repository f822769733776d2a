/** The state of a payout, folded from its events. */
import { type FoldedEvent, newestFirst } from './event.ts';

/** Current state of a payout. */
export interface PayoutState {
  readonly status: string;
  readonly amount_minor: number | undefined;
  readonly currency: string | undefined;
  readonly at_ms: number;
}

/** A payout can come back after it was paid, so the states that end it are ordered by how late they can come. */
const STRENGTH = ['reversed', 'failed', 'canceled', 'paid', 'created'].map(
  (step) => `payout.${step}`,
);

/** Folds the events of one payout; the result does not depend on their order. A payout may be named before its own events arrive. */
export function foldPayout(events: readonly FoldedEvent[]): PayoutState {
  const own = events.filter(({ event }) => STRENGTH.includes(event)).toSorted(byStrength);
  const money = own.find(({ amount_minor }) => amount_minor !== null);
  const newest = own[0] ?? events.toSorted(newestFirst)[0];
  return {
    status: own[0]?.event.slice('payout.'.length) ?? 'unknown',
    amount_minor: money?.amount_minor ?? undefined,
    currency: money?.currency ?? undefined,
    at_ms: Math.floor((newest?.at_us ?? 0) / 1000),
  };
}

function byStrength(a: FoldedEvent, b: FoldedEvent): number {
  return STRENGTH.indexOf(a.event) - STRENGTH.indexOf(b.event) || newestFirst(a, b);
}
