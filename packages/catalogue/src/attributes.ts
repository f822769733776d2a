/**
 * Every attribute that events, instruments and spans carry, each name written once.
 *
 * - `set`: closed values; anything else becomes `_OTHER` and is counted.
 * - `currency`: an ISO 4217 code.
 * - `name`: given by code at start-up (a job, a check), bounded by the cap of the instrument.
 * - `id`: a provider's or the application's object id, never a person's; on events and spans only.
 * - `text`: raw codes and types; on events and spans only.
 * - `number`: measured values; on events and spans only.
 */
export const ATTRIBUTES = {
  'event.name': {
    kind: 'name',
    help: 'Event name with its prefix; the OTLP field is dropped by some log stores.',
  },
  'moneytrail.event.id': {
    kind: 'id',
    help: 'The fact: provider, object and event; the same fact has the same id.',
  },
  'moneytrail.event.version': { kind: 'number', help: 'Version of the event definition.' },
  'moneytrail.event.duration': { kind: 'number', help: 'How long the operation took, in seconds.' },

  'money.amount_minor': { kind: 'number', help: 'Amount in ISO 4217 minor units.' },
  'money.currency': { kind: 'currency', help: 'ISO 4217 code.' },
  'money.exponent': { kind: 'number', help: 'Decimals of the currency.' },
  'platform_fee.amount_minor': {
    kind: 'number',
    help: 'Fee of the platform in minor units of `money.currency`.',
  },

  'payment.id': { kind: 'id', help: 'Payment at the provider.' },
  'payment.attempt.id': { kind: 'id', help: 'One try of a payment at the provider.' },
  'payment.provider': {
    kind: 'set',
    values: ['stripe', 'adyen', 'braintree', 'paypal', '_OTHER'],
    help: 'Payment provider.',
  },
  'payment.method.type': {
    kind: 'set',
    values: [
      'card',
      'wallet',
      'bank_transfer',
      'bank_debit',
      'bank_redirect',
      'pay_later',
      'cash',
      '_OTHER',
    ],
    help: 'Kind of payment method.',
  },
  'payment.purpose': {
    kind: 'set',
    values: ['subscription', 'purchase', 'tip', 'donation', 'top_up', '_OTHER'],
    help: 'What was paid for.',
  },
  'payment.outcome': {
    kind: 'set',
    values: ['succeeded', 'declined', 'error', 'canceled', 'blocked', '_OTHER'],
    help: 'How an attempt or a payment ended.',
  },
  'payment.failure.reason': {
    kind: 'set',
    values: [
      'insufficient_funds',
      'do_not_honor',
      'card_expired',
      'invalid_card_data',
      'authentication_required',
      'authentication_failed',
      'fraud_suspected',
      'lost_or_stolen',
      'limit_exceeded',
      'not_supported',
      'processor_error',
      'rate_limited',
      'canceled_by_customer',
      '_OTHER',
    ],
    help: 'Why an attempt failed, the same words for every provider.',
  },
  'payment.failure.code': { kind: 'text', help: "The provider's own code of the failure." },
  'payment.completion.duration': {
    kind: 'number',
    help: 'Seconds from the creation of a payment to its outcome.',
  },

  'refund.id': { kind: 'id', help: 'Refund at the provider.' },
  'refund.status': {
    kind: 'set',
    values: ['created', 'succeeded', 'failed', 'canceled', '_OTHER'],
    help: 'State of a refund.',
  },
  'refund.reason': {
    kind: 'set',
    values: ['requested_by_customer', 'duplicate', 'fraudulent', 'expired_uncaptured', '_OTHER'],
    help: 'Why money was given back.',
  },
  'dispute.id': { kind: 'id', help: 'Dispute at the provider.' },
  'dispute.stage': {
    kind: 'set',
    values: ['inquiry', 'opened', 'won', 'lost', 'inquiry_closed', '_OTHER'],
    help: 'Stage of a dispute.',
  },
  'dispute.reason': {
    kind: 'set',
    values: [
      'fraudulent',
      'product_not_received',
      'product_unacceptable',
      'duplicate',
      'subscription_canceled',
      'unrecognized',
      'credit_not_processed',
      'general',
      '_OTHER',
    ],
    help: 'What the cardholder says.',
  },

  'payout.id': { kind: 'id', help: 'Payout at the provider.' },
  'payout.method': {
    kind: 'set',
    values: ['standard', 'instant', '_OTHER'],
    help: 'Speed of a payout.',
  },
  'payout.outcome': {
    kind: 'set',
    values: ['paid', 'failed', 'canceled', '_OTHER'],
    help: 'How a payout ended.',
  },
  'payout.failure.code': { kind: 'text', help: "The provider's own code of the failure." },
  'transfer.id': { kind: 'id', help: 'Transfer between accounts at the provider.' },
  'transfer.reversal.id': { kind: 'id', help: 'One reversal of a transfer.' },
  'transfer.status': {
    kind: 'set',
    values: ['created', 'reversed', '_OTHER'],
    help: 'State of a transfer.',
  },

  'commission.id': { kind: 'id', help: 'Commission in the application.' },
  'commission.tier': {
    kind: 'set',
    values: ['1', '2', '_OTHER'],
    help: 'Level of the referral chain.',
  },
  'commission.status': {
    kind: 'set',
    values: ['created', 'processed', 'approved', 'held', 'paid', 'failed', 'reversed', '_OTHER'],
    help: 'State of a commission.',
  },
  'referral.id': { kind: 'id', help: 'Referral in the application; not a person.' },
  'referral.step': {
    kind: 'set',
    values: ['shared', 'clicked', 'signed_up', 'activated', '_OTHER'],
    help: 'Step of the referral funnel.',
  },
  'share.platform': {
    kind: 'set',
    values: [
      'twitter',
      'facebook',
      'linkedin',
      'whatsapp',
      'telegram',
      'reddit',
      'discord',
      'slack',
      'email',
      'sms',
      '_OTHER',
    ],
    help: 'Where a link was shared.',
  },

  'webhook.id': { kind: 'id', help: 'Delivered event at the provider.' },
  'webhook.type': { kind: 'text', help: "The provider's event type." },
  'webhook.result': {
    kind: 'set',
    values: ['ok', 'duplicate', 'ignored', 'unrecognized', 'invalid_signature', 'error', '_OTHER'],
    help: 'What became of a delivery.',
  },
  'webhook.delivery.lag': { kind: 'number', help: 'Seconds from the event to its delivery.' },
  'job.name': { kind: 'name', help: 'Name of a background job.' },
  'job.run.id': { kind: 'id', help: 'One run of a job.' },
  'job.outcome': {
    kind: 'set',
    values: ['succeeded', 'failed', '_OTHER'],
    help: 'How a run ended.',
  },

  'health.check': { kind: 'name', help: 'Name of a health check.' },
  'health.kind': {
    kind: 'set',
    values: ['liveness', 'readiness', 'startup', '_OTHER'],
    help: 'Which probe a check belongs to.',
  },
  'health.status': {
    kind: 'set',
    values: ['healthy', 'degraded', 'unhealthy', '_OTHER'],
    help: 'State of a check.',
  },
  'health.reason': { kind: 'text', help: 'What a check found.' },

  'telemetry.signal': {
    kind: 'set',
    values: ['traces', 'metrics', 'logs', '_OTHER'],
    help: 'Kind of telemetry.',
  },
  'telemetry.cause': {
    kind: 'set',
    values: ['queue_full', 'export_failed', 'rejected', 'timeout', 'shutdown', '_OTHER'],
    help: 'Why telemetry was dropped.',
  },
  'drop.reason': {
    kind: 'set',
    values: [
      'duplicate',
      'unknown_event',
      'missing_field',
      'unknown_currency',
      'negative_amount',
      'fractional_amount',
      'unsafe_amount',
      'missing_amount',
      'invalid_value',
      'series_limit',
      'unknown_instrument',
      'conversion',
      'internal',
      '_OTHER',
    ],
    help: 'Why a business fact or a measurement was not recorded as it was given.',
  },
  instrument: { kind: 'name', help: 'Instrument or event without prefix.' },
} as const;

/** What the catalogue says of an attribute. */
export interface AttributeDefinition {
  readonly kind: 'set' | 'currency' | 'name' | 'id' | 'text' | 'number';
  /** The closed values of a `set`, `_OTHER` last. */
  readonly values?: readonly string[];
  readonly help: string;
}

/** Name of an attribute of the catalogue. */
export type AttributeName = keyof typeof ATTRIBUTES;

/** The values that an attribute takes, as types: a union for closed sets. */
export type AttributeValue<Name extends AttributeName> = (typeof ATTRIBUTES)[Name] extends {
  readonly values: readonly (infer Value)[];
}
  ? Value
  : (typeof ATTRIBUTES)[Name]['kind'] extends 'number'
    ? number
    : string;

/** The value that stands for everything outside a closed set. */
export const OTHER = '_OTHER';

/**
 * The closed values of an attribute, or `undefined` if it has none.
 *
 * @example
 * ```ts
 * import { closedValues } from '@moneytrail/catalogue';
 * console.log(closedValues('job.outcome')); // [ 'succeeded', 'failed', '_OTHER' ]
 * ```
 */
export function closedValues(name: AttributeName): readonly string[] | undefined {
  const definition: AttributeDefinition = ATTRIBUTES[name];
  return definition.values;
}
