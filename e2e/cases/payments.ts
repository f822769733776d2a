/** The outcome of a payment, by card. */
import { expect } from '@jest/globals';
import { type Case, scenario } from '../support/case.ts';
import type { Example, PostResult } from '../support/example.ts';
import { events, none, paymentState } from '../support/questions.ts';

const CHECKOUT = {
  creator: 'nightkiln',
  referral_code: 'KESTREL',
  amount_minor: 2500,
  currency: 'USD',
  purpose: 'purchase',
};
const TAKEN = ['payment.created 2500 USD', 'payment.succeeded 2500 USD'];
const EARNED = [125, 50].flatMap((minor) => [
  `commission.created ${minor} USD`,
  `commission.processed ${minor} USD`,
]);
const TAKEN_BACK = ['commission.reversed 125 USD', 'commission.reversed 50 USD'];
const REFUSED = ['payment.created 2500 USD', 'payment.failed 2500 USD'];
const ASKED = ['payment.action_required 2500 USD'];

/** Payment method; status of the response; outcome, reason and the state of each tier; all events. */
const CARDS: readonly (readonly [string, number, readonly string[], readonly string[]])[] = [
  ['pm_card_visa', 201, ['succeeded', '1 processed', '2 processed'], [...TAKEN, ...EARNED]],
  [
    'pm_card_authenticationRequired',
    202,
    ['succeeded', '1 processed', '2 processed'],
    [...TAKEN, ...ASKED, ...EARNED],
  ],
  [
    'pm_usBankAccount_success',
    202,
    ['succeeded', '1 processed', '2 processed'],
    [...TAKEN, ...EARNED],
  ],
  [
    'pm_card_visa_chargeDeclinedInsufficientFunds',
    402,
    ['declined', 'insufficient_funds'],
    REFUSED,
  ],
  ['pm_card_chargeDeclinedExpiredCard', 402, ['declined', 'card_expired'], REFUSED],
  [
    'pm_card_threeDSecureRequiredChargeDeclined',
    202,
    ['declined', 'authentication_failed'],
    [...REFUSED, ...ASKED],
  ],
  [
    'pm_card_createDispute',
    201,
    ['succeeded', '1 reversed', '2 reversed'],
    [...TAKEN, ...EARNED, 'dispute.opened 2500 USD', 'dispute.closed 2500 USD', ...TAKEN_BACK],
  ],
];

export const PAYMENTS: readonly Case[] = [
  ...CARDS.map(([card, status, state, expected]) =>
    scenario(
      `a payment with ${card} gets a response of ${status} and becomes ${state.join(', ')}`,
      {
        drive: async (example) => {
          const paid = await pay(example, card);
          expect(paid.status).toBe(status);
          return paid;
        },
        sees: ({ payment }) => [paymentState(payment, ...state), events(payment, ...expected)],
      },
    ),
  ),

  scenario('a refund reverses the commissions of both tiers', {
    drive: async (example) => {
      const paid = await pay(example, 'pm_card_visa');
      const path = `/payments/${paid.payment}/refund`;
      expect((await example.post(path, { reason: 'duplicate' })).status).toBe(202);
      return paid;
    },
    sees: ({ payment }) => [
      paymentState(payment, 'succeeded', '1 reversed', '2 reversed'),
      events(
        payment,
        ...TAKEN,
        ...EARNED,
        'refund.created 2500 USD',
        'refund.succeeded 2500 USD',
        // The charge reports the total refunded amount, and moves no money itself.
        'refund.reported  USD',
        ...TAKEN_BACK,
      ),
    ],
  }),

  scenario('a payment outside of the ledger is recorded', {
    drive: async (example) => {
      const object = { id: 'pi_elsewhere', object: 'payment_intent', amount: 700, currency: 'jpy' };
      const data = { object: { ...object, amount_received: 700, status: 'succeeded' } };
      const created = Math.floor(Date.now() / 1000);
      const event = { id: 'evt_elsewhere', object: 'event', created, data };
      const statuses = await example.deliver([{ ...event, type: 'payment_intent.succeeded' }]);
      expect([...statuses]).toEqual([200]);
    },
    sees: () => [
      paymentState('pi_elsewhere', 'succeeded'),
      events('pi_elsewhere', 'payment.succeeded 700 JPY'),
    ],
  }),

  scenario('an unknown payment cannot be refunded, and has no events', {
    drive: async (example) => {
      expect((await example.post('/payments/pi_unknown/refund', {})).status).toBe(400);
      return pay(example, 'pm_card_visa');
    },
    sees: (later) => [
      paymentState(later.payment, 'succeeded', '1 processed', '2 processed'),
      none('pi_unknown'),
    ],
  }),
];

function pay(example: Example, card: string): Promise<PostResult> {
  return example.post('/checkout', { ...CHECKOUT, payment_method: card });
}
