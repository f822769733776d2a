import type { EventName } from '@moneytrail/catalogue';
import type Stripe from 'stripe';
import type { Mapping } from './mapping.ts';

/** An event type of the API version that the `stripe` package was made for. */
export type StripeEventType = Stripe.Event['type'];

/** The event types that begin with `Prefix` and a dot. */
export type EventTypeOf<Prefix extends string> = Extract<StripeEventType, `${Prefix}.${string}`>;

/**
 * Why a type records nothing: `no_money` (it is about accounts, products, files), `intermediate` (a step between two
 * facts), `counted_elsewhere` (its money is counted by another object's events), `not_covered` (money the catalogue has
 * no event for, such as issued cards and top-ups of the own balance).
 */
export type IgnoreReason = 'no_money' | 'intermediate' | 'counted_elsewhere' | 'not_covered';

/** What is done with a type: the events it may record and how they are read, or why it is ignored. */
export type Handling =
  | { readonly records: readonly EventName[]; readonly map: Mapping }
  | IgnoreReason;
