/**
 * Stripe: webhooks of an account and of its connected accounts. The `stripe` package is needed for types only.
 */
import { invalidOption, withOptions } from '@moneytrail/catalogue';
import type Stripe from 'stripe';
import { type WebhookOptions, webhookSettings } from '../options.ts';
import type { Provider } from '../provider.ts';
import { EVENTS } from './events.ts';
import { PaidInvoices, readEvent, type StripeEvent } from './objects.ts';
import { readSignature } from './verify.ts';

export type { StripeCoverage, StripeEventType } from './events.ts';
export { STRIPE_EVENTS } from './events.ts';
export type { StripeEvent } from './objects.ts';

/** Options of `stripe`. */
export interface StripeOptions extends WebhookOptions {
  /**
   * The id of the own account (`acct_…`), where events of the own account name it as well: a platform may be connected to itself.
   * Every other account that an event names is a connected one.
   */
  readonly ownAccount?: string;
}

/** Stripe as a provider: the application gets `Stripe.Event`. */
export type StripeProvider = Provider<Stripe.Event, StripeEvent>;

/**
 * Stripe as the provider of a webhook. It needs the endpoint's signing secret (`whsec_…`) and no API key. Throws
 * `MONEYTRAIL_WEBHOOK_SECRET_INVALID` or `MONEYTRAIL_OPTION_INVALID` for a wrong option.
 *
 * @example
 * ```ts
 * import { webhookHandler } from '@moneytrail/providers';
 * import { stripe } from '@moneytrail/providers/stripe';
 * const handler = webhookHandler(stripe({ secret: 'whsec_example' }), (event) => console.log(event.type));
 * console.log(typeof handler); // function
 * ```
 */
export function stripe(options: StripeOptions): StripeProvider {
  const settings = webhookSettings('stripe', options);
  const ownAccount = withOptions('stripe', options, readOwnAccount);
  const invoices = new PaidInvoices();
  return {
    name: 'stripe',
    settings,
    readSignature,
    readEvent: (body) => readEvent(body, ownAccount),
    events: EVENTS,
    complete: (event) => invoices.complete(event),
  };
}

function readOwnAccount({ ownAccount }: StripeOptions): string | undefined {
  if (ownAccount === undefined || /^acct_\w+$/.test(ownAccount)) return ownAccount;
  throw invalidOption('ownAccount', ownAccount, 'an id (`acct_…`)');
}
