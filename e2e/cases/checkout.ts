/** One complete payment: its trace, its log lines, its events. */
import { expect } from '@jest/globals';
import { type Case, scenario } from '../support/case.ts';
import { events, lines, paymentState, spans, trace } from '../support/questions.ts';

/** A card payment with commissions for two tiers. */
export const CHECKOUT = {
  creator: 'ada-draws',
  referral_code: 'WREN',
  amount_minor: 12_000,
  currency: 'EUR',
  method: 'card',
  purpose: 'subscription',
};
const HERE = { service: 'creator-platform' };

export const CHECKOUTS: readonly Case[] = [
  scenario('a payment that two tiers earn from is one trace, from the request to each commission', {
    drive: async (example) => {
      const { status, payment } = await example.post('/checkout', CHECKOUT);
      expect(status).toBe(201);
      return payment;
    },
    sees: (payment) => [
      paymentState(payment, 'succeeded', '1 processed', '2 processed'),
      events(
        payment,
        'payment.created 12000 EUR',
        'payment.succeeded 12000 EUR',
        'commission.created 600 EUR',
        'commission.processed 600 EUR',
        'commission.created 240 EUR',
        'commission.processed 240 EUR',
      ),
      trace(payment, 'payment.succeeded', {
        'POST /checkout > payment.process > SELECT referrers': 1,
        'POST /checkout > payment.process > POST': 2,
        'POST /checkout > payment.process > INSERT payments': 1,
        'POST /checkout > payment.process > UPDATE payments': 1,
        'POST /checkout > payment.process > commission.process > INSERT commissions': 2,
      }),
      spans(payment, 'payment.succeeded', 'POST /checkout', {
        ...HERE,
        'span.kind': 'server',
        'http.route': '/checkout',
        'http.response.status_code': '201',
      }),
      spans(payment, 'payment.succeeded', 'payment.process', {
        ...HERE,
        'span.kind': 'internal',
        'payment.id': payment,
        'payment.method.type': 'card',
        'money.amount_minor': '12000',
        'money.currency': 'EUR',
      }),
      spans(
        payment,
        'payment.succeeded',
        'commission.process',
        { 'commission.tier': '1', 'money.amount_minor': '600' },
        { 'commission.tier': '2', 'money.amount_minor': '240' },
      ),
      spans(payment, 'payment.succeeded', 'INSERT payments', {
        'span.kind': 'client',
        'db.system.name': 'postgresql',
      }),
      lines(
        payment,
        'payment.succeeded',
        'INFO payment succeeded',
        'INFO commission processed',
        'INFO commission processed',
      ),
    ],
  }),

  scenario('a decline fails the call to Stripe and not the payment; its webhook asks to be kept', {
    drive: async (example) => {
      const payment_method = 'pm_card_visa_chargeDeclinedInsufficientFunds';
      const { status, payment } = await example.post('/checkout', { ...CHECKOUT, payment_method });
      expect(status).toBe(402);
      return payment;
    },
    sees: (payment) => [
      events(payment, 'payment.created 12000 EUR', 'payment.failed 12000 EUR'),
      trace(payment, 'payment.created', {
        'POST /checkout > payment.process > SELECT referrers': 1,
        'POST /checkout > payment.process > POST': 2,
        'POST /checkout > payment.process > INSERT payments': 1,
        'POST /checkout > payment.process > UPDATE payments': 1,
      }),
      spans(
        payment,
        'payment.created',
        'POST',
        { 'http.response.status_code': '200' },
        { 'http.response.status_code': '402', 'error.type': '402', 'otel.status_code': 'ERROR' },
      ),
      spans(payment, 'payment.created', 'payment.process', {
        'payment.outcome': 'declined',
        'payment.failure.code': 'insufficient_funds',
      }),
      spans(payment, 'payment.failed', 'POST /webhooks/stripe', {
        'span.kind': 'server',
        'moneytrail.keep': 'true',
      }),
      lines(payment, 'payment.created', 'WARN payment declined'),
    ],
  }),
];
