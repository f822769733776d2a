// Charges: each reports the payment of its intent; one without an intent is a payment of its own.
import { childOf, type Json, listOf, numberOf, referenceOf, textOf } from '../../json.ts';
import type { MappedEvent, ReadAmount } from '../../mapped-event.ts';
import {
  amountOf,
  captureOf,
  chargeFailure,
  chargeMethod,
  moneyOf,
  purposeOf,
  type StripeEvent,
  secondsSinceCreation,
} from '../objects.ts';
import type { EventTypeOf, StripeHandling } from './handling.ts';
import { type Payment, paymentCanceled, paymentFailed, paymentSucceeded } from './payments.ts';
import { listedRefund, reportedRefund } from './refunds.ts';

type ChargeEventType = Exclude<
  EventTypeOf<'charge'>,
  EventTypeOf<'charge.dispute'> | EventTypeOf<'charge.refund'>
>;

/** Types of charges. */
export const CHARGE_EVENTS: Readonly<Record<ChargeEventType, StripeHandling>> = {
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

/** An authorisation is not a success: the money is the merchant's when it is captured. */
function succeeded(source: StripeEvent): readonly MappedEvent[] {
  const charge = source.object;
  if (!isCaptured(charge)) return [];
  return paymentSucceeded(source, payment(source), {
    amount: capturedAmount(source),
    capture: captureOf(numberOf(charge, 'amount_captured'), charge),
    attempt: textOf(charge, 'id'),
    completionSeconds: hasIntent(charge) ? undefined : secondsSinceCreation(source),
  });
}

/**
 * Before charges said what was captured, the rest of what was authorised was refunded by the capture itself, so that nothing else can
 * have been refunded by then.
 */
function capturedAmount({ type, object: charge }: StripeEvent): ReadAmount {
  const [whole, rest] = [numberOf(charge, 'amount'), numberOf(charge, 'amount_refunded')];
  const isOld = type === 'charge.captured' && (charge['amount_captured'] ?? null) === null;
  return isOld && whole !== undefined && rest !== undefined
    ? moneyOf(whole - rest, charge['currency'])
    : amountOf(charge, 'amount_captured', 'amount');
}

/** Most updates are of texts. One that captures more is the same event as before, with a greater amount. */
function updated(source: StripeEvent): readonly MappedEvent[] {
  const { previous } = source;
  const isCapture = previous['captured'] === false || 'amount_captured' in previous;
  return isCapture ? succeeded(source) : [];
}

/**
 * Without an intent the attempt is the payment, and its failure ends it. Money of a bank may come back after it had arrived: what
 * the charge was before shows it.
 */
function failed(source: StripeEvent): readonly MappedEvent[] {
  const { object: charge, previous } = source;
  const attempt = hasIntent(charge) ? textOf(charge, 'id') : undefined;
  const hadSucceeded = previous['status'] === 'succeeded' || previous['paid'] === true;
  return [
    ...(hadSucceeded ? succeeded(source) : []),
    ...paymentFailed(source, payment(source), attempt, chargeFailure(charge)),
  ];
}

/** An intent reports its own cancellation. */
function expired(source: StripeEvent): readonly MappedEvent[] {
  return hasIntent(source.object) ? [] : paymentCanceled(source, payment(source));
}

/**
 * Older API versions list the refunds in the charge. Newer ones do not, and long lists are cut: there the charge says how much is
 * refunded in all. To refund an authorisation is to give it up: no money was refunded.
 */
function refunded(source: StripeEvent): readonly MappedEvent[] {
  const { object: charge, previous } = source;
  if (!isCaptured(charge)) return expired(source);
  // What a capture leaves was never taken.
  if (previous['captured'] === false) return [];
  const listed = listOf(charge, 'refunds').map((refund) => listedRefund(source, refund));
  const isWhole = listed.length > 0 && childOf(charge, 'refunds')['has_more'] !== true;
  return isWhole ? listed : [...listed, ...reportedRefund(source)];
}

function payment(source: StripeEvent): Payment {
  const { object: charge } = source;
  return {
    id: referenceOf(charge, 'payment_intent') ?? textOf(charge, 'id'),
    method: chargeMethod(charge),
    purpose: purposeOf(source),
  };
}

/** While a charge is captured in parts, the amount alone may say that some of it is. */
function isCaptured(charge: Json): boolean {
  return charge['captured'] !== false || (numberOf(charge, 'amount_captured') ?? 0) > 0;
}

function hasIntent(charge: Json): boolean {
  return referenceOf(charge, 'payment_intent') !== undefined;
}
