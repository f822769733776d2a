// Intents: a payment is its intent. Its charges are attempts and report the same events.
import { childOf, type Json, numberOf, referenceOf, textOf } from '../../json.ts';
import { event, type MappedEvent } from '../../mapped-event.ts';
import {
  amountOf,
  captureOf,
  intentFailure,
  intentMethod,
  latestChargeId,
  objectId,
  purposeOf,
  type StripeEvent,
  secondsSinceCreation,
} from '../objects.ts';
import type { EventTypeOf, StripeHandling } from './handling.ts';
import { type Payment, paymentCanceled, paymentFailed, paymentSucceeded } from './payments.ts';

/** Types of payment intents. */
export const PAYMENT_INTENT_EVENTS: Readonly<
  Record<EventTypeOf<'payment_intent'>, StripeHandling>
> = {
  'payment_intent.amount_capturable_updated': 'intermediate',
  'payment_intent.canceled': { records: ['payment.canceled'], map: canceled },
  'payment_intent.created': { records: ['payment.created'], map: created },
  'payment_intent.partially_funded': 'intermediate',
  'payment_intent.payment_failed': { records: ['payment.failed'], map: failed },
  'payment_intent.processing': 'intermediate',
  'payment_intent.requires_action': { records: ['payment.action_required'], map: actionRequired },
  'payment_intent.succeeded': { records: ['payment.succeeded'], map: succeeded },
};

function created(source: StripeEvent): readonly MappedEvent[] {
  return [event('payment.created', begun(source))];
}

function actionRequired(source: StripeEvent): readonly MappedEvent[] {
  return [event('payment.action_required', begun(source))];
}

function succeeded(source: StripeEvent): readonly MappedEvent[] {
  const intent = source.object;
  return paymentSucceeded(source, payment(source), {
    amount: amountOf(intent, 'amount_received', 'amount'),
    capture: captureOf(numberOf(intent, 'amount_received'), intent),
    attempt: latestChargeId(intent),
    completionSeconds: secondsSinceCreation(source),
  });
}

function failed(source: StripeEvent): readonly MappedEvent[] {
  const intent = source.object;
  const attempt = failedCharge(intent) ?? source.id;
  return paymentFailed(source, payment(source), attempt, intentFailure(intent));
}

function canceled(source: StripeEvent): readonly MappedEvent[] {
  return paymentCanceled(source, payment(source));
}

/** The charge that failed. An authentication that fails makes no charge: the newest one is then of an earlier attempt. */
function failedCharge(intent: Json): string | undefined {
  const error = childOf(intent, 'last_payment_error');
  const unauthenticated = textOf(error, 'code') === 'payment_intent_authentication_failure';
  return referenceOf(error, 'charge') ?? (unauthenticated ? undefined : latestChargeId(intent));
}

/** A payment that has not ended. */
function begun(source: StripeEvent) {
  return { ...payment(source), amount: amountOf(source.object, 'amount') };
}

function payment(source: StripeEvent): Payment {
  return {
    id: objectId(source),
    method: intentMethod(source.object),
    purpose: purposeOf(source),
  };
}
