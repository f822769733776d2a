import { defined } from '../defined.ts';
import { chargeFailure } from './failures.ts';
import type { EventTypeOf, Handling } from './handling.ts';
import { type Json, listOf, referenceOf, textOf } from './json.ts';
import {
  amountOf,
  type Finding,
  maybePricedFact,
  pricedFact,
  type StripeEvent,
  secondsSinceCreation,
} from './mapping.ts';
import { chargeMethod, platformFee, purposeOf } from './payment-details.ts';
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
  const { fee, findings } = platformFee(charge);
  const fact = pricedFact(
    'payment.succeeded',
    amountOf(charge, 'amount_captured', 'amount'),
    (amount) =>
      defined({
        event: 'payment.succeeded',
        ...payment(event),
        amount,
        platformFee: fee,
        attempt: textOf(charge, 'id'),
        completionSeconds: hasIntent(charge) ? undefined : secondsSinceCreation(event),
      }),
  );
  return [fact, ...findings];
}

/** Without an intent the attempt is the payment, and its failure ends it. */
function failed(event: StripeEvent): readonly Finding[] {
  const charge = event.object;
  return [
    maybePricedFact('payment.failed', amountOf(charge, 'amount'), (amount) =>
      defined({
        event: 'payment.failed',
        ...payment(event),
        amount,
        attempt: hasIntent(charge) ? textOf(charge, 'id') : undefined,
        ...chargeFailure(charge),
      }),
    ),
  ];
}

/** An intent reports its own cancellation. */
function expired(event: StripeEvent): readonly Finding[] {
  if (hasIntent(event.object)) return [];
  return [
    maybePricedFact('payment.canceled', amountOf(event.object, 'amount'), (amount) =>
      defined({
        event: 'payment.canceled',
        ...payment(event),
        amount,
        completionSeconds: secondsSinceCreation(event),
      }),
    ),
  ];
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

function payment(event: StripeEvent) {
  const charge = event.object;
  return {
    provider: 'stripe',
    id: referenceOf(charge, 'payment_intent') ?? textOf(charge, 'id'),
    at: event.at,
    method: chargeMethod(charge),
    purpose: purposeOf(charge),
  } as const;
}

function hasIntent(charge: Json): boolean {
  return referenceOf(charge, 'payment_intent') !== undefined;
}
