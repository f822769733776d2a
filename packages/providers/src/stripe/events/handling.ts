// Types of the tables in this folder.
import type Stripe from 'stripe';
import type { Handling, Mapping } from '../../provider.ts';
import type { StripeEvent } from '../objects.ts';

/** An event type of the API version that the `stripe` package was made for. */
export type StripeEventType = Stripe.Event['type'];

/** The event types that begin with `Prefix` and a dot. */
export type EventTypeOf<Prefix extends string> = Extract<StripeEventType, `${Prefix}.${string}`>;

/** What is done with a type of Stripe. */
export type StripeHandling = Handling<StripeEvent>;

/** Maps an event of Stripe to those of the catalogue. */
export type StripeMapping = Mapping<StripeEvent>;
