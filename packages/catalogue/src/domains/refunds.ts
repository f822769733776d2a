/** Refunds: money that goes back to the payer by our own decision. */
import { domain } from '../model/domain.ts';
import { PROVIDER_MONEY } from './shared.ts';

/** Refunds: money that goes back to the payer by our own decision. */
export const REFUNDS = domain({
  name: 'refunds',
  help: 'Refunds: money that goes back to the payer by our own decision.',
  attributes: {
    'refund.id': { kind: 'id', help: 'Refund at the provider.' },
    'refund.report.id': {
      kind: 'id',
      help: 'One report of a payment that more of it was refunded.',
    },
    'refund.total_minor': {
      kind: 'number',
      help: 'The total refunded amount of a payment, in minor units of `money.currency`.',
    },
    'refund.before_minor': {
      kind: 'number',
      help: 'The total refunded amount before the report, in minor units of `money.currency`.',
    },
    'refund.status': {
      kind: 'set',
      help: 'State of a refund.',
      values: {
        created: 'Begun.',
        succeeded: 'Reached the payer.',
        failed: 'Could not be carried out, or came back.',
        canceled: 'Withdrawn.',
      },
    },
    'refund.reason': {
      kind: 'set',
      help: 'Why money was refunded.',
      values: {
        requested_by_customer: 'The customer asked for it.',
        duplicate: 'The payment was taken twice.',
        fraudulent: 'The payment was fraudulent.',
        expired_uncaptured: 'An authorisation expired without a capture.',
      },
    },
  },
  events: {
    'refund.created': {
      help: 'A refund was started.',
      severity: 'INFO',
      ...PROVIDER_MONEY,
      optional: { id: 'refund.id', payment: 'payment.id', reason: 'refund.reason' },
    },
    'refund.succeeded': {
      help: 'A refund reached the payer.',
      severity: 'INFO',
      ...PROVIDER_MONEY,
      movement: { side: 'done', of: ['refund.id'], within: 'payment.id' },
      optional: { id: 'refund.id', payment: 'payment.id', reason: 'refund.reason' },
    },
    'refund.reported': {
      help: 'A payment reports its total refunded amount without naming the refund. The event does not have an amount of its own: money of refunds that are named elsewhere is counted once.',
      severity: 'INFO',
      identity: ['report'],
      movement: {
        side: 'reported',
        of: ['refund.report.id'],
        within: 'payment.id',
        total: 'refund.total_minor',
        before: 'refund.before_minor',
      },
      required: {
        provider: 'payment.provider',
        currency: 'money.currency',
        totalMinor: 'refund.total_minor',
      },
      optional: {
        report: 'refund.report.id',
        payment: 'payment.id',
        beforeMinor: 'refund.before_minor',
      },
    },
    'refund.failed': {
      help: 'A refund could not be carried out, or came back after it had succeeded.',
      severity: 'WARN',
      ...PROVIDER_MONEY,
      movement: { side: 'undone', of: ['refund.id'], within: 'payment.id' },
      optional: { id: 'refund.id', payment: 'payment.id', reason: 'refund.reason' },
    },
    'refund.canceled': {
      help: 'A refund was canceled.',
      severity: 'INFO',
      ...PROVIDER_MONEY,
      movement: { side: 'undone', of: ['refund.id'], within: 'payment.id' },
      optional: { id: 'refund.id', payment: 'payment.id', reason: 'refund.reason' },
    },
  },
  instruments: {
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
      help: 'Money refunded to payers, whether the refund is named or the payment reports it, in major units. Money that came back later is in `refund.returned.volume`.',
      attributes: ['money.currency', 'account.kind'],
      adds: 'done',
      on: { 'refund.succeeded': {}, 'refund.reported': {} },
    },
    'refund.returned.volume': {
      kind: 'counter',
      unit: '{currency_unit}',
      help: 'Money of refunds that failed after they were sent, in major units: subtract it from `refund.volume`.',
      attributes: ['money.currency', 'account.kind'],
      adds: 'undone',
      on: {
        'refund.succeeded': {},
        'refund.reported': {},
        'refund.failed': {},
        'refund.canceled': {},
      },
    },
  },
  lifecycles: {
    refund: {
      help: 'A refund, from its creation to its end.',
      id: 'refund.id',
      states: {
        created: 'Begun.',
        succeeded: 'Reached the payer.',
        canceled: 'Withdrawn.',
        failed: 'Could not be carried out, or came back.',
      },
      final: ['succeeded', 'canceled', 'failed'],
      mayFollow: { canceled: ['succeeded'], failed: ['succeeded'] },
      on: {
        'refund.created': 'created',
        'refund.succeeded': 'succeeded',
        'refund.canceled': 'canceled',
        'refund.failed': 'failed',
      },
    },
  },
});
