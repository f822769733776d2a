import type { IgnoreReason } from '../../../provider.ts';
import type { EventTypeOf } from '../handling.ts';

type EventType = Exclude<
  EventTypeOf<
    | 'checkout'
    | 'customer'
    | 'mandate'
    | 'payment_link'
    | 'payment_method'
    | 'setup_intent'
    | 'source'
    | 'terminal'
    | 'three_d_secure'
  >,
  EventTypeOf<'customer.subscription' | 'customer.discount'>
>;

/** What stands around a payment: sessions, customers, saved methods, authentication, terminals. */
export const CHECKOUT_EVENTS: Readonly<Record<EventType, IgnoreReason>> = {
  'checkout.session.async_payment_failed': 'counted_elsewhere',
  'checkout.session.async_payment_succeeded': 'counted_elsewhere',
  'checkout.session.completed': 'counted_elsewhere',
  'checkout.session.expired': 'no_money',
  'customer.created': 'no_money',
  'customer.deleted': 'no_money',
  'customer.source.created': 'no_money',
  'customer.source.deleted': 'no_money',
  'customer.source.expiring': 'no_money',
  'customer.source.updated': 'no_money',
  'customer.tax_id.created': 'no_money',
  'customer.tax_id.deleted': 'no_money',
  'customer.tax_id.updated': 'no_money',
  'customer.updated': 'no_money',
  'mandate.updated': 'no_money',
  'payment_link.created': 'no_money',
  'payment_link.updated': 'no_money',
  'payment_method.attached': 'no_money',
  'payment_method.automatically_updated': 'no_money',
  'payment_method.detached': 'no_money',
  'payment_method.updated': 'no_money',
  'setup_intent.canceled': 'no_money',
  'setup_intent.created': 'no_money',
  'setup_intent.requires_action': 'no_money',
  'setup_intent.setup_failed': 'no_money',
  'setup_intent.succeeded': 'no_money',
  'source.canceled': 'no_money',
  'source.chargeable': 'no_money',
  'source.failed': 'no_money',
  'source.mandate_notification': 'no_money',
  'source.refund_attributes_required': 'no_money',
  'source.transaction.created': 'not_covered',
  'source.transaction.updated': 'not_covered',
  'terminal.reader.action_failed': 'no_money',
  'terminal.reader.action_succeeded': 'no_money',
  'terminal.reader.action_updated': 'no_money',
  'three_d_secure.authentication.canceled': 'no_money',
  'three_d_secure.authentication.challenge_started': 'no_money',
  'three_d_secure.authentication.errored': 'no_money',
  'three_d_secure.authentication.failed': 'no_money',
  'three_d_secure.authentication.requires_challenge': 'no_money',
  'three_d_secure.authentication.requires_submission': 'no_money',
  'three_d_secure.authentication.succeeded': 'no_money',
};
