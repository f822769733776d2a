import { type AttributeValue, OTHER } from '@moneytrail/catalogue';
import { defined } from '../defined.ts';
import type { EventTypeOf, Handling } from './handling.ts';
import { type Json, referenceOf, textOf } from './json.ts';
import { amountOf, type Finding, pricedFact, type StripeEvent } from './mapping.ts';

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
  'refund.failed': { records: ['refund.failed'], map: failed },
  'refund.updated': { records: ENDED, map: updated },
};

function created(event: StripeEvent): readonly Finding[] {
  return [refundFact('refund.created', event, event.object), ...updated(event)];
}

function updated(event: StripeEvent): readonly Finding[] {
  const name = FACT_BY_STATUS.get(textOf(event.object, 'status') ?? '');
  return name === undefined ? [] : [refundFact(name, event, event.object)];
}

function failed(event: StripeEvent): readonly Finding[] {
  return [refundFact('refund.failed', event, event.object)];
}

/** A refund in the list of its charge. Those from before refunds had a status had succeeded when they were listed. */
export function listedRefund(event: StripeEvent, refund: Json): Finding {
  const name = FACT_BY_STATUS.get(textOf(refund, 'status') ?? 'succeeded') ?? 'refund.created';
  return refundFact(name, event, refund);
}

function refundFact(name: RefundFact, event: StripeEvent, refund: Json): Finding {
  const reason = textOf(refund, 'reason');
  return pricedFact(name, amountOf(refund, 'amount'), (amount) =>
    defined({
      event: name,
      provider: 'stripe',
      id: textOf(refund, 'id'),
      at: event.at,
      amount,
      payment: refundedPayment(event.object, refund),
      reason: reason === undefined ? undefined : (REASONS.get(reason) ?? OTHER),
    }),
  );
}

/** `source` is the refund itself, or the charge that lists it. */
function refundedPayment(source: Json, refund: Json): string | undefined {
  return (
    referenceOf(refund, 'payment_intent') ??
    referenceOf(source, 'payment_intent') ??
    referenceOf(refund, 'charge') ??
    textOf(source, 'charge')
  );
}
