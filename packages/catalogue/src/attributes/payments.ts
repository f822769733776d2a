/** Events, money, payments, refunds and disputes. */
export const PAYMENT_ATTRIBUTES = {
  'event.name': {
    kind: 'name',
    help: 'Event name with its prefix; the OTLP field is dropped by some log stores.',
  },
  'moneytrail.event.id': {
    kind: 'id',
    help: 'The fact: provider (or the service, for its own objects), object and event; the same fact has the same id.',
  },
  'moneytrail.event.conflict': {
    kind: 'flag',
    help: 'A fact with this object and event was recorded before with another amount, which stands.',
  },
  'moneytrail.event.version': { kind: 'number', help: 'Version of the event definition.' },
  'moneytrail.event.duration': { kind: 'number', help: 'How long the operation took, in seconds.' },
  'moneytrail.keep': {
    kind: 'flag',
    help: 'A fact of level WARN was recorded under this span: sampling keeps its trace.',
  },

  'money.amount_minor': { kind: 'number', help: 'Amount in ISO 4217 minor units.' },
  'money.currency': { kind: 'currency', help: 'ISO 4217 code.' },
  'money.exponent': { kind: 'number', help: 'Decimals of the currency.' },
  'platform_fee.amount_minor': {
    kind: 'number',
    help: 'Fee of the platform in minor units of `money.currency`.',
  },

  'account.kind': {
    kind: 'set',
    values: ['own', 'connected', '_OTHER'],
    unsaid: 'own',
    help: 'Whose money it is: that of the own account at the provider, or that of an account connected to it. Events of the own account do not carry it.',
  },

  'payment.id': { kind: 'id', help: 'Payment at the provider.' },
  'payment.attempt.id': { kind: 'id', help: 'One try of a payment at the provider.' },
  'payment.provider': {
    kind: 'open_set',
    values: ['stripe', 'adyen', 'braintree', 'paypal', '_OTHER'],
    help: 'Payment provider, in lower case; a service may name others.',
  },
  'payment.method.type': {
    kind: 'open_set',
    form: 'words',
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
    help: 'Kind of payment method; a service may have words of its own.',
  },
  'payment.purpose': {
    kind: 'open_set',
    form: 'words',
    values: ['subscription', 'purchase', 'tip', 'donation', 'top_up', '_OTHER'],
    help: 'What was paid for; a service may have words of its own.',
  },
  'payment.outcome': {
    kind: 'set',
    values: ['succeeded', 'declined', 'error', 'canceled', 'blocked', '_OTHER'],
    help: 'How an attempt or a payment ended.',
  },
  'payment.state.from': {
    kind: 'set',
    values: ['none', 'created', 'action_required', 'failed', '_OTHER'],
    help: 'State that a payment left, as this process knew it.',
  },
  'payment.state.to': {
    kind: 'set',
    values: ['created', 'action_required', 'failed', 'succeeded', 'canceled', 'blocked', '_OTHER'],
    help: 'State that a payment entered.',
  },
  'payment.state': {
    kind: 'set',
    values: ['created', 'action_required', 'failed', '_OTHER'],
    help: 'State of a payment that has not ended.',
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
  'payment.capture': {
    kind: 'set',
    values: ['whole', 'part', '_OTHER'],
    help: 'Whether all that was authorised is captured. The amount of a part is what was captured so far, and may grow.',
  },
  'payment.completion.duration': {
    kind: 'number',
    help: 'Seconds from the creation of a payment to its outcome.',
  },

  'refund.id': { kind: 'id', help: 'Refund at the provider.' },
  'refund.report.id': { kind: 'id', help: 'One report of a payment that more of it was refunded.' },
  'refund.total_minor': {
    kind: 'number',
    help: 'What is refunded of a payment in all, in minor units of `money.currency`.',
  },
  'refund.before_minor': {
    kind: 'number',
    help: 'What had been refunded before the report, in minor units of `money.currency`.',
  },
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
} as const;
