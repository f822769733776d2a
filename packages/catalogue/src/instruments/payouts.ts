/** Money that leaves. */
export const PAYOUT_INSTRUMENTS = {
  'payout.attempts': {
    kind: 'counter',
    unit: '{payout}',
    help: 'Payouts by how they ended.',
    attributes: ['payout.outcome', 'payout.method', 'account.kind'],
    on: {
      'payout.paid': { 'payout.outcome': 'paid' },
      'payout.failed': { 'payout.outcome': 'failed' },
      'payout.canceled': { 'payout.outcome': 'canceled' },
    },
  },
  'payout.duration': {
    kind: 'histogram',
    unit: 's',
    help: 'Time from the request of a payout to its end.',
    attributes: ['payout.outcome'],
    adds: 'moneytrail.event.duration',
    buckets: 'process',
    on: {
      'payout.paid': { 'payout.outcome': 'paid' },
      'payout.failed': { 'payout.outcome': 'failed' },
      'payout.canceled': { 'payout.outcome': 'canceled' },
    },
  },
  'payout.volume': {
    kind: 'counter',
    unit: '{currency_unit}',
    help: 'Money that arrived, in major units. What came back later is in `payout.returned.volume`.',
    attributes: ['money.currency', 'account.kind'],
    adds: 'money',
    on: {
      'payout.paid': {},
    },
  },
  'payout.returned.volume': {
    kind: 'counter',
    unit: '{currency_unit}',
    help: 'Money of payouts that came back after they had arrived, in major units: subtract it from `payout.volume`.',
    attributes: ['money.currency', 'account.kind'],
    adds: 'undone',
    on: {
      'payout.paid': {},
      'payout.failed': {},
      'payout.canceled': {},
      'payout.reversed': {},
    },
  },
  'payout.requested.volume': {
    kind: 'counter',
    unit: '{currency_unit}',
    help: 'Money in payouts that were begun, in major units.',
    attributes: ['money.currency', 'account.kind'],
    adds: 'money',
    on: {
      'payout.created': {},
    },
  },
  'payout.pending': {
    kind: 'gauge',
    unit: '{payout}',
    help: 'Payouts begun and not ended, set by the one process that counts them.',
    attributes: [],
  },
  'payout.pending.age.max': {
    kind: 'gauge',
    unit: 's',
    help: 'Age of the oldest payout that has not ended.',
    attributes: [],
  },
  transfers: {
    kind: 'counter',
    unit: '{transfer}',
    help: 'Transfers between accounts by state.',
    attributes: ['transfer.status', 'account.kind'],
    on: {
      'transfer.created': { 'transfer.status': 'created' },
      'transfer.reversed': { 'transfer.status': 'reversed' },
    },
  },
} as const;
