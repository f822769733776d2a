import { type AttributeValue, OTHER } from '@moneytrail/catalogue';
import { defined } from '../defined.ts';
import type { EventTypeOf, Handling } from './handling.ts';
import { type Json, numberOf, referenceOf, textOf } from './json.ts';
import {
  amountOf,
  type Finding,
  factOf,
  moneyOf,
  objectId,
  pricedFact,
  refusedFact,
  type StripeEvent,
} from './mapping.ts';

type RefundFact = 'refund.created' | 'refund.succeeded' | 'refund.failed' | 'refund.canceled';

const FACT_BY_STATUS: ReadonlyMap<string, RefundFact> = new Map<string, RefundFact>([
  ['succeeded', 'refund.succeeded'],
  ['failed', 'refund.failed'],
  ['canceled', 'refund.canceled'],
]);

const ENDED = ['refund.succeeded', 'refund.failed', 'refund.canceled'] as const;

const REASONS = new Map<string, AttributeValue<'refund.reason'>>([
  ['requested_by_customer', 'requested_by_customer'],
  ['duplicate', 'duplicate'],
  ['fraudulent', 'fraudulent'],
  ['expired_uncaptured_charge', 'expired_uncaptured'],
]);

/** A refund is its own object, whichever event tells of it. */
export const REFUND_EVENTS: Readonly<
  Record<EventTypeOf<'charge.refund'> | EventTypeOf<'refund'>, Handling>
> = {
  'charge.refund.updated': { records: ENDED, map: updated },
  'refund.created': { records: ['refund.created', ...ENDED], map: created },
  'refund.failed': { records: ['refund.failed', 'refund.succeeded'], map: failed },
  'refund.updated': { records: ENDED, map: updated },
};

function created(event: StripeEvent): readonly Finding[] {
  return [ownFact('refund.created', event), ...updated(event)];
}

function updated(event: StripeEvent): readonly Finding[] {
  const name = FACT_BY_STATUS.get(textOf(event.object, 'status') ?? '');
  return name === undefined ? [] : ended(name, event);
}

function failed(event: StripeEvent): readonly Finding[] {
  return ended('refund.failed', event);
}

/** A refund that had succeeded and did not stay so is both. Its success was no later than its failure; it began at its creation. */
function ended(name: RefundFact, event: StripeEvent): readonly Finding[] {
  const hadSucceeded = name !== 'refund.succeeded' && event.previous['status'] === 'succeeded';
  if (!hadSucceeded) return [ownFact(name, event)];
  const created = numberOf(event.object, 'created');
  const at = created === undefined ? event.at : new Date(created * 1000);
  return [ownFact('refund.succeeded', { ...event, at }), ownFact(name, event)];
}

/**
 * What the charge says is refunded in all, and what it said before. The time and both sums identify a report, and are the
 * same in a repetition. They do not follow from each other: a refund that fails lowers the sum.
 */
export function reportedRefund(event: StripeEvent): readonly Finding[] {
  const { object: charge, previous, at } = event;
  const total = amountOf(charge, 'amount_refunded');
  if (typeof total === 'string') {
    return total === 'missing_amount' ? [] : [refusedFact('refund.reported', total)];
  }
  if (total.minor === 0n) return [];
  const before = moneyOf(previous['amount_refunded'], charge['currency']);
  const beforeMinor = typeof before === 'string' ? undefined : Number(before.minor);
  const totalMinor = Number(total.minor);
  return [
    factOf(
      defined({
        event: 'refund.reported',
        provider: 'stripe',
        report: [objectId(event), beforeMinor, totalMinor, event.createdSeconds].join(':'),
        at,
        payment: referenceOf(charge, 'payment_intent') ?? objectId(event),
        currency: total.currency,
        totalMinor,
        beforeMinor,
      }),
    ),
  ];
}

/** A refund in the list of its charge. Those from before refunds had a status had succeeded when they were listed. */
export function listedRefund(event: StripeEvent, refund: Json): Finding {
  const name = FACT_BY_STATUS.get(textOf(refund, 'status') ?? 'succeeded') ?? 'refund.created';
  const payment = referenceOf(event.object, 'payment_intent') ?? objectId(event);
  return refundFact(name, event, refund, payment);
}

function ownFact(name: RefundFact, event: StripeEvent): Finding {
  const payment =
    referenceOf(event.object, 'payment_intent') ?? referenceOf(event.object, 'charge');
  return refundFact(name, event, event.object, payment);
}

function refundFact(
  name: RefundFact,
  event: StripeEvent,
  refund: Json,
  payment: string | undefined,
): Finding {
  const reason = textOf(refund, 'reason');
  return pricedFact(name, amountOf(refund, 'amount'), (priced) =>
    defined({
      ...priced,
      provider: 'stripe',
      id: textOf(refund, 'id'),
      at: event.at,
      payment,
      reason: reason === undefined ? undefined : (REASONS.get(reason) ?? OTHER),
    }),
  );
}
