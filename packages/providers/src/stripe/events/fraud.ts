// Warnings of card networks, and payments that Stripe holds for a person to review.
import { textOf } from '../../json.ts';
import { event, type MappedEvent } from '../../mapped-event.ts';
import { paymentOf, type StripeEvent } from '../objects.ts';
import type { EventTypeOf, StripeHandling } from './handling.ts';

/** Types of Radar and of reviews. */
export const FRAUD_EVENTS: Readonly<
  Record<EventTypeOf<'radar'> | EventTypeOf<'review'>, StripeHandling>
> = {
  'radar.early_fraud_warning.created': { records: ['fraud.warning_received'], map: warned },
  'radar.early_fraud_warning.updated': 'intermediate',
  'review.closed': 'intermediate',
  'review.opened': { records: ['fraud.warning_received'], map: warned },
};

function warned({ object }: StripeEvent): readonly MappedEvent[] {
  const code = textOf(object, 'fraud_type') ?? textOf(object, 'reason');
  return [event('fraud.warning_received', { id: paymentOf(object), code })];
}
