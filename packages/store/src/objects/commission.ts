/** The state of a commission, folded from its events. */
import { type FoldedEvent, firstNumber, firstText } from './event.ts';
import { resolveState } from './lifecycle.ts';

/** Current state of a commission, as columns of its row. */
export interface CommissionState {
  readonly status: string;
  readonly tier: string | undefined;
  readonly payout_id: string | undefined;
  readonly amount_minor: number | undefined;
  readonly currency: string | undefined;
  readonly created_ms: number;
  /** End of the waiting time: paid, failed or reversed. */
  readonly ended_ms: number | undefined;
  readonly took_ms: number | undefined;
}

/** Folds the events of one commission; like that of payments, the result does not depend on their order. */
export function foldCommission(events: readonly FoldedEvent[]): CommissionState | undefined {
  const resolved = resolveState('commission', events);
  if (resolved === undefined) return undefined;
  const { state, event, ordered, isFinal } = resolved;
  const tookSeconds = firstNumber(ordered, 'moneytrail.event.duration');
  const money = ordered.find(({ amount_minor }) => amount_minor !== null);
  // A failed commission may be booked again, but it is no longer waiting.
  const hasEnded = isFinal || state === 'failed';
  return {
    status: state,
    tier: firstText(ordered, 'commission.tier'),
    payout_id: firstText(ordered, 'payout.id'),
    amount_minor: money?.amount_minor ?? undefined,
    currency: money?.currency ?? undefined,
    created_ms: Math.floor(Math.min(...ordered.map(({ at_us }) => at_us)) / 1000),
    ended_ms: hasEnded ? Math.floor(event.at_us / 1000) : undefined,
    took_ms: tookSeconds === undefined ? undefined : tookSeconds * 1000,
  };
}
