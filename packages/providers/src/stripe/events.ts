import type { EventName } from '@moneytrail/catalogue';
import { CHARGE_EVENTS } from './charges.ts';
import { DISPUTE_EVENTS } from './disputes.ts';
import { FRAUD_EVENTS } from './fraud.ts';
import type { Handling, IgnoreReason, StripeEventType } from './handling.ts';
import { ACCOUNT_EVENTS } from './ignored/accounts.ts';
import { BALANCE_EVENTS } from './ignored/balances.ts';
import { BILLING_EVENTS } from './ignored/billing.ts';
import { CHECKOUT_EVENTS } from './ignored/checkout.ts';
import { PAYMENT_INTENT_EVENTS } from './payment-intents.ts';
import { PAYOUT_EVENTS } from './payouts.ts';
import { REFUND_EVENTS } from './refunds.ts';
import { RETIRED_EVENTS } from './retired.ts';
import { TRANSFER_EVENTS } from './transfers.ts';

/** Every event type of Stripe's list; a type that is missing here, or not on the list, does not compile. */
const HANDLINGS: Readonly<Record<StripeEventType, Handling>> = {
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

/** What an event type records: the events that may follow from it, or why there are none. */
export type StripeCoverage = { readonly records: readonly EventName[] } | IgnoreReason;

/** What is done with each of Stripe's event types; the table of `docs/stripe.md`. */
export const STRIPE_EVENTS: Readonly<Record<StripeEventType, StripeCoverage>> = HANDLINGS;

/** What is done with a type, or `undefined` for one that was never on the list. */
export function handlingOf(type: string): Handling | undefined {
  if (isListed(type)) return HANDLINGS[type];
  return Object.hasOwn(RETIRED_EVENTS, type) ? RETIRED_EVENTS[type] : undefined;
}

function isListed(type: string): type is StripeEventType {
  return Object.hasOwn(HANDLINGS, type);
}
