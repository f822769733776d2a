import { beforeAll, describe, expect, it } from '@jest/globals';
import { STRIPE_EVENTS } from '@moneytrail/providers/stripe';
import {
  bodyOf,
  deliver,
  type EventInput,
  eventsAmong,
  NOW_SECONDS,
  recordedBy,
  startRecording,
  webhookOfTest,
} from './support.ts';

type Case = readonly [title: string, input: EventInput, events: readonly object[]];

const AT = NOW_SECONDS - 1;
const USD = (minor: number): object => ({
  'money.amount_minor': minor,
  'money.currency': 'USD',
  'money.exponent': 2,
});
const COMMON = { atSeconds: AT, 'payment.provider': 'stripe' };
const PAID = { ...COMMON, 'payment.purpose': '_OTHER' };

const intent = (id: string, more: object = {}): object => ({
  id,
  object: 'payment_intent',
  amount: 2000,
  currency: 'usd',
  created: AT - 40,
  payment_method_types: ['card'],
  ...more,
});
const charge = (id: string, more: object = {}): object => ({
  id,
  object: 'charge',
  amount: 2000,
  currency: 'usd',
  captured: true,
  created: AT - 3,
  payment_method_details: { type: 'card' },
  ...more,
});
const refund = (id: string, more: object = {}): object => ({
  id,
  object: 'refund',
  amount: 500,
  currency: 'usd',
  charge: 'ch_of_refund',
  status: 'succeeded',
  ...more,
});
const dispute = (id: string, more: object = {}): object => ({
  id,
  object: 'dispute',
  amount: 700,
  currency: 'usd',
  charge: 'ch_of_dispute',
  reason: 'fraudulent',
  status: 'needs_response',
  ...more,
});
const payout = (id: string, more: object = {}): object => ({
  id,
  object: 'payout',
  amount: 1100,
  currency: 'usd',
  created: AT - 60,
  method: 'standard',
  ...more,
});
/** Where a transfer of an account goes. */
const TO_BANK = { destination: 'ba_1', created: AT - 60 };
const transfer = (id: string, more: object = {}): object => ({
  id,
  object: 'transfer',
  amount: 900,
  currency: 'usd',
  destination: 'acct_1',
  ...more,
});

const payments: readonly Case[] = [
  [
    'a new intent begins a payment',
    { type: 'payment_intent.created', object: intent('pi_a', { metadata: { purpose: 'tip' } }) },
    [
      {
        event: 'payment.created',
        ...PAID,
        'payment.id': 'pi_a',
        'payment.method.type': 'card',
        'payment.purpose': 'tip',
        ...USD(2000),
      },
    ],
  ],
  [
    'an intent with several possible methods does not name one yet',
    {
      type: 'payment_intent.requires_action',
      object: intent('pi_b', { payment_method_types: ['card', 'ideal'] }),
    },
    [{ event: 'payment.action_required', ...PAID, 'payment.id': 'pi_b', ...USD(2000) }],
  ],
  [
    'an intent succeeds with what was received, its fee and its charge',
    {
      type: 'payment_intent.succeeded',
      object: intent('pi_c', {
        amount_received: 1500,
        application_fee_amount: 150,
        latest_charge: 'ch_c',
        invoice: 'in_1',
      }),
    },
    [
      {
        event: 'payment.succeeded',
        ...PAID,
        'payment.id': 'pi_c',
        'payment.attempt.id': 'ch_c',
        'payment.method.type': 'card',
        'payment.purpose': 'subscription',
        'payment.capture': 'part',
        'payment.completion.duration': 40,
        'platform_fee.amount_minor': 150,
        ...USD(1500),
      },
    ],
  ],
  [
    'an intent of an older shape names its charge in a list',
    {
      type: 'payment_intent.succeeded',
      object: intent('pi_d', {
        created: AT + 1,
        charges: { data: [charge('ch_d', { payment_method_details: { type: 'ideal' } })] },
      }),
    },
    [
      {
        event: 'payment.succeeded',
        ...PAID,
        'payment.id': 'pi_d',
        'payment.attempt.id': 'ch_d',
        'payment.method.type': 'bank_redirect',
        ...USD(2000),
      },
    ],
  ],
  [
    'a failed intent is a failed attempt, by the charge that failed',
    {
      type: 'payment_intent.payment_failed',
      object: intent('pi_e', {
        latest_charge: 'ch_newest',
        last_payment_error: {
          charge: 'ch_e',
          code: 'card_declined',
          decline_code: 'insufficient_funds',
          payment_method: { type: 'card' },
        },
      }),
    },
    [
      {
        event: 'payment.failed',
        ...PAID,
        'payment.id': 'pi_e',
        'payment.attempt.id': 'ch_e',
        'payment.method.type': 'card',
        'payment.failure.reason': 'insufficient_funds',
        'payment.failure.code': 'insufficient_funds',
        'payment.outcome': 'declined',
        ...USD(2000),
      },
    ],
  ],
  [
    'a failed authentication made no charge, so the event is the attempt',
    {
      id: 'evt_authentication',
      type: 'payment_intent.payment_failed',
      object: intent('pi_f', {
        latest_charge: 'ch_of_the_attempt_before',
        last_payment_error: { code: 'payment_intent_authentication_failure' },
      }),
    },
    [
      {
        event: 'payment.failed',
        ...PAID,
        'payment.id': 'pi_f',
        'payment.attempt.id': 'evt_authentication',
        'payment.method.type': 'card',
        'payment.failure.reason': 'authentication_failed',
        'payment.failure.code': 'payment_intent_authentication_failure',
        'payment.outcome': 'declined',
        ...USD(2000),
      },
    ],
  ],
  [
    'a canceled intent ends a payment',
    { type: 'payment_intent.canceled', object: intent('pi_g', { amount: undefined }) },
    [
      {
        event: 'payment.canceled',
        ...PAID,
        'payment.id': 'pi_g',
        'payment.method.type': 'card',
        'payment.completion.duration': 40,
      },
    ],
  ],
];

const charges: readonly Case[] = [
  [
    'a charge succeeds as the payment of its intent',
    {
      type: 'charge.succeeded',
      object: charge('ch_h', { payment_intent: { id: 'pi_h' }, amount_captured: 1200 }),
    },
    [
      {
        event: 'payment.succeeded',
        ...PAID,
        'payment.id': 'pi_h',
        'payment.attempt.id': 'ch_h',
        'payment.method.type': 'card',
        'payment.capture': 'part',
        ...USD(1200),
      },
    ],
  ],
  [
    'an authorised charge is no success',
    {
      type: 'charge.succeeded',
      object: charge('ch_i', { captured: false, amount_captured: 0 }),
    },
    [],
  ],
  [
    'a charge of the oldest shape is captured, and a payment of its own',
    {
      type: 'charge.succeeded',
      object: {
        id: 'ch_j',
        amount: 300,
        currency: 'usd',
        card: { object: 'card' },
        created: AT - 2,
      },
    },
    [
      {
        event: 'payment.succeeded',
        ...PAID,
        'payment.id': 'ch_j',
        'payment.attempt.id': 'ch_j',
        'payment.method.type': 'card',
        'payment.completion.duration': 2,
        ...USD(300),
      },
    ],
  ],
  [
    'a capture is the success of the payment, with what was captured',
    { type: 'charge.captured', object: charge('ch_k', { amount_captured: 1900 }) },
    [
      {
        event: 'payment.succeeded',
        ...PAID,
        'payment.id': 'ch_k',
        'payment.attempt.id': 'ch_k',
        'payment.method.type': 'card',
        'payment.capture': 'part',
        'payment.completion.duration': 3,
        ...USD(1900),
      },
    ],
  ],
  [
    'a capture of the time before amounts were said took what it did not give back',
    {
      type: 'charge.captured',
      object: charge('ch_old_part', { amount_refunded: 1500 }),
    },
    [
      {
        event: 'payment.succeeded',
        ...PAID,
        'payment.id': 'ch_old_part',
        'payment.attempt.id': 'ch_old_part',
        'payment.method.type': 'card',
        'payment.completion.duration': 3,
        ...USD(500),
      },
    ],
  ],
  [
    'an update that captures more is the same event with its greater amount',
    {
      type: 'charge.updated',
      object: charge('ch_k', { amount_captured: 2000 }),
      previous: { amount_captured: 1900 },
    },
    [
      {
        event: 'payment.succeeded',
        ...PAID,
        'payment.id': 'ch_k',
        'payment.attempt.id': 'ch_k',
        'payment.method.type': 'card',
        'payment.completion.duration': 3,
        ...USD(2000),
      },
    ],
  ],
  [
    'an update of a text says nothing new',
    { type: 'charge.updated', object: charge('ch_text'), previous: { description: null } },
    [],
  ],
  [
    'the first of several captures is a success, whatever the charge calls itself',
    {
      type: 'charge.captured',
      object: charge('ch_multi', {
        payment_intent: 'pi_multi',
        captured: false,
        amount_captured: 500,
      }),
    },
    [
      {
        event: 'payment.succeeded',
        ...PAID,
        'payment.id': 'pi_multi',
        'payment.attempt.id': 'ch_multi',
        'payment.method.type': 'card',
        'payment.capture': 'part',
        ...USD(500),
      },
    ],
  ],
  [
    'a charge that fails after it had succeeded is both',
    {
      type: 'charge.failed',
      object: charge('ch_late', { payment_intent: 'pi_late', failure_code: 'account_closed' }),
      previous: { status: 'succeeded', paid: true },
    },
    [
      {
        event: 'payment.succeeded',
        ...PAID,
        'payment.id': 'pi_late',
        'payment.attempt.id': 'ch_late',
        'payment.method.type': 'card',
        ...USD(2000),
      },
      {
        event: 'payment.failed',
        ...PAID,
        'payment.id': 'pi_late',
        'payment.attempt.id': 'ch_late',
        'payment.method.type': 'card',
        'payment.failure.reason': 'invalid_card_data',
        'payment.failure.code': 'account_closed',
        'payment.outcome': 'declined',
        ...USD(2000),
      },
    ],
  ],
  [
    'a failed charge without an intent ends its payment',
    {
      type: 'charge.failed',
      object: charge('ch_l', {
        captured: false,
        payment_intent: null,
        failure_code: 'processing_error',
      }),
    },
    [
      {
        event: 'payment.failed',
        ...PAID,
        'payment.id': 'ch_l',
        'payment.method.type': 'card',
        'payment.failure.reason': 'processor_error',
        'payment.failure.code': 'processing_error',
        'payment.outcome': 'error',
        ...USD(2000),
      },
    ],
  ],
  [
    'a charge that a fraud rule blocked is a failed attempt',
    {
      type: 'charge.failed',
      object: charge('ch_m', {
        payment_intent: 'pi_m',
        failure_code: 'card_declined',
        outcome: { type: 'blocked', reason: 'highest_risk_level' },
      }),
    },
    [
      {
        event: 'payment.failed',
        ...PAID,
        'payment.id': 'pi_m',
        'payment.attempt.id': 'ch_m',
        'payment.method.type': 'card',
        'payment.failure.reason': 'fraud_suspected',
        'payment.failure.code': 'highest_risk_level',
        'payment.outcome': 'declined',
        ...USD(2000),
      },
    ],
  ],
  [
    'an authorisation without an intent that runs out cancels its payment',
    { type: 'charge.expired', object: charge('ch_n', { captured: false }) },
    [
      {
        event: 'payment.canceled',
        ...PAID,
        'payment.id': 'ch_n',
        'payment.method.type': 'card',
        'payment.completion.duration': 3,
        ...USD(2000),
      },
    ],
  ],
  [
    'an authorisation of an intent that runs out is reported by the intent',
    { type: 'charge.expired', object: charge('ch_o', { payment_intent: 'pi_o' }) },
    [],
  ],
];

const refunds: readonly Case[] = [
  [
    'a charge that lists its refunds tells of each by its status',
    {
      type: 'charge.refunded',
      object: charge('ch_p', {
        payment_intent: 'pi_p',
        refunds: {
          data: [
            refund('re_p1'),
            refund('re_p2', { status: 'pending', amount: 100 }),
            refund('re_p3', { status: null, amount: 50 }),
          ],
        },
      }),
    },
    [
      {
        event: 'refund.succeeded',
        ...COMMON,
        'refund.id': 're_p1',
        'payment.id': 'pi_p',
        ...USD(500),
      },
      {
        event: 'refund.created',
        ...COMMON,
        'refund.id': 're_p2',
        'payment.id': 'pi_p',
        ...USD(100),
      },
      {
        event: 'refund.succeeded',
        ...COMMON,
        'refund.id': 're_p3',
        'payment.id': 'pi_p',
        ...USD(50),
      },
    ],
  ],
  [
    'a list of refunds may be a plain array',
    {
      type: 'charge.refunded',
      object: charge('ch_q', { refunds: [refund('re_q', { charge: undefined })] }),
    },
    [
      {
        event: 'refund.succeeded',
        ...COMMON,
        'refund.id': 're_q',
        'payment.id': 'ch_q',
        ...USD(500),
      },
    ],
  ],
  ['a charge that says nothing of refunds records none', refundedCharge('ch_r', {}), []],
  [
    'a charge of which nothing is refunded records none',
    refundedCharge('ch_r0', { amount_refunded: 0 }),
    [],
  ],
  [
    'what a capture gives back was never taken',
    {
      ...refundedCharge('ch_rest', { amount_captured: 500, amount_refunded: 1500 }),
      previous: { captured: false, amount_refunded: 0 },
    },
    [],
  ],
  [
    'a charge without a list reports what is refunded in all, and what was before',
    {
      ...refundedCharge('ch_s', { payment_intent: 'pi_s', amount_refunded: 1200, refunds: {} }),
      previous: { amount_refunded: 200 },
    },
    [report('ch_s:200:1200', 'pi_s', 1200, { 'refund.before_minor': 200 })],
  ],
  [
    'a charge that does not say what was before reports the sum alone',
    refundedCharge('ch_sum', { amount_refunded: 1200, refunds: { data: [] } }),
    [report('ch_sum::1200', 'ch_sum', 1200)],
  ],
  [
    'a list that was cut is completed by the sum',
    refundedCharge('ch_long', {
      amount_refunded: 700,
      refunds: { has_more: true, data: [refund('re_long')] },
    }),
    [
      {
        event: 'refund.succeeded',
        ...COMMON,
        'refund.id': 're_long',
        'payment.id': 'ch_long',
        ...USD(500),
      },
      report('ch_long::700', 'ch_long', 700),
    ],
  ],
  [
    'an authorisation that is given up cancels its payment and refunds nothing',
    refundedCharge('ch_t', { captured: false, refunds: { data: [refund('re_t')] } }),
    [
      {
        event: 'payment.canceled',
        ...PAID,
        'payment.id': 'ch_t',
        'payment.method.type': 'card',
        'payment.completion.duration': 3,
        ...USD(2000),
      },
    ],
  ],
  [
    'a refund that succeeds at once is created and succeeded',
    { type: 'refund.created', object: refund('re_u', { reason: 'expired_uncaptured_charge' }) },
    ['refund.created', 'refund.succeeded'].map((event) => ({
      event,
      ...COMMON,
      'refund.id': 're_u',
      'refund.reason': 'expired_uncaptured',
      'payment.id': 'ch_of_refund',
      ...USD(500),
    })),
  ],
  [
    'a refund that waits is created',
    {
      type: 'refund.created',
      object: refund('re_v', { status: 'pending', payment_intent: 'pi_v', reason: 'new_reason' }),
    },
    [
      {
        event: 'refund.created',
        ...COMMON,
        'refund.id': 're_v',
        'refund.reason': '_OTHER',
        'payment.id': 'pi_v',
        ...USD(500),
      },
    ],
  ],
  ['a refund that still waits says nothing new', updatedRefund('re_w', 'pending'), []],
  ...(['succeeded', 'failed', 'canceled'] as const).map(
    (status): Case => [
      `a refund that is ${status} says so by its update`,
      updatedRefund(`re_${status}`, status),
      [
        {
          event: `refund.${status}`,
          ...COMMON,
          'refund.id': `re_${status}`,
          'payment.id': 'ch_of_refund',
          ...USD(500),
        },
      ],
    ],
  ),
  [
    'an update of the older name says the same',
    { type: 'charge.refund.updated', object: refund('re_x') },
    [
      {
        event: 'refund.succeeded',
        ...COMMON,
        'refund.id': 're_x',
        'payment.id': 'ch_of_refund',
        ...USD(500),
      },
    ],
  ],
  [
    'a refund that had succeeded and failed is both, the success as old as the refund',
    {
      type: 'charge.refund.updated',
      object: refund('re_back', { status: 'failed', created: AT - 900 }),
      previous: { status: 'succeeded' },
    },
    [
      ['refund.succeeded', AT - 900],
      ['refund.failed', AT],
    ].map(([event, atSeconds]) => ({
      event: String(event),
      ...COMMON,
      atSeconds,
      'refund.id': 're_back',
      'payment.id': 'ch_of_refund',
      ...USD(500),
    })),
  ],
  [
    'a failed refund has failed, whatever its status says',
    { type: 'refund.failed', object: refund('re_y', { status: 'pending' }) },
    [
      {
        event: 'refund.failed',
        ...COMMON,
        'refund.id': 're_y',
        'payment.id': 'ch_of_refund',
        ...USD(500),
      },
    ],
  ],
];

const disputes: readonly Case[] = [
  ...(
    [
      ['needs_response', 'opened'],
      ['warning_needs_response', 'inquiry'],
      ['prevented', '_OTHER'],
    ] as const
  ).map(
    ([status, stage]): Case => [
      `a dispute that begins as ${status} is ${stage}`,
      {
        type: 'charge.dispute.created',
        object: dispute(`dp_${status}`, { status, reason: 'made_up', payment_intent: 'pi_dp' }),
      },
      [
        {
          event: 'dispute.opened',
          ...COMMON,
          'dispute.id': `dp_${status}`,
          'dispute.stage': stage,
          'dispute.reason': '_OTHER',
          'payment.id': 'pi_dp',
          ...USD(700),
        },
      ],
    ],
  ),
  [
    'an inquiry that becomes formal escalates',
    {
      type: 'charge.dispute.updated',
      object: dispute('dp_a'),
      previous: { status: 'warning_under_review' },
    },
    [
      {
        event: 'dispute.escalated',
        ...COMMON,
        'dispute.id': 'dp_a',
        'dispute.reason': 'fraudulent',
        'payment.id': 'ch_of_dispute',
        ...USD(700),
      },
    ],
  ],
  [
    'an inquiry under review does not escalate',
    {
      type: 'charge.dispute.updated',
      object: dispute('dp_b', { status: 'warning_under_review' }),
      previous: { status: 'warning_needs_response' },
    },
    [],
  ],
  [
    'evidence says nothing new',
    { type: 'charge.dispute.updated', object: dispute('dp_c'), previous: { evidence: {} } },
    [],
  ],
  ...(
    [
      ['won', 'won'],
      ['lost', 'lost'],
      ['warning_closed', 'inquiry_closed'],
      ['charge_refunded', '_OTHER'],
    ] as const
  ).map(
    ([status, stage]): Case => [
      `a dispute that ends as ${status} is ${stage}`,
      { type: 'charge.dispute.closed', object: dispute(`dp_end_${status}`, { status }) },
      [
        {
          event: 'dispute.closed',
          ...COMMON,
          'dispute.id': `dp_end_${status}`,
          'dispute.stage': stage,
          'dispute.reason': 'fraudulent',
          'payment.id': 'ch_of_dispute',
          ...USD(700),
        },
      ],
    ],
  ),
  [
    'a warning of the card network is one of its payment',
    {
      type: 'radar.early_fraud_warning.created',
      object: { id: 'issfr_1', charge: 'ch_efw', payment_intent: 'pi_efw', fraud_type: 'misc' },
    },
    [
      {
        event: 'fraud.warning_received',
        ...COMMON,
        'payment.id': 'pi_efw',
        'payment.failure.code': 'misc',
      },
    ],
  ],
  [
    'a review warns of its charge',
    { type: 'review.opened', object: { id: 'prv_1', charge: 'ch_review', reason: 'rule' } },
    [
      {
        event: 'fraud.warning_received',
        ...COMMON,
        'payment.id': 'ch_review',
        'payment.failure.code': 'rule',
      },
    ],
  ],
];

const moneyOut: readonly Case[] = [
  [
    'a payout that had arrived and failed is both',
    {
      type: 'payout.failed',
      object: payout('po_late', { failure_code: 'account_closed' }),
      previous: { status: 'paid' },
    },
    ['payout.paid', 'payout.failed'].map((event) => ({
      event,
      ...COMMON,
      'payout.id': 'po_late',
      'payout.method': 'standard',
      'moneytrail.event.duration': 60,
      ...(event === 'payout.failed' && { 'payout.failure.code': 'account_closed' }),
      ...USD(1100),
    })),
  ],
  [
    'an update of the status says how a payout ended',
    {
      type: 'payout.updated',
      object: payout('po_updated', { status: 'paid' }),
      previous: { status: 'in_transit' },
    },
    [
      {
        event: 'payout.paid',
        ...COMMON,
        'payout.id': 'po_updated',
        'payout.method': 'standard',
        'moneytrail.event.duration': 60,
        ...USD(1100),
      },
    ],
  ],
  [
    'an update of anything else says nothing new',
    {
      type: 'payout.updated',
      object: payout('po_metadata', { status: 'paid' }),
      previous: { metadata: {} },
    },
    [],
  ],
  [
    'a payout that takes an earlier one back reverses that one when it is paid',
    {
      type: 'payout.paid',
      object: payout('po_negative', { amount: -1100, original_payout: 'po_original' }),
    },
    [
      {
        event: 'payout.reversed',
        ...COMMON,
        'payout.id': 'po_original',
        'payout.method': 'standard',
        ...USD(1100),
      },
    ],
  ],
  ...(['created', 'failed', 'canceled'] as const).map(
    (step): Case => [
      `a payout that takes an earlier one back changes nothing when it is ${step}`,
      {
        type: `payout.${step}`,
        object: payout(`po_negative_${step}`, { amount: -1100, original_payout: 'po_original' }),
      },
      [],
    ],
  ),
  ...(
    [
      ['created', 'pending', { type: 'bank_account' }],
      ['paid', 'paid', { type: 'card' }],
      ['failed', 'failed', { type: 'bank_account', failure_code: 'account_closed' }],
      ['canceled', 'canceled', {}],
    ] as const
  ).map(
    ([step, status, more]): Case => [
      `a transfer to a bank, as payouts were called until 2017, is a payout that was ${step}`,
      {
        type: `transfer.${step}`,
        object: transfer(`tr_bank_${step}`, { ...TO_BANK, status, ...more }),
      },
      [
        {
          event: `payout.${step}`,
          ...COMMON,
          'payout.id': `tr_bank_${step}`,
          ...(step === 'failed' && { 'payout.failure.code': 'account_closed' }),
          ...(step !== 'created' && { 'moneytrail.event.duration': 60 }),
          ...USD(900),
        },
      ],
    ],
  ),
  [
    'a transfer of that time to an account is a transfer',
    {
      type: 'transfer.created',
      object: transfer('tr_account', { status: 'pending', type: 'stripe_account' }),
    },
    [{ event: 'transfer.created', ...COMMON, 'transfer.id': 'tr_account', ...USD(900) }],
  ],
  [
    'a transfer of that time to an account records nothing when it is paid',
    { type: 'transfer.paid', object: transfer('tr_paid', { status: 'paid' }) },
    [],
  ],
  [
    'a payout begins',
    { type: 'payout.created', object: payout('po_a', { method: 'by_pigeon' }) },
    [
      {
        event: 'payout.created',
        ...COMMON,
        'payout.id': 'po_a',
        'payout.method': '_OTHER',
        ...USD(1100),
      },
    ],
  ],
  ...(['paid', 'canceled'] as const).map(
    (end): Case => [
      `a payout is ${end} after its duration`,
      { type: `payout.${end}`, object: payout(`po_${end}`) },
      [
        {
          event: `payout.${end}`,
          ...COMMON,
          'payout.id': `po_${end}`,
          'payout.method': 'standard',
          'moneytrail.event.duration': 60,
          ...USD(1100),
        },
      ],
    ],
  ),
  [
    'a payout fails with its code; a creation after the event gives no duration',
    {
      type: 'payout.failed',
      object: payout('po_b', {
        method: 'instant',
        failure_code: 'account_closed',
        created: AT + 1,
      }),
    },
    [
      {
        event: 'payout.failed',
        ...COMMON,
        'payout.id': 'po_b',
        'payout.method': 'instant',
        'payout.failure.code': 'account_closed',
        ...USD(1100),
      },
    ],
  ],
  [
    'a transfer names its payment when its charge was expanded',
    {
      type: 'transfer.created',
      object: transfer('tr_a', {
        source_transaction: { id: 'ch_tr', payment_intent: 'pi_tr' },
      }),
    },
    [
      {
        event: 'transfer.created',
        ...COMMON,
        'transfer.id': 'tr_a',
        'payment.id': 'pi_tr',
        ...USD(900),
      },
    ],
  ],
  [
    'each listed reversal is an event',
    {
      type: 'transfer.reversed',
      object: transfer('tr_b', {
        amount_reversed: 500,
        source_transaction: 'ch_tr',
        reversals: {
          data: [
            { id: 'trr_2', amount: 300, currency: 'usd' },
            { id: 'trr_1', amount: 200, currency: 'usd' },
          ],
        },
      }),
    },
    [
      ['trr_2', 300],
      ['trr_1', 200],
    ].map(([id, minor]) => ({
      event: 'transfer.reversed',
      ...COMMON,
      'transfer.id': 'tr_b',
      'transfer.reversal.id': id,
      ...USD(Number(minor)),
    })),
  ],
  [
    'without a list a reversal is what was added to the reversed amount',
    {
      type: 'transfer.reversed',
      object: transfer('tr_c', { amount_reversed: 500 }),
      previous: { amount_reversed: 200 },
    },
    [
      {
        event: 'transfer.reversed',
        ...COMMON,
        'transfer.id': 'tr_c',
        'transfer.reversal.id': 'tr_c:500',
        ...USD(300),
      },
    ],
  ],
];

function report(id: string, payment: string, minor: number, more: object = {}): object {
  return {
    event: 'refund.reported',
    ...COMMON,
    'refund.report.id': `${id}:${AT}`,
    'payment.id': payment,
    'money.currency': 'USD',
    'refund.total_minor': minor,
    ...more,
  };
}

function refundedCharge(id: string, more: object): EventInput {
  return { type: 'charge.refunded', object: charge(id, more) };
}

function updatedRefund(id: string, status: string): EventInput {
  return { type: 'refund.updated', object: refund(id, { status }) };
}

const ALL = [...payments, ...charges, ...refunds, ...disputes, ...moneyOut];

describe('a Stripe event', () => {
  beforeAll(startRecording);
  const webhook = webhookOfTest();

  it.each(ALL)('%s', (_, input, events) => {
    const body = bodyOf(input);
    let result = '';
    const records = recordedBy(() => {
      ({ result } = deliver(webhook, body));
    });
    expect(eventsAmong(records)).toEqual(events);
    expect(result).toBe(events.length > 0 ? 'ok' : 'ignored');
  });

  it('has a case here for every type that may record something', () => {
    const covered = new Set(ALL.map(([, { type }]) => type));
    const mapped = Object.entries(STRIPE_EVENTS).filter(([, one]) => typeof one !== 'string');
    expect(mapped.map(([type]) => type).filter((type) => !covered.has(type))).toEqual([]);
  });

  it('records nothing but what its type is said to record', () => {
    const coverage: Readonly<Record<string, unknown>> = STRIPE_EVENTS;
    for (const [title, { type }, events] of ALL.filter(([, input]) => input.type in coverage)) {
      const allowed = JSON.stringify(coverage[type]);
      for (const event of events) {
        expect([title, allowed]).toEqual([
          title,
          expect.stringContaining(`"${'event' in event ? event.event : ''}"`),
        ]);
      }
    }
  });

  it('records no person and no account', () => {
    const people = { customer: 'cus_1', receipt_email: 'a@example.org', destination: 'acct_1' };
    const types = [
      'charge.succeeded',
      'payment_intent.succeeded',
      'payout.paid',
      'transfer.created',
    ];
    const records = recordedBy(() => {
      for (const type of types) {
        const object = { ...charge(`x_${type}`), ...people, billing_details: { name: 'Ada' } };
        deliver(webhook, bodyOf({ type, object }));
      }
    });
    expect(eventsAmong(records)).toHaveLength(types.length);
    expect(JSON.stringify(eventsAmong(records))).not.toMatch(/cus_1|example\.org|acct_1|Ada/);
  });
});
