/** Disputes: money that a cardholder claims back through the bank. */
import { domain } from '../model/domain.ts';
import { PROVIDER_MONEY } from './shared.ts';

/** Disputes: money that a cardholder claims back through the bank. */
export const DISPUTES = domain({
  name: 'disputes',
  help: 'Disputes: money that a cardholder claims back through the bank.',
  attributes: {
    'dispute.id': { kind: 'id', help: 'Dispute at the provider.' },
    'dispute.stage': {
      kind: 'set',
      help: 'Stage of a dispute.',
      values: {
        inquiry: 'The bank inquires before a formal dispute.',
        opened: 'A formal dispute is open.',
        won: 'Decided for the merchant.',
        lost: 'Decided for the cardholder.',
        inquiry_closed: 'The inquiry ended without a dispute.',
      },
    },
    'dispute.reason': {
      kind: 'set',
      help: 'The reason of the cardholder.',
      values: {
        fraudulent: 'The cardholder did not authorise the payment.',
        product_not_received: 'The goods did not arrive.',
        product_unacceptable: 'The goods were defective or not as described.',
        duplicate: 'The payment was taken twice.',
        subscription_canceled: 'The subscription had been canceled.',
        unrecognized: 'The cardholder does not recognise the payment.',
        credit_not_processed: 'A promised refund did not arrive.',
        general: 'No other reason fits.',
      },
    },
  },
  events: {
    'dispute.opened': {
      help: 'A cardholder disputes a payment, as an inquiry or formally (`stage`).',
      severity: 'WARN',
      ...PROVIDER_MONEY,
      required: { provider: 'payment.provider', stage: 'dispute.stage' },
      optional: { id: 'dispute.id', payment: 'payment.id', reason: 'dispute.reason' },
    },
    'dispute.escalated': {
      help: 'An inquiry became a formal dispute.',
      severity: 'WARN',
      ...PROVIDER_MONEY,
      optional: { id: 'dispute.id', payment: 'payment.id', reason: 'dispute.reason' },
    },
    'dispute.closed': {
      help: 'A dispute ended; `stage` is the decision.',
      severity: 'INFO',
      ...PROVIDER_MONEY,
      required: { provider: 'payment.provider', stage: 'dispute.stage' },
      optional: { id: 'dispute.id', payment: 'payment.id', reason: 'dispute.reason' },
    },
  },
  instruments: {
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
      adds: { amount: 'amount' },
      on: { 'dispute.opened': {} },
    },
    'dispute.active': {
      kind: 'gauge',
      unit: '{dispute}',
      help: 'Open disputes, set by the one process that counts them.',
      attributes: ['dispute.stage'],
    },
  },
  lifecycles: {
    dispute: {
      help: 'A dispute, from the first question of the bank to its decision.',
      id: 'dispute.id',
      states: {
        opened: 'The cardholder claims the money back.',
        escalated: 'An inquiry became a formal dispute.',
        closed: 'Decided, or withdrawn.',
      },
      final: ['closed'],
      on: {
        'dispute.opened': 'opened',
        'dispute.escalated': 'escalated',
        'dispute.closed': 'closed',
      },
    },
  },
});
