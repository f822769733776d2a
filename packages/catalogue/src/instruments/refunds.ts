/** Money that goes back. */
export const REFUND_INSTRUMENTS = {
  refunds: {
    kind: 'counter',
    unit: '{refund}',
    help: 'Refunds by state and reason.',
    attributes: ['refund.status', 'refund.reason'],
    on: {
      'refund.created': { 'refund.status': 'created' },
      'refund.succeeded': { 'refund.status': 'succeeded' },
      'refund.failed': { 'refund.status': 'failed' },
      'refund.canceled': { 'refund.status': 'canceled' },
    },
  },
  'refund.volume': {
    kind: 'counter',
    unit: '{currency_unit}',
    help: 'Money that went back to payers, in major units.',
    attributes: ['money.currency'],
    adds: 'money',
    on: {
      'refund.succeeded': {},
    },
  },
  disputes: {
    kind: 'counter',
    unit: '{dispute}',
    help: 'Disputes by stage and reason.',
    attributes: ['dispute.stage', 'dispute.reason'],
    on: {
      'dispute.opened': {},
      'dispute.escalated': { 'dispute.stage': 'opened' },
      'dispute.closed': {},
    },
  },
  'dispute.volume': {
    kind: 'counter',
    unit: '{currency_unit}',
    help: 'Money under dispute when each dispute was opened, in major units.',
    attributes: ['money.currency'],
    adds: 'money',
    on: {
      'dispute.opened': {},
    },
  },
  'dispute.active': {
    kind: 'gauge',
    unit: '{dispute}',
    help: 'Open disputes, set by the one process that counts them.',
    attributes: ['dispute.stage'],
  },
} as const;
