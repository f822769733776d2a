// Stripe's events and objects: what is read from them, whichever API version of the last years made them.
import { type AttributeValue, OTHER } from '@moneytrail/catalogue';
import type Stripe from 'stripe';
import { RecentIds } from '../delivery/recent-ids.ts';
import { childOf, isJson, type Json, listOf, numberOf, referenceOf, textOf } from '../json.ts';
import type { ReadAmount } from '../mapped-event.ts';
import type { WebhookMode } from '../options.ts';
import type { EventProblem, ReadEvent, WebhookEvent } from '../provider.ts';
import { isValueOf, readMoney } from '../values.ts';
import { FAILURE_REASONS, METHODS, TECHNICAL_REASONS } from './words.ts';

type Method = AttributeValue<'payment.method.type'>;
type Purpose = AttributeValue<'payment.purpose'>;

/** A verified event of Stripe, as far as events of the catalogue are read from it. */
export interface StripeEvent extends WebhookEvent {
  readonly at: Date | undefined;
  /** Unix seconds; absent when the event does not say. */
  readonly createdSeconds: number | undefined;
  readonly object: Json;
  /** Former values of what the event says has changed. */
  readonly previous: Json;
  /** An earlier event said that an invoice was paid by this payment. */
  readonly isOfInvoice?: boolean;
}

/** Reads the event of a signed body. Thin events (API v2) carry an id to look up instead of the object. */
export function readEvent(
  body: unknown,
  ownAccount: string | undefined,
): ReadEvent<Stripe.Event, StripeEvent> | EventProblem {
  if (!isJson(body)) return 'event_malformed';
  if (body['object'] === 'v2.core.event') return 'event_thin';
  if (!isStripeEvent(body)) return 'event_malformed';
  const { id, type } = body;
  const data = childOf(body, 'data');
  const object = childOf(data, 'object');
  const createdSeconds = numberOf(body, 'created');
  const at = createdSeconds === undefined ? undefined : new Date(createdSeconds * 1000);
  const named = referenceOf(body, 'account');
  const account = named === ownAccount ? undefined : named;
  const mode = modeOf(body['livemode'] ?? object['livemode']);
  const previous = childOf(data, 'previous_attributes');
  const event = { id, type, createdSeconds, at, account, mode, object, previous };
  return { payload: body, event };
}

/** What Stripe has signed and has these members is an event by the types of its package. */
function isStripeEvent(body: Json): body is Json & Stripe.Event {
  const hasNames = textOf(body, 'id') !== undefined && textOf(body, 'type') !== undefined;
  return hasNames && isJson(childOf(body, 'data')['object']);
}

/** Only an event that says so has a mode: money whose event does not say it must not be lost. */
function modeOf(livemode: unknown): WebhookMode | undefined {
  if (typeof livemode !== 'boolean') return undefined;
  return livemode ? 'live' : 'test';
}

/** The first of `fields` that is present, as exact money in the object's currency. */
export function amountOf(object: Json, ...fields: readonly string[]): ReadAmount {
  const field = fields.find((name) => object[name] !== undefined && object[name] !== null);
  return moneyOf(field && object[field], object['currency']);
}

/** An amount in Stripe's minor units as exact money. */
export function moneyOf(amount: unknown, currency: unknown): ReadAmount {
  return readMoney(amount, currency, 'stripe');
}

/** The object's id. */
export function objectId({ object }: StripeEvent): string | undefined {
  return textOf(object, 'id');
}

/** The payment that an object belongs to: its intent, or its charge where there is no intent. */
export function paymentOf(object: Json): string | undefined {
  return referenceOf(object, 'payment_intent') ?? referenceOf(object, 'charge');
}

/** Seconds from the creation of an object to the event; absent when the two do not fit together. */
export function secondsSinceCreation({ createdSeconds, object }: StripeEvent): number | undefined {
  const created = numberOf(object, 'created');
  if (createdSeconds === undefined || created === undefined) return undefined;
  return createdSeconds >= created ? createdSeconds - created : undefined;
}

/**
 * What was paid for: the application says it in `metadata.purpose`; a payment of an invoice is a subscription. Since
 * `2025-03-31.basil` a payment does not name its invoice, but the order that it pays may be one.
 */
export function purposeOf({ object: payment, isOfInvoice }: StripeEvent): Purpose {
  const said = textOf(childOf(payment, 'metadata'), 'purpose') ?? '';
  if (isValueOf('payment.purpose', said)) return said;
  const order = textOf(childOf(payment, 'payment_details'), 'order_reference');
  const invoice = referenceOf(payment, 'invoice') ?? (order?.startsWith('in_') ? order : undefined);
  return invoice !== undefined || isOfInvoice ? 'subscription' : OTHER;
}

/** Kind of payment method of a charge, from the source card where the shape is older than payment methods. */
export function chargeMethod(charge: Json): Method | undefined {
  const source = childOf(charge, 'source');
  return methodOf(
    textOf(childOf(charge, 'payment_method_details'), 'type') ??
      textOf(source, 'type') ??
      textOf(source, 'object') ??
      textOf(childOf(charge, 'card'), 'object'),
  );
}

/** Kind of payment method of an intent: of its charge, of the method that failed, or the only one it allows. */
export function intentMethod(intent: Json): Method | undefined {
  const failed = childOf(childOf(intent, 'last_payment_error'), 'payment_method');
  return (
    chargeMethod(latestCharge(intent)) ??
    methodOf(textOf(failed, 'type') ?? textOf(childOf(intent, 'payment_method'), 'type')) ??
    methodOf(onlyTextOf(intent['payment_method_types'] ?? intent['allowed_source_types']))
  );
}

/** The intent's newest charge as far as the event carries it: expanded, or in the list of older shapes. */
function latestCharge(intent: Json): Json {
  const [listed] = listOf(intent, 'charges');
  return listed ?? childOf(intent, 'latest_charge');
}

/** The id of the intent's newest charge. */
export function latestChargeId(intent: Json): string | undefined {
  return referenceOf(intent, 'latest_charge') ?? textOf(latestCharge(intent), 'id');
}

/** A capture of less than was authorised may be the first of several. */
export function captureOf(captured: number | undefined, payment: Json): 'part' | undefined {
  const authorised = numberOf(payment, 'amount');
  if (captured === undefined || authorised === undefined) return undefined;
  return captured < authorised ? 'part' : undefined;
}

/** The platform's fee: an amount, or before there was one the fee itself, which has an amount when it is expanded. */
export function platformFee(payment: Json): ReadAmount {
  const amount = payment['application_fee_amount'] ?? childOf(payment, 'application_fee')['amount'];
  return moneyOf(amount, payment['currency']);
}

/** Why an attempt failed: a word for every provider, Stripe's own code, and whose fault it was. */
export interface Failure {
  readonly reason: AttributeValue<'payment.failure.reason'>;
  readonly code: string | undefined;
  readonly outcome: 'declined' | 'error';
}

/** Why a charge failed. A charge that Stripe's own fraud rules blocked never reached the bank. */
export function chargeFailure(charge: Json): Failure {
  const outcome = childOf(charge, 'outcome');
  return failureOf(outcome, [textOf(outcome, 'reason'), textOf(charge, 'failure_code')]);
}

/** Why the last attempt of an intent failed. */
export function intentFailure(intent: Json): Failure {
  const error = childOf(intent, 'last_payment_error');
  const charge = latestCharge(intent);
  const outcome = childOf(charge, 'outcome');
  return failureOf(outcome, [
    textOf(error, 'decline_code'),
    textOf(outcome, 'reason'),
    textOf(error, 'code') ?? textOf(charge, 'failure_code'),
    textOf(error, 'type'),
  ]);
}

/** Codes come most specific first: a decline code says more than `card_declined`. */
function failureOf(outcome: Json, given: readonly (string | undefined)[]): Failure {
  const codes = given.filter((code) => code !== undefined);
  const known = codes.find((code) => FAILURE_REASONS.has(code)) ?? '';
  const blocked = textOf(outcome, 'type') === 'blocked';
  const reason = blocked ? 'fraud_suspected' : (FAILURE_REASONS.get(known) ?? OTHER);
  return { reason, code: codes[0], outcome: TECHNICAL_REASONS.has(reason) ? 'error' : 'declined' };
}

function methodOf(type: string | undefined): Method | undefined {
  return type === undefined ? undefined : (METHODS.get(type) ?? OTHER);
}

function onlyTextOf(values: unknown): string | undefined {
  if (!Array.isArray(values) || values.length !== 1) return undefined;
  const [only]: readonly unknown[] = values;
  return typeof only === 'string' ? only : undefined;
}

/** Payments that are remembered until their own event arrives, which is seconds later. */
const REMEMBERED_PAYMENTS = 10_000;

/** Which payments paid an invoice. Between `2025-03-31.basil` and `payment_details`, only `invoice_payment.paid` says it. */
export class PaidInvoices {
  readonly #payments: RecentIds = new RecentIds(REMEMBERED_PAYMENTS);

  /** The event as it is, or with what earlier ones have said of its payment. */
  complete(event: StripeEvent): StripeEvent {
    if (event.type === 'invoice_payment.paid') this.#note(event);
    const { object } = event;
    const ids = [referenceOf(object, 'payment_intent'), textOf(object, 'id')];
    const isOfInvoice = ids.some((id) => id !== undefined && this.#payments.has(keyOf(event, id)));
    return isOfInvoice ? { ...event, isOfInvoice } : event;
  }

  #note(event: StripeEvent): void {
    const payment = childOf(event.object, 'payment');
    for (const field of ['payment_intent', 'charge']) {
      const id = referenceOf(payment, field);
      if (id !== undefined) this.#payments.addIfNew(keyOf(event, id));
    }
  }
}

function keyOf({ account = '' }: StripeEvent, id: string): string {
  return `${account}/${id}`;
}
