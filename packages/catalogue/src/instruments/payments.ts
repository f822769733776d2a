/** Attempts and payments: an attempt is one try, a payment has one outcome. */
export const PAYMENT_INSTRUMENTS = {
  'payment.attempts': {
    kind: 'counter',
    unit: '{attempt}',
    help: 'Tries to take a payment, by how each ended.',
    attributes: ['payment.provider', 'payment.method.type', 'payment.outcome'],
    on: {
      'payment.succeeded': { 'payment.outcome': 'succeeded' },
      'payment.failed': { 'payment.outcome': 'declined' },
      'payment.fraud_rejected': { 'payment.outcome': 'blocked' },
    },
  },
  'payment.outcomes': {
    kind: 'counter',
    unit: '{payment}',
    help: 'Payments by their one outcome, however many attempts they took.',
    attributes: ['payment.provider', 'payment.purpose', 'payment.outcome'],
    oncePer: 'payment.id',
    unless: { 'payment.failed': 'payment.attempt.id' },
    on: {
      'payment.succeeded': { 'payment.outcome': 'succeeded' },
      'payment.failed': { 'payment.outcome': 'declined' },
      'payment.canceled': { 'payment.outcome': 'canceled' },
      'payment.fraud_rejected': { 'payment.outcome': 'blocked' },
    },
  },
  'payment.declines': {
    kind: 'counter',
    unit: '{decline}',
    help: 'Failed attempts by normalised reason.',
    attributes: ['payment.provider', 'payment.failure.reason'],
    on: {
      'payment.failed': {},
    },
  },
  'payment.attempt.duration': {
    kind: 'histogram',
    unit: 's',
    help: 'How long an attempt took.',
    attributes: ['payment.provider', 'payment.outcome'],
    adds: 'moneytrail.event.duration',
    buckets: 'call',
    on: {
      'payment.succeeded': { 'payment.outcome': 'succeeded' },
      'payment.failed': { 'payment.outcome': 'declined' },
      'payment.fraud_rejected': { 'payment.outcome': 'blocked' },
    },
  },
  'payment.completion.duration': {
    kind: 'histogram',
    unit: 's',
    help: 'Time from the creation of a payment to its outcome.',
    attributes: ['payment.provider', 'payment.outcome'],
    adds: 'payment.completion.duration',
    buckets: 'process',
    on: {
      'payment.succeeded': { 'payment.outcome': 'succeeded' },
      'payment.canceled': { 'payment.outcome': 'canceled' },
    },
  },
  'payment.volume': {
    kind: 'counter',
    unit: '{currency_unit}',
    help: 'Money captured, in major units.',
    attributes: ['money.currency', 'payment.purpose'],
    adds: 'money',
    on: {
      'payment.succeeded': {},
    },
  },
  'platform_fee.volume': {
    kind: 'counter',
    unit: '{currency_unit}',
    help: 'Fees of the platform on captured money, in major units.',
    attributes: ['money.currency', 'payment.purpose'],
    adds: 'platform_fee',
    on: {
      'payment.succeeded': {},
    },
  },
  'payment.amount': {
    kind: 'histogram',
    unit: '{currency_unit}',
    help: 'Sizes of captured payments, in major units.',
    attributes: ['money.currency'],
    adds: 'money',
    buckets: 'amount',
    on: {
      'payment.succeeded': {},
    },
  },
  'payment.active': {
    kind: 'gauge',
    unit: '{payment}',
    help: 'Payments that have not ended, set by the one process that counts them.',
    attributes: ['payment.state'],
  },
  'payment.transitions': {
    kind: 'counter',
    unit: '{transition}',
    help: 'Changes of state of payments, as this process saw them; late news of an earlier state is none.',
    attributes: ['payment.state.from', 'payment.state.to'],
    change: { of: 'payment.id', from: 'payment.state.from', to: 'payment.state.to' },
    on: {
      'payment.created': { 'payment.state.to': 'created' },
      'payment.action_required': { 'payment.state.to': 'action_required' },
      'payment.failed': { 'payment.state.to': 'failed' },
      'payment.succeeded': { 'payment.state.to': 'succeeded' },
      'payment.canceled': { 'payment.state.to': 'canceled' },
      'payment.fraud_rejected': { 'payment.state.to': 'blocked' },
    },
  },
  'fraud.warnings': {
    kind: 'counter',
    unit: '{warning}',
    help: 'Fraud warnings from card networks and providers.',
    attributes: ['payment.provider'],
    on: {
      'fraud.warning_received': {},
    },
  },
} as const;
