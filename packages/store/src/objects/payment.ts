/** The state of a payment, folded from its events. */
import type { StoredPayment } from '../db/schema.ts';
import { foldCommission } from './commission.ts';
import { type FoldedEvent, firstAmount, firstText, newestFirst } from './event.ts';
import { type ResolvedState, resolveState } from './lifecycle.ts';
import { refunded } from './refunds.ts';

/** Current state of a payment, as columns of its row. */
export type PaymentState = Pick<
  StoredPayment,
  | 'outcome'
  | 'contradictory'
  | 'refunded_minor'
  | 'disputed'
  | 'attempts'
  | 'at_ms'
  | 'account'
  | 'service'
> & {
  readonly reason: string | undefined;
  readonly amount_minor: number | undefined;
  readonly currency: string | undefined;
  readonly method: string | undefined;
  readonly purpose: string | undefined;
  readonly fee_minor: number | undefined;
  readonly commission_minor: string | undefined;
};

const OUTCOMES: Readonly<Record<string, StoredPayment['outcome']>> = {
  created: 'pending',
  action_required: 'needs_action',
  canceled: 'canceled',
  blocked: 'blocked',
  succeeded: 'succeeded',
};

/** Outcomes that have a reason. */
const FAILED: ReadonlySet<string> = new Set(['declined', 'error']);

/**
 * Folds the events of one payment. The result depends on the events only, not on their order of arrival: the lifecycle of the
 * catalogue orders them. A payment that only events of other objects reference is pending.
 */
export function foldPayment(events: readonly FoldedEvent[]): PaymentState | undefined {
  const resolved = resolveState('payment', events);
  const own = resolved?.ordered ?? [];
  const ordered = [...own, ...events.filter((event) => !own.includes(event)).toSorted(newestFirst)];
  const decisive = resolved?.event ?? ordered[0];
  if (!decisive) return undefined;
  const money = own.find((event) => event.amount_minor !== null);
  const currency = money?.currency ?? undefined;
  const outcome = resolved ? outcomeOf(resolved) : 'pending';
  return {
    outcome,
    contradictory: resolved?.isContradictory ? 1 : 0,
    reason: FAILED.has(outcome) ? firstText(ordered, 'payment.failure.reason') : undefined,
    amount_minor: money?.amount_minor ?? undefined,
    currency,
    method: firstText(ordered, 'payment.method.type'),
    purpose: firstText(ordered, 'payment.purpose'),
    fee_minor: firstAmount(ordered, 'platform_fee.amount_minor'),
    commission_minor: commissions(events, currency)?.toString(),
    refunded_minor: refunded(events, currency).toString(),
    disputed: events.some((event) => event.event.startsWith('dispute.')) ? 1 : 0,
    attempts: attempts(events),
    at_ms: Math.floor(decisive.at_us / 1000),
    account: firstText(ordered, 'account.kind') === 'connected' ? 'connected' : 'own',
    service: decisive.service,
  };
}

/** A failed payment is either declined, or an error of the provider or of the service. */
function outcomeOf({ state, event }: ResolvedState): StoredPayment['outcome'] {
  const failure = event.attributes['payment.outcome'] === 'error' ? 'error' : 'declined';
  return OUTCOMES[state] ?? failure;
}

/** A failed payment without attempt events counts as one attempt. */
function attemptOf({ event, event_id, attributes }: FoldedEvent): unknown {
  const failed = event === 'payment.failed' ? attributes['payment.id'] : undefined;
  return attributes['payment.attempt.id'] ?? failed ?? event_id;
}

/** Number of attempts: each failed one, and the one that succeeded. */
function attempts(events: readonly FoldedEvent[]): number {
  const tries = events.filter(
    ({ event }) => event === 'payment.failed' || event === 'payment.succeeded',
  );
  return new Set(tries.map(attemptOf)).size;
}

/** Sum of the commissions that neither failed nor were reversed, in the currency of the payment; `undefined` when the payment has none. */
function commissions(
  events: readonly FoldedEvent[],
  currency: string | undefined,
): bigint | undefined {
  const groups = Map.groupBy(
    events.filter(({ event }) => event.startsWith('commission.')),
    (event) => event.attributes['commission.id'] ?? event.event_id,
  );
  if (groups.size === 0) return undefined;
  let sum = 0n;
  for (const group of groups.values()) {
    const state = foldCommission(group);
    const isValid = state && state.status !== 'failed' && state.status !== 'reversed';
    if (isValid && state.currency === currency) sum += BigInt(state.amount_minor ?? 0);
  }
  return sum;
}
