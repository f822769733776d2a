/** Payouts: money that leaves to a bank account or card. */
import { domain } from '../model/domain.ts';
import { PROVIDER_MONEY } from './shared.ts';

/** Payouts: money that leaves to a bank account or card. */
export const PAYOUTS = domain({
  name: 'payouts',
  help: 'Payouts: money that leaves to a bank account or card.',
  attributes: {
    'payout.method': {
      kind: 'set',
      help: 'Speed of a payout.',
      values: {
        standard: 'By the usual bank run, in days.',
        instant: 'Within minutes, for a fee.',
      },
    },
    'payout.outcome': {
      kind: 'set',
      help: 'How a payout ended.',
      values: {
        paid: 'The payout arrived.',
        failed: 'The bank rejected it.',
        canceled: 'It was canceled.',
      },
    },
    'payout.failure.code': { kind: 'text', help: "The provider's own code of the failure." },
  },
  events: {
    'payout.created': {
      help: 'A payout was started.',
      severity: 'INFO',
      ...PROVIDER_MONEY,
      optional: { id: 'payout.id', method: 'payout.method' },
    },
    'payout.paid': {
      help: 'A payout arrived.',
      severity: 'INFO',
      ...PROVIDER_MONEY,
      movement: { side: 'done', of: ['payout.id'] },
      optional: {
        id: 'payout.id',
        method: 'payout.method',
        durationSeconds: 'moneytrail.event.duration',
      },
    },
    'payout.failed': {
      help: 'A payout could not be carried out, or came back after it had arrived.',
      severity: 'WARN',
      ...PROVIDER_MONEY,
      movement: { side: 'undone', of: ['payout.id'] },
      optional: {
        id: 'payout.id',
        method: 'payout.method',
        code: 'payout.failure.code',
        durationSeconds: 'moneytrail.event.duration',
      },
    },
    'payout.canceled': {
      help: 'A payout was canceled.',
      severity: 'INFO',
      ...PROVIDER_MONEY,
      movement: { side: 'undone', of: ['payout.id'] },
      optional: {
        id: 'payout.id',
        method: 'payout.method',
        durationSeconds: 'moneytrail.event.duration',
      },
    },
    'payout.reversed': {
      help: 'A payout that had arrived was reversed.',
      severity: 'WARN',
      ...PROVIDER_MONEY,
      movement: { side: 'undone', of: ['payout.id'] },
      optional: { id: 'payout.id', method: 'payout.method' },
    },
  },
  instruments: {
    'payout.attempts': {
      kind: 'counter',
      unit: '{payout}',
      help: 'Payouts by outcome.',
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
      adds: { attribute: 'moneytrail.event.duration' },
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
      help: 'Money of payouts that arrived, in major units. Money that came back later is in `payout.returned.volume`.',
      attributes: ['money.currency', 'account.kind'],
      adds: { amount: 'amount' },
      on: { 'payout.paid': {} },
    },
    'payout.returned.volume': {
      kind: 'counter',
      unit: '{currency_unit}',
      help: 'Money of payouts that came back after they had arrived, in major units: subtract it from `payout.volume`.',
      attributes: ['money.currency', 'account.kind'],
      adds: 'undone',
      on: { 'payout.paid': {}, 'payout.failed': {}, 'payout.canceled': {}, 'payout.reversed': {} },
    },
    'payout.requested.volume': {
      kind: 'counter',
      unit: '{currency_unit}',
      help: 'Money of payouts that were started, in major units.',
      attributes: ['money.currency', 'account.kind'],
      adds: { amount: 'amount' },
      on: { 'payout.created': {} },
    },
    'payout.pending': {
      kind: 'gauge',
      unit: '{payout}',
      help: 'Payouts that have not finished, set by the one process that counts them.',
      attributes: [],
    },
    'payout.pending.age.max': {
      kind: 'gauge',
      unit: 's',
      help: 'Age of the oldest payout that has not finished.',
      attributes: [],
    },
  },
  lifecycles: {
    payout: {
      help: 'A payout, from its creation to its end.',
      id: 'payout.id',
      states: {
        created: 'Begun.',
        paid: 'Arrived.',
        canceled: 'Withdrawn.',
        failed: 'Could not be carried out, or came back.',
        reversed: 'Arrived and was reversed.',
      },
      final: ['paid', 'canceled', 'failed', 'reversed'],
      mayFollow: { canceled: ['paid'], failed: ['paid'], reversed: ['paid', 'failed'] },
      on: {
        'payout.created': 'created',
        'payout.paid': 'paid',
        'payout.canceled': 'canceled',
        'payout.failed': 'failed',
        'payout.reversed': 'reversed',
      },
    },
  },
});
