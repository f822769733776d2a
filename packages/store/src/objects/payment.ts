/** The state of a payment, folded from its events. */
import type { StoredPayment } from '../db/schema.ts';
import { foldCommission } from './commission.ts';
import { type FoldedEvent, firstAmount, firstText, newestFirst } from './event.ts';
import { refunded } from './refunds.ts';

/** Current state of a payment, as columns of its row. */
export type PaymentState = Pick<
  StoredPayment,
  'outcome' | 'refunded_minor' | 'disputed' | 'attempts' | 'at_ms' | 'account' | 'service'
> & {
  readonly reason: string | undefined;
  readonly amount_minor: number | undefined;
  readonly currency: string | undefined;
  readonly method: string | undefined;
  readonly purpose: string | undefined;
  readonly fee_minor: number | undefined;
  readonly commission_minor: string | undefined;
};

/**
 * Events of a payment itself, the strongest first: an ended payment stays ended, whatever arrives later, unless the very attempt that
 * succeeded has failed as well.
 */
const STRENGTH = [
  'payment.succeeded',
  'payment.fraud_rejected',
  'payment.canceled',
  'payment.failed',
  'payment.action_required',
  'payment.created',
];

/**
 * Folds the events of one payment. The answer depends on the events alone, never on their order of arrival: they are put
 * into one order first, by strength, then newest first.
 */
export function foldPayment(events: readonly FoldedEvent[]): PaymentState | undefined {
  const ordered = events.toSorted(byStrength);
  const [first] = ordered;
  if (!first) return undefined;
  const strongest = lateFailure(first, ordered) ?? first;
  const money = ordered.find(
    (event) => rank(event) < STRENGTH.length && event.amount_minor !== null,
  );
  const currency = money?.currency ?? undefined;
  const outcome = outcomeOf(strongest);
  return {
    outcome,
    reason:
      outcome === 'declined' || outcome === 'error'
        ? firstText(ordered, 'payment.failure.reason')
        : undefined,
    amount_minor: money?.amount_minor ?? undefined,
    currency,
    method: firstText(ordered, 'payment.method.type'),
    purpose: firstText(ordered, 'payment.purpose'),
    fee_minor: firstAmount(ordered, 'platform_fee.amount_minor'),
    commission_minor: commissions(events, currency)?.toString(),
    refunded_minor: refunded(events, currency).toString(),
    disputed: events.some((event) => event.event.startsWith('dispute.')) ? 1 : 0,
    attempts: attempts(events),
    at_ms: Math.floor(strongest.at_us / 1000),
    account: firstText(ordered, 'account.kind') === 'connected' ? 'connected' : 'own',
    service: strongest.service,
  };
}

/** The failure of the attempt that had succeeded: the bank took the money back. */
function lateFailure(first: FoldedEvent, ordered: readonly FoldedEvent[]): FoldedEvent | undefined {
  const attempt = first.attributes['payment.attempt.id'];
  if (first.event !== 'payment.succeeded' || attempt === undefined) return undefined;
  return ordered.find((event) => event.event === 'payment.failed' && attemptOf(event) === attempt);
}

/** Without an attempt of its own, a payment that failed is the attempt. */
function attemptOf({ event, event_id, attributes }: FoldedEvent): unknown {
  const failed = event === 'payment.failed' ? attributes['payment.id'] : undefined;
  return attributes['payment.attempt.id'] ?? failed ?? event_id;
}

function rank(event: FoldedEvent): number {
  const index = STRENGTH.indexOf(event.event);
  return index < 0 ? STRENGTH.length : index;
}

function byStrength(a: FoldedEvent, b: FoldedEvent): number {
  return rank(a) - rank(b) || newestFirst(a, b);
}

function outcomeOf(event: FoldedEvent): StoredPayment['outcome'] {
  if (event.event === 'payment.failed') return failureOf(event);
  const outcomes: Readonly<Record<string, StoredPayment['outcome']>> = {
    'payment.succeeded': 'succeeded',
    'payment.fraud_rejected': 'blocked',
    'payment.canceled': 'canceled',
    'payment.action_required': 'needs_action',
  };
  return outcomes[event.event] ?? 'pending';
}

function failureOf(event: FoldedEvent): StoredPayment['outcome'] {
  return event.attributes['payment.outcome'] === 'error' ? 'error' : 'declined';
}

/** Tries: each failed attempt, and the one that succeeded. */
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
    const stands = state && state.status !== 'failed' && state.status !== 'reversed';
    if (stands && state.currency === currency) sum += BigInt(state.amount_minor ?? 0);
  }
  return sum;
}
