import type { Money } from '@moneytrail/catalogue';
import type { DropReason } from '@moneytrail/metrics';
import { chargeFailure } from './failures.ts';
import type { EventTypeOf, Handling } from './handling.ts';
import { childOf, type Json, listOf, numberOf, referenceOf, textOf } from './json.ts';
import {
  amountOf,
  type Finding,
  moneyOf,
  type StripeEvent,
  secondsSinceCreation,
} from './mapping.ts';
import { captureOf, chargeMethod, purposeOf } from './payment-details.ts';
import { type Payment, paymentCanceled, paymentFailed, paymentSucceeded } from './payment-facts.ts';
import { listedRefund, reportedRefund } from './refunds.ts';

type ChargeEventType = Exclude<
  EventTypeOf<'charge'>,
  EventTypeOf<'charge.dispute'> | EventTypeOf<'charge.refund'>
>;

/** A charge tells of its intent's payment; one without an intent is a payment of its own. */
export const CHARGE_EVENTS: Readonly<Record<ChargeEventType, Handling>> = {
  'charge.captured': { records: ['payment.succeeded'], map: succeeded },
  'charge.expired': { records: ['payment.canceled'], map: expired },
  'charge.failed': { records: ['payment.failed', 'payment.succeeded'], map: failed },
  'charge.pending': 'intermediate',
  'charge.refunded': {
    records: [
      'refund.created',
      'refund.succeeded',
      'refund.failed',
      'refund.canceled',
      'refund.reported',
      'payment.canceled',
    ],
    map: refunded,
  },
  'charge.succeeded': { records: ['payment.succeeded'], map: succeeded },
  'charge.updated': { records: ['payment.succeeded'], map: updated },
};

/** An authorisation is no success: the money is the merchant's when it is captured. */
function succeeded(event: StripeEvent): readonly Finding[] {
  const charge = event.object;
  if (!isCaptured(charge)) return [];
  return paymentSucceeded(event, payment(event), {
    amount: capturedAmount(event),
    capture: captureOf(numberOf(charge, 'amount_captured'), charge),
    attempt: textOf(charge, 'id'),
    completionSeconds: hasIntent(charge) ? undefined : secondsSinceCreation(event),
  });
}

/**
 * Before charges said what was captured, the rest of what was authorised was refunded by the capture itself, so that nothing else can
 * have been refunded by then.
 */
function capturedAmount({ type, object: charge }: StripeEvent): Money | DropReason {
  const [whole, rest] = [numberOf(charge, 'amount'), numberOf(charge, 'amount_refunded')];
  const isOld = type === 'charge.captured' && (charge['amount_captured'] ?? null) === null;
  return isOld && whole !== undefined && rest !== undefined
    ? moneyOf(whole - rest, charge['currency'])
    : amountOf(charge, 'amount_captured', 'amount');
}

/** Most updates are of texts. One that captures more is the same fact as before, with its greater amount. */
function updated(event: StripeEvent): readonly Finding[] {
  const { previous } = event;
  const isCapture = previous['captured'] === false || 'amount_captured' in previous;
  return isCapture ? succeeded(event) : [];
}

/**
 * Without an intent the attempt is the payment, and its failure ends it. Money of a bank may come back after it had arrived: what
 * the charge was before shows it.
 */
function failed(event: StripeEvent): readonly Finding[] {
  const { object: charge, previous } = event;
  const attempt = hasIntent(charge) ? textOf(charge, 'id') : undefined;
  const hadSucceeded = previous['status'] === 'succeeded' || previous['paid'] === true;
  return [
    ...(hadSucceeded ? succeeded(event) : []),
    ...paymentFailed(event, payment(event), attempt, chargeFailure(charge)),
  ];
}

/** An intent reports its own cancellation. */
function expired(event: StripeEvent): readonly Finding[] {
  return hasIntent(event.object) ? [] : paymentCanceled(event, payment(event));
}

/**
 * Older API versions list the refunds in the charge. Newer ones do not, and long lists are cut: there the charge says how much is
 * refunded in all. To refund an authorisation is to give it up: no money went back.
 */
function refunded(event: StripeEvent): readonly Finding[] {
  const { object: charge, previous } = event;
  if (!isCaptured(charge)) return expired(event);
  // What a capture leaves was never taken.
  if (previous['captured'] === false) return [];
  const listed = listOf(charge, 'refunds').map((refund) => listedRefund(event, refund));
  const isWhole = listed.length > 0 && childOf(charge, 'refunds')['has_more'] !== true;
  return isWhole ? listed : [...listed, ...reportedRefund(event)];
}

function payment(event: StripeEvent): Payment {
  const { object: charge, at } = event;
  return {
    provider: 'stripe',
    id: referenceOf(charge, 'payment_intent') ?? textOf(charge, 'id'),
    at,
    method: chargeMethod(charge),
    purpose: purposeOf(event),
  };
}

/** While a charge is captured in parts, the amount alone may say that some of it is. */
function isCaptured(charge: Json): boolean {
  return charge['captured'] !== false || (numberOf(charge, 'amount_captured') ?? 0) > 0;
}

function hasIntent(charge: Json): boolean {
  return referenceOf(charge, 'payment_intent') !== undefined;
}
