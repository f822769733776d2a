import { chargeFailure } from './failures.ts';
import type { EventTypeOf, Handling } from './handling.ts';
import { type Json, listOf, referenceOf, textOf } from './json.ts';
import { amountOf, type Finding, type StripeEvent, secondsSinceCreation } from './mapping.ts';
import { chargeMethod, purposeOf } from './payment-details.ts';
import { type Payment, paymentCanceled, paymentFailed, paymentSucceeded } from './payment-facts.ts';
import { listedRefund } from './refunds.ts';

type ChargeEventType = Exclude<
  EventTypeOf<'charge'>,
  EventTypeOf<'charge.dispute'> | EventTypeOf<'charge.refund'>
>;

/** A charge tells of its intent's payment; one without an intent is a payment of its own. */
export const CHARGE_EVENTS: Readonly<Record<ChargeEventType, Handling>> = {
  'charge.captured': { records: ['payment.succeeded'], map: succeeded },
  'charge.expired': { records: ['payment.canceled'], map: expired },
  'charge.failed': { records: ['payment.failed'], map: failed },
  'charge.pending': 'intermediate',
  'charge.refunded': {
    records: [
      'refund.created',
      'refund.succeeded',
      'refund.failed',
      'refund.canceled',
      'payment.canceled',
    ],
    map: refunded,
  },
  'charge.succeeded': { records: ['payment.succeeded'], map: succeeded },
  'charge.updated': 'intermediate',
};

/** An authorisation is no success: the money is the merchant's when it is captured. */
function succeeded(event: StripeEvent): readonly Finding[] {
  const charge = event.object;
  if (charge['captured'] === false) return [];
  return paymentSucceeded(event, payment(event), {
    amount: amountOf(charge, 'amount_captured', 'amount'),
    attempt: textOf(charge, 'id'),
    completionSeconds: hasIntent(charge) ? undefined : secondsSinceCreation(event),
  });
}

/** Without an intent the attempt is the payment, and its failure ends it. */
function failed(event: StripeEvent): readonly Finding[] {
  const charge = event.object;
  const attempt = hasIntent(charge) ? textOf(charge, 'id') : undefined;
  return paymentFailed(event, payment(event), attempt, chargeFailure(charge));
}

/** An intent reports its own cancellation. */
function expired(event: StripeEvent): readonly Finding[] {
  return hasIntent(event.object) ? [] : paymentCanceled(event, payment(event));
}

/**
 * Older API versions list the refunds in the charge; newer ones do not, and report them by `refund.*` alone. To refund an
 * authorisation is to give it up: no money went back.
 */
function refunded(event: StripeEvent): readonly Finding[] {
  const charge = event.object;
  if (charge['captured'] === false) return expired(event);
  return listOf(charge, 'refunds').map((refund) => listedRefund(event, refund));
}

function payment({ object: charge, at }: StripeEvent): Payment {
  return {
    provider: 'stripe',
    id: referenceOf(charge, 'payment_intent') ?? textOf(charge, 'id'),
    at,
    method: chargeMethod(charge),
    purpose: purposeOf(charge),
  };
}

function hasIntent(charge: Json): boolean {
  return referenceOf(charge, 'payment_intent') !== undefined;
}
