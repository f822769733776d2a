// What is done with each of Stripe's event types.
import type { EventName } from '@moneytrail/catalogue';
import type { EventTable, IgnoreReason } from '../provider.ts';
import { CHARGE_EVENTS } from './events/charges.ts';
import { DISPUTE_EVENTS } from './events/disputes.ts';
import { FRAUD_EVENTS } from './events/fraud.ts';
import type { StripeEventType, StripeHandling } from './events/handling.ts';
import { ACCOUNT_EVENTS } from './events/ignored/accounts.ts';
import { BALANCE_EVENTS } from './events/ignored/balances.ts';
import { BILLING_EVENTS } from './events/ignored/billing.ts';
import { CHECKOUT_EVENTS } from './events/ignored/checkout.ts';
import { PAYMENT_INTENT_EVENTS } from './events/payment-intents.ts';
import { PAYOUT_EVENTS } from './events/payouts.ts';
import { REFUND_EVENTS } from './events/refunds.ts';
import { RETIRED_EVENTS } from './events/retired.ts';
import { TRANSFER_EVENTS } from './events/transfers.ts';
import type { StripeEvent } from './objects.ts';

export type { StripeEventType } from './events/handling.ts';

/** Every event type of Stripe's list; a type that is missing here, or not on the list, does not compile. */
const LISTED: Readonly<Record<StripeEventType, StripeHandling>> = {
  ...PAYMENT_INTENT_EVENTS,
  ...CHARGE_EVENTS,
  ...REFUND_EVENTS,
  ...DISPUTE_EVENTS,
  ...FRAUD_EVENTS,
  ...PAYOUT_EVENTS,
  ...TRANSFER_EVENTS,
  ...BILLING_EVENTS,
  ...CHECKOUT_EVENTS,
  ...BALANCE_EVENTS,
  ...ACCOUNT_EVENTS,
};

/** Every event type since 2015. */
export const EVENTS: EventTable<StripeEvent> = { ...RETIRED_EVENTS, ...LISTED };

/** What an event type records: the events that may follow from it, or why there are none. */
export type StripeCoverage = { readonly records: readonly EventName[] } | IgnoreReason;

/** What is done with each of Stripe's event types; the table of `docs/stripe.md`. */
export const STRIPE_EVENTS: Readonly<Record<StripeEventType, StripeCoverage>> = LISTED;
