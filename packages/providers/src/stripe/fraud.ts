import { defined } from '../defined.ts';
import type { EventTypeOf, Handling } from './handling.ts';
import { referenceOf, textOf } from './json.ts';
import { type Finding, factOf, type StripeEvent } from './mapping.ts';

/** Warnings of card networks, and payments that Stripe holds up for a person to look at. */
export const FRAUD_EVENTS: Readonly<
  Record<EventTypeOf<'radar'> | EventTypeOf<'review'>, Handling>
> = {
  'radar.early_fraud_warning.created': { records: ['fraud.warning_received'], map: warned },
  'radar.early_fraud_warning.updated': 'intermediate',
  'review.closed': 'intermediate',
  'review.opened': { records: ['fraud.warning_received'], map: warned },
};

function warned(event: StripeEvent): readonly Finding[] {
  const { object, at } = event;
  return [
    factOf(
      defined({
        event: 'fraud.warning_received',
        provider: 'stripe',
        id: referenceOf(object, 'payment_intent') ?? referenceOf(object, 'charge'),
        at,
        code: textOf(object, 'fraud_type') ?? textOf(object, 'reason'),
      }),
    ),
  ];
}
