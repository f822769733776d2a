/** Commissions of a referral in two tiers. */
import { domain } from '../model/domain.ts';

/** What every event of a commission has. */
const COMMISSION = {
  identity: ['id'],
  amounts: { amount: 'required' },
  required: { tier: 'commission.tier' },
} as const;

const REFERENCES = { id: 'commission.id', payment: 'payment.id' } as const;

const BY_STATUS = {
  'commission.created': { 'commission.status': 'created' },
  'commission.processed': { 'commission.status': 'processed' },
  'commission.approved': { 'commission.status': 'approved' },
  'commission.held': { 'commission.status': 'held' },
  'commission.paid': { 'commission.status': 'paid' },
  'commission.failed': { 'commission.status': 'failed' },
  'commission.reversed': { 'commission.status': 'reversed' },
} as const;

/** Commissions of a referral in two tiers. */
export const COMMISSIONS = domain({
  name: 'commissions',
  help: 'Commissions of a referral in two tiers.',
  attributes: {
    'commission.id': { kind: 'id', help: 'Commission in the application.' },
    'commission.tier': {
      kind: 'set',
      help: 'Level of the referral chain.',
      values: { 1: 'Who referred the payer.', 2: 'Who referred the referrer.' },
    },
    'commission.status': {
      kind: 'set',
      help: 'State of a commission.',
      values: {
        created: 'Created by a payment.',
        processed: 'Booked.',
        approved: 'Ready to be paid.',
        held: 'Waiting for a review.',
        paid: 'Paid with a payout.',
        failed: 'Could not be booked.',
        reversed: 'Reversed after a refund or dispute.',
      },
    },
  },
  events: {
    'commission.created': {
      help: 'A payment created a commission.',
      severity: 'INFO',
      ...COMMISSION,
      optional: { ...REFERENCES },
    },
    'commission.processed': {
      help: 'A commission was booked.',
      severity: 'INFO',
      ...COMMISSION,
      optional: {
        ...REFERENCES,
        durationSeconds: 'moneytrail.event.duration',
      },
    },
    'commission.approved': {
      help: 'A commission is ready to be paid.',
      severity: 'INFO',
      ...COMMISSION,
      optional: { ...REFERENCES },
    },
    'commission.held': {
      help: 'A commission waits for a review.',
      severity: 'WARN',
      ...COMMISSION,
      optional: { ...REFERENCES },
    },
    'commission.paid': {
      help: 'A commission was paid with a payout.',
      severity: 'INFO',
      ...COMMISSION,
      optional: { ...REFERENCES, payout: 'payout.id' },
    },
    'commission.failed': {
      help: 'A commission could not be booked.',
      severity: 'WARN',
      ...COMMISSION,
      optional: {
        ...REFERENCES,
        durationSeconds: 'moneytrail.event.duration',
      },
    },
    'commission.reversed': {
      help: 'A commission was reversed after a refund or dispute.',
      severity: 'WARN',
      ...COMMISSION,
      optional: { ...REFERENCES },
    },
  },
  instruments: {
    commissions: {
      kind: 'counter',
      unit: '{commission}',
      help: 'Commissions by tier and state.',
      attributes: ['commission.tier', 'commission.status'],
      on: BY_STATUS,
    },
    'commission.processing.duration': {
      kind: 'histogram',
      unit: 's',
      help: 'How long booking a commission took.',
      attributes: ['commission.tier'],
      adds: { attribute: 'moneytrail.event.duration' },
      buckets: 'call',
      on: { 'commission.processed': {}, 'commission.failed': {} },
    },
    'commission.volume': {
      kind: 'counter',
      unit: '{currency_unit}',
      help: 'Commission money by tier and state, in major units.',
      attributes: ['money.currency', 'commission.tier', 'commission.status'],
      adds: { amount: 'amount' },
      on: BY_STATUS,
    },
    'commission.pending': {
      kind: 'gauge',
      unit: '{commission}',
      help: 'Commissions that wait to be paid, set by the one process that counts them.',
      attributes: [],
    },
    'commission.failed_recent': {
      kind: 'gauge',
      unit: '{commission}',
      help: 'Commissions that failed within a day, set by the one process that counts them.',
      attributes: [],
    },
  },
  lifecycles: {
    commission: {
      help: 'A commission, from the payment to the payout. While it is open it may be held and approved again.',
      id: 'commission.id',
      states: {
        created: 'Created by a payment.',
        processed: 'Booked.',
        held: 'Waiting for a review.',
        approved: 'Ready to be paid.',
        failed: 'Could not be booked.',
        paid: 'Paid with a payout.',
        reversed: 'Reversed after a refund or dispute.',
      },
      final: ['paid', 'reversed'],
      mayFollow: { reversed: ['paid'] },
      mayGoBack: true,
      on: {
        'commission.created': 'created',
        'commission.processed': 'processed',
        'commission.held': 'held',
        'commission.approved': 'approved',
        'commission.failed': 'failed',
        'commission.paid': 'paid',
        'commission.reversed': 'reversed',
      },
    },
  },
});
