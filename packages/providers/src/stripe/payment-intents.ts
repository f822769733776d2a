import { defined } from '../defined.ts';
import { intentFailure } from './failures.ts';
import type { EventTypeOf, Handling } from './handling.ts';
import { childOf, type Json, numberOf, referenceOf, textOf } from './json.ts';
import {
  amountOf,
  type Finding,
  maybePricedFact,
  objectId,
  type StripeEvent,
  secondsSinceCreation,
} from './mapping.ts';
import { captureOf, intentMethod, latestChargeId, purposeOf } from './payment-details.ts';
import { type Payment, paymentCanceled, paymentFailed, paymentSucceeded } from './payment-facts.ts';

/** A payment is its intent. Its charges are attempts and tell of the same facts. */
export const PAYMENT_INTENT_EVENTS: Readonly<Record<EventTypeOf<'payment_intent'>, Handling>> = {
  'payment_intent.amount_capturable_updated': 'intermediate',
  'payment_intent.canceled': { records: ['payment.canceled'], map: canceled },
  'payment_intent.created': { records: ['payment.created'], map: created },
  'payment_intent.partially_funded': 'intermediate',
  'payment_intent.payment_failed': { records: ['payment.failed'], map: failed },
  'payment_intent.processing': 'intermediate',
  'payment_intent.requires_action': { records: ['payment.action_required'], map: actionRequired },
  'payment_intent.succeeded': { records: ['payment.succeeded'], map: succeeded },
};

function created(event: StripeEvent): readonly Finding[] {
  return [
    maybePricedFact('payment.created', amountOf(event.object, 'amount'), (priced) =>
      defined({ ...priced, ...payment(event) }),
    ),
  ];
}

function actionRequired(event: StripeEvent): readonly Finding[] {
  return [
    maybePricedFact('payment.action_required', amountOf(event.object, 'amount'), (priced) =>
      defined({ ...priced, ...payment(event) }),
    ),
  ];
}

function succeeded(event: StripeEvent): readonly Finding[] {
  const intent = event.object;
  return paymentSucceeded(event, payment(event), {
    amount: amountOf(intent, 'amount_received', 'amount'),
    capture: captureOf(numberOf(intent, 'amount_received'), intent),
    attempt: latestChargeId(intent),
    completionSeconds: secondsSinceCreation(event),
  });
}

function failed(event: StripeEvent): readonly Finding[] {
  const intent = event.object;
  const attempt = failedCharge(intent) ?? event.id;
  return paymentFailed(event, payment(event), attempt, intentFailure(intent));
}

function canceled(event: StripeEvent): readonly Finding[] {
  return paymentCanceled(event, payment(event));
}

/** The charge that failed. An authentication that fails makes no charge: the newest one is then of an earlier attempt. */
function failedCharge(intent: Json): string | undefined {
  const error = childOf(intent, 'last_payment_error');
  const unauthenticated = textOf(error, 'code') === 'payment_intent_authentication_failure';
  return referenceOf(error, 'charge') ?? (unauthenticated ? undefined : latestChargeId(intent));
}

function payment(event: StripeEvent): Payment {
  return {
    provider: 'stripe',
    id: objectId(event),
    at: event.at,
    method: intentMethod(event.object),
    purpose: purposeOf(event),
  };
}
