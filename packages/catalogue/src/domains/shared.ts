/** Attributes that events of several domains carry. */
import type { AttributeTable } from '../model/attribute.ts';

/** Attributes that events of several domains carry. */
export const SHARED = {
  'event.name': {
    kind: 'name',
    help: 'Event name with its prefix; the OTLP field is dropped by some log stores.',
  },
  'moneytrail.event.id': {
    kind: 'id',
    help: 'Owner (the provider, or the service for its own objects), object and event name: a repeated event has the same id.',
  },
  'moneytrail.event.conflict': {
    kind: 'flag',
    help: 'The same event was recorded before with another amount, which is kept.',
  },
  'moneytrail.event.contradiction': {
    kind: 'flag',
    help: 'Another event reported a final state of the same object that contradicts this one.',
  },
  'moneytrail.event.version': { kind: 'number', help: 'Version of the event definition.' },
  'moneytrail.event.duration': { kind: 'number', help: 'How long the operation took, in seconds.' },
  'moneytrail.keep': {
    kind: 'flag',
    help: 'An event of level WARN was recorded in this span, so sampling keeps its trace.',
  },
  'money.amount_minor': { kind: 'number', help: 'Amount in ISO 4217 minor units.' },
  'money.currency': { kind: 'currency', help: 'ISO 4217 code.' },
  'money.exponent': { kind: 'number', help: 'Decimals of the currency.' },
  'account.kind': {
    kind: 'set',
    help: 'The owner of the money: your own account at the provider, or an account connected to it. Events of your own account do not have it.',
    values: {
      own: 'Your own account at the provider.',
      connected: 'A connected account, such as that of a seller.',
    },
    default: 'own',
    zeroSeries: 'used_values',
  },
  'payment.id': { kind: 'id', help: 'Payment at the provider.', onSpan: true },
  'payment.provider': {
    kind: 'open_set',
    help: 'Payment provider, in lower case; a service may name others.',
    values: { stripe: 'Stripe.', adyen: 'Adyen.', braintree: 'Braintree.', paypal: 'PayPal.' },
    zeroSeries: 'used_values',
    onSpan: true,
  },
  'payment.failure.code': { kind: 'text', help: "The provider's own code of the failure." },
  'payout.id': { kind: 'id', help: 'Payout at the provider.' },
  instrument: { kind: 'name', help: 'Instrument or event without prefix.' },
} as const satisfies AttributeTable;

/** An event about the money of one object at a provider. */
export const PROVIDER_MONEY = {
  identity: ['id'],
  amounts: { amount: 'required' },
  required: { provider: 'payment.provider' },
} as const;
