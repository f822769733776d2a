import { beforeAll, describe, expect, it } from '@jest/globals';
import {
  bodyOf,
  deliver,
  eventsAmong,
  type RecordedEvent,
  recordedBy,
  startRecording,
  webhookOfTest,
} from './support.ts';

const webhook = webhookOfTest();
let ids = 0;

function eventOf(type: string, object: object): RecordedEvent | undefined {
  ids += 1;
  const usual = { id: `object_${ids}`, amount: 100, currency: 'eur' };
  const body = bodyOf({ type, object: { ...usual, ...object } });
  return eventsAmong(recordedBy(() => deliver(webhook, body)))[0];
}

beforeAll(startRecording);

describe('the reason of a failed charge', () => {
  it.each([
    ['insufficient_funds', 'insufficient_funds', 'declined'],
    ['generic_decline', 'do_not_honor', 'declined'],
    ['expired_card', 'card_expired', 'declined'],
    ['incorrect_cvc', 'invalid_card_data', 'declined'],
    ['authentication_required', 'authentication_required', 'declined'],
    ['authentication_not_handled', 'authentication_failed', 'declined'],
    ['fraudulent', 'fraud_suspected', 'declined'],
    ['pickup_card', 'lost_or_stolen', 'declined'],
    ['card_velocity_exceeded', 'limit_exceeded', 'declined'],
    ['currency_not_supported', 'not_supported', 'declined'],
    ['issuer_not_available', 'processor_error', 'error'],
    ['card_decline_rate_limit_exceeded', 'rate_limited', 'error'],
    ['payment_method_customer_decline', 'canceled_by_customer', 'declined'],
    ['a_code_of_tomorrow', '_OTHER', 'declined'],
    ['constructor', '_OTHER', 'declined'],
  ])('%s is %s', (code, reason, outcome) => {
    const event = eventOf('charge.failed', { failure_code: code });
    expect(event).toMatchObject({
      'payment.failure.reason': reason,
      'payment.failure.code': code,
      'payment.outcome': outcome,
    });
  });

  it('is the decline code where there is one, and card_declined otherwise', () => {
    const failure_code = 'card_declined';
    const specific = eventOf('charge.failed', { failure_code, outcome: { reason: 'lost_card' } });
    const general = eventOf('charge.failed', { failure_code, outcome: { reason: null } });
    expect(specific?.['payment.failure.reason']).toBe('lost_or_stolen');
    expect(general?.['payment.failure.reason']).toBe('do_not_honor');
  });

  it('is the same from the intent', () => {
    const event = eventOf('payment_intent.payment_failed', {
      latest_charge: { id: 'ch_1', outcome: { type: 'blocked', reason: 'rule' } },
      last_payment_error: { type: 'card_error', code: 'card_declined' },
    });
    expect(event).toMatchObject({
      'payment.attempt.id': 'ch_1',
      'payment.failure.reason': 'fraud_suspected',
      'payment.failure.code': 'rule',
    });
  });

  it('is an error of the processor when the API failed', () => {
    const event = eventOf('payment_intent.payment_failed', {
      last_payment_error: { type: 'api_error' },
    });
    expect(event).toMatchObject({
      'payment.failure.reason': 'processor_error',
      'payment.outcome': 'error',
    });
  });
});

describe('the method of a payment', () => {
  it.each([
    ['card_present', 'card'],
    ['paypal', 'wallet'],
    ['customer_balance', 'bank_transfer'],
    ['sepa_debit', 'bank_debit'],
    ['ideal', 'bank_redirect'],
    ['klarna', 'pay_later'],
    ['oxxo', 'cash'],
    ['a_method_of_tomorrow', '_OTHER'],
  ])('%s is %s', (type, method) => {
    const event = eventOf('charge.succeeded', { payment_method_details: { type } });
    expect(event?.['payment.method.type']).toBe(method);
  });

  it.each([
    ['the source of an old charge', 'charge.succeeded', { source: { object: 'card' } }, 'card'],
    [
      'an expanded method',
      'payment_intent.canceled',
      { payment_method: { type: 'klarna' } },
      'pay_later',
    ],
    [
      'the allowed types of an old intent',
      'payment_intent.created',
      { allowed_source_types: ['card'] },
      'card',
    ],
    [
      'two allowed types',
      'payment_intent.created',
      { payment_method_types: ['card', 'link'] },
      undefined,
    ],
    [
      'types that are not strings',
      'payment_intent.created',
      { payment_method_types: [1] },
      undefined,
    ],
  ])('is read from %s', (_, type, object, method) => {
    expect(eventOf(type, object)?.['payment.method.type']).toBe(method);
  });
});

describe('the purpose of a payment', () => {
  it.each([
    ['top_up', { metadata: { purpose: 'top_up' }, invoice: 'in_1' }],
    ['subscription', { metadata: { purpose: 'world peace' }, invoice: { id: 'in_1' } }],
    ['_OTHER', { metadata: null, invoice: null }],
    ['_OTHER', { metadata: { purpose: '_OTHER' } }],
    ['subscription', { payment_details: { order_reference: 'in_1', customer_reference: null } }],
    ['_OTHER', { payment_details: { order_reference: 'order 7' } }],
    ['_OTHER', { payment_details: { order_reference: 'inn_1' } }],
    ['_OTHER', { payment_details: null, description: 'Subscription update' }],
    ['tip', { metadata: { purpose: 'tip' }, payment_details: { order_reference: 'in_1' } }],
  ])('is %s for %j', (purpose, object) => {
    expect(eventOf('charge.succeeded', object)?.['payment.purpose']).toBe(purpose);
    expect(eventOf('payment_intent.succeeded', object)?.['payment.purpose']).toBe(purpose);
  });

  it.each([
    ['its intent', { payment_intent: 'PAID' }, 'payment_intent.succeeded', { id: 'PAID' }],
    ['its intent', { payment_intent: 'PAID' }, 'charge.succeeded', { payment_intent: 'PAID' }],
    ['its charge', { charge: { id: 'PAID' } }, 'charge.succeeded', { id: 'PAID' }],
  ])('is subscription when an invoice was paid by %s before: %j, %s', (_, by, type, object) => {
    const [paid, tie] = [`paid_${ids}`, { invoice: 'in_1', payment: by }];
    const named = <Value>(value: Value): Value =>
      JSON.parse(JSON.stringify(value).replaceAll('PAID', paid));
    deliver(webhook, bodyOf({ type: 'invoice_payment.paid', object: named(tie) }));
    expect(eventOf(type, named(object))?.['payment.purpose']).toBe('subscription');
  });

  it('is not that of the equal id of another account', () => {
    const object = { invoice: 'in_1', payment: { payment_intent: 'pi_of_two' } };
    deliver(webhook, bodyOf({ type: 'invoice_payment.paid', object, account: 'acct_1' }));
    const event = eventOf('payment_intent.succeeded', { id: 'pi_of_two' });
    expect(event?.['payment.purpose']).toBe('_OTHER');
  });
});

describe('the fee of the platform', () => {
  it.each([
    ['its amount', { application_fee_amount: 12 }, 12],
    ['the fee itself, as older versions expand it', { application_fee: { amount: 13 } }, 13],
    ['the id of a fee', { application_fee: 'fee_1' }, undefined],
    ['nothing', { application_fee_amount: null, application_fee: null }, undefined],
  ])('is read from %s', (_, object, minor) => {
    expect(eventOf('charge.succeeded', object)?.['platform_fee.amount_minor']).toBe(minor);
  });
});

describe('an amount in Stripe’s minor units', () => {
  it.each([
    [1999, 'usd', 1999, 'USD', 2],
    [0, 'usd', 0, 'USD', 2],
    [500, 'jpy', 500, 'JPY', 0],
    [1230, 'kwd', 1230, 'KWD', 3],
    [500, 'ugx', 5, 'UGX', 0],
    [700, 'isk', 7, 'ISK', 0],
    [3, 'mga', 300, 'MGA', 2],
    [Number.MAX_SAFE_INTEGER, 'eur', Number.MAX_SAFE_INTEGER, 'EUR', 2],
  ])('%s %s is %s %s', (amount, currency, minor, code, exponent) => {
    expect(eventOf('payout.paid', { amount, currency })).toMatchObject({
      'money.amount_minor': minor,
      'money.currency': code,
      'money.exponent': exponent,
    });
  });
});
