// Refunds. A refund is an object of its own, whichever event reports it.
import { OTHER } from '@moneytrail/catalogue';
import { type Json, numberOf, referenceOf, textOf } from '../../json.ts';
import { event, type MappedEvent } from '../../mapped-event.ts';
import { amountOf, moneyOf, objectId, paymentOf, type StripeEvent } from '../objects.ts';
import { REFUND_REASONS } from '../words.ts';
import type { EventTypeOf, StripeHandling } from './handling.ts';

type RefundEvent = 'refund.created' | 'refund.succeeded' | 'refund.failed' | 'refund.canceled';

const EVENT_BY_STATUS: ReadonlyMap<string, RefundEvent> = new Map<string, RefundEvent>([
  ['succeeded', 'refund.succeeded'],
  ['failed', 'refund.failed'],
  ['canceled', 'refund.canceled'],
]);

const ENDED = ['refund.succeeded', 'refund.failed', 'refund.canceled'] as const;

/** Types of refunds. */
export const REFUND_EVENTS: Readonly<
  Record<EventTypeOf<'charge.refund'> | EventTypeOf<'refund'>, StripeHandling>
> = {
  'charge.refund.updated': { records: ENDED, map: updated },
  'refund.created': { records: ['refund.created', ...ENDED], map: created },
  'refund.failed': { records: ['refund.failed', 'refund.succeeded'], map: failed },
  'refund.updated': { records: ENDED, map: updated },
};

function created(source: StripeEvent): readonly MappedEvent[] {
  return [ownEvent('refund.created', source), ...updated(source)];
}

function updated(source: StripeEvent): readonly MappedEvent[] {
  const name = EVENT_BY_STATUS.get(textOf(source.object, 'status') ?? '');
  return name === undefined ? [] : ended(name, source);
}

function failed(source: StripeEvent): readonly MappedEvent[] {
  return ended('refund.failed', source);
}

/** A refund that had succeeded and did not stay so is both. Its success was no later than its failure; it began at its creation. */
function ended(name: RefundEvent, source: StripeEvent): readonly MappedEvent[] {
  const hadSucceeded = name !== 'refund.succeeded' && source.previous['status'] === 'succeeded';
  if (!hadSucceeded) return [ownEvent(name, source)];
  const created = numberOf(source.object, 'created');
  const at = created === undefined ? undefined : new Date(created * 1000);
  return [ownEvent('refund.succeeded', source, at), ownEvent(name, source)];
}

/**
 * What the charge says is refunded in all, and what it said before. The time and both sums identify a report, and are the
 * same in a repetition. They do not follow from each other: a refund that fails lowers the sum.
 */
export function reportedRefund(source: StripeEvent): readonly MappedEvent[] {
  const { object: charge, previous } = source;
  const total = amountOf(charge, 'amount_refunded');
  if (typeof total === 'string') {
    return total === 'missing_amount' ? [] : [{ name: 'refund.reported', rejected: total }];
  }
  if (total.minor === 0n) return [];
  const before = moneyOf(previous['amount_refunded'], charge['currency']);
  const beforeMinor = typeof before === 'string' ? undefined : Number(before.minor);
  const totalMinor = Number(total.minor);
  return [
    event('refund.reported', {
      report: [objectId(source), beforeMinor, totalMinor, source.createdSeconds].join(':'),
      payment: referenceOf(charge, 'payment_intent') ?? objectId(source),
      currency: total.currency,
      totalMinor,
      beforeMinor,
    }),
  ];
}

/** A refund in the list of its charge. Those from before refunds had a status had succeeded when they were listed. */
export function listedRefund(source: StripeEvent, refund: Json): MappedEvent {
  const name = EVENT_BY_STATUS.get(textOf(refund, 'status') ?? 'succeeded') ?? 'refund.created';
  const payment = referenceOf(source.object, 'payment_intent') ?? objectId(source);
  return refundEvent(name, refund, payment);
}

function ownEvent(name: RefundEvent, source: StripeEvent, at?: Date): MappedEvent {
  return refundEvent(name, source.object, paymentOf(source.object), at);
}

function refundEvent(
  name: RefundEvent,
  refund: Json,
  payment: string | undefined,
  at?: Date,
): MappedEvent {
  const reason = textOf(refund, 'reason');
  return event(name, {
    id: textOf(refund, 'id'),
    amount: amountOf(refund, 'amount'),
    payment,
    reason: reason === undefined ? undefined : (REFUND_REASONS.get(reason) ?? OTHER),
    at,
  });
}
