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
    help: 'Money that went back to payers, whether its refund is named or the payment reports it, in major units. What failed later is in `refund.returned.volume`.',
    attributes: ['money.currency', 'account.kind'],
    adds: 'done',
    on: {
      'refund.succeeded': {},
      'refund.reported': {},
    },
  },
  'refund.returned.volume': {
    kind: 'counter',
    unit: '{currency_unit}',
    help: 'Money of refunds that failed after they had gone out, in major units: subtract it from `refund.volume`.',
    attributes: ['money.currency', 'account.kind'],
    adds: 'undone',
    on: {
      'refund.succeeded': {},
      'refund.reported': {},
      'refund.failed': {},
      'refund.canceled': {},
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
    attributes: ['money.currency', 'account.kind'],
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
