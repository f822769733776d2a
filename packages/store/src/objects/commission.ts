/** The state of a commission, folded from its events. */
import { type FoldedEvent, firstNumber, firstText } from './event.ts';

/** Current state of a commission, as columns of its row. */
export interface CommissionState {
  readonly status: string;
  readonly tier: string | undefined;
  readonly payout_id: string | undefined;
  readonly amount_minor: number | undefined;
  readonly currency: string | undefined;
  readonly created_ms: number;
  /** When it stopped waiting: paid, failed or reversed. */
  readonly ended_ms: number | undefined;
  readonly took_ms: number | undefined;
}

/** A commission that was reversed or paid stays so; between the others the newest decides, then the later step. */
const FINAL = ['commission.reversed', 'commission.paid'];
const STEPS = ['created', 'processed', 'held', 'approved', 'failed'].map(
  (step) => `commission.${step}`,
);
const ENDED = new Set([...FINAL, 'commission.failed']);

/** Folds the events of one commission; like that of payments, the answer does not depend on their order. */
export function foldCommission(events: readonly FoldedEvent[]): CommissionState | undefined {
  const known = events.filter(({ event }) => FINAL.includes(event) || STEPS.includes(event));
  const ordered = known.toSorted(byWeight);
  const decisive = ordered[0];
  if (!decisive) return undefined;
  const tookSeconds = firstNumber(ordered, 'moneytrail.event.duration');
  const money = ordered.find((event) => event.amount_minor !== null);
  return {
    status: decisive.event.slice('commission.'.length),
    tier: firstText(ordered, 'commission.tier'),
    payout_id: firstText(ordered, 'payout.id'),
    amount_minor: money?.amount_minor ?? undefined,
    currency: money?.currency ?? undefined,
    created_ms: Math.floor(Math.min(...known.map((event) => event.at_us)) / 1000),
    ended_ms: ENDED.has(decisive.event) ? Math.floor(decisive.at_us / 1000) : undefined,
    took_ms: tookSeconds === undefined ? undefined : tookSeconds * 1000,
  };
}

function byWeight(a: FoldedEvent, b: FoldedEvent): number {
  const final = finality(a) - finality(b);
  return (
    final ||
    b.at_us - a.at_us ||
    STEPS.indexOf(b.event) - STEPS.indexOf(a.event) ||
    (a.event_id < b.event_id ? 1 : -1)
  );
}

function finality(event: FoldedEvent): number {
  const index = FINAL.indexOf(event.event);
  return index < 0 ? FINAL.length : index;
}
