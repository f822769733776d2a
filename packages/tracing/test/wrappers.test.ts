/** Tests of the spans around payments, database operations and external calls. */
import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { money } from '@moneytrail/catalogue';
import {
  traceCommission,
  traceDatabase,
  traceExternal,
  tracePayment,
  tracePayout,
} from '@moneytrail/tracing';
import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { startSpans, takeSpan, takeSpans } from './spans.ts';

beforeAll(startSpans);
beforeEach(() => void takeSpans());

const amount = money(1999n, 'EUR');

describe('the wrappers', () => {
  it('trace a payment with the names of the catalogue', async () => {
    const payment = {
      provider: 'stripe',
      id: 'pi_1',
      attempt: 'ch_1',
      method: 'card',
      purpose: 'subscription',
      amount,
    } as const;
    expect(await tracePayment(payment, async () => 'succeeded')).toBe('succeeded');
    expect(takeSpan()).toMatchObject({
      name: 'payment.process',
      kind: SpanKind.INTERNAL,
      attributes: {
        'payment.provider': 'stripe',
        'payment.id': 'pi_1',
        'payment.attempt.id': 'ch_1',
        'payment.method.type': 'card',
        'payment.purpose': 'subscription',
        'money.amount_minor': 1999,
        'money.currency': 'EUR',
      },
    });
  });

  it('trace a commission and a payout', () => {
    traceCommission({ id: 'co_1', tier: '2', payment: 'pi_1', amount }, () => undefined);
    expect(takeSpan()).toMatchObject({
      name: 'commission.process',
      attributes: {
        'commission.id': 'co_1',
        'commission.tier': '2',
        'payment.id': 'pi_1',
        'money.amount_minor': 1999,
      },
    });
    tracePayout({ provider: 'stripe', id: 'po_1', method: 'instant', amount }, () => undefined);
    expect(takeSpan()).toMatchObject({
      name: 'payout.process',
      attributes: { 'payout.id': 'po_1', 'payout.method': 'instant', 'money.currency': 'EUR' },
    });
  });

  it.each([
    ['eur', 'EUR'],
    ['btc', 'btc'],
  ])('write the currency %s of an amount as %s', (currency, written) => {
    tracePayment({ amount: { minor: 1n, currency } }, () => undefined);
    expect(takeSpan()?.attributes['money.currency']).toBe(written);
  });

  it('write an amount that is not exact as a number as text', () => {
    tracePayout({ amount: money(2n ** 60n, 'JPY') }, () => undefined);
    expect(takeSpan().attributes['money.amount_minor']).toBe('1152921504606846976');
  });

  it.each([
    [{ system: 'postgresql', operation: 'SELECT' }, 'SELECT'],
    [{ system: 'postgresql', operation: 'INSERT', collection: 'ledger' }, 'INSERT ledger'],
  ])('trace the database operation %j as %j', (query, name) => {
    traceDatabase(query, () => undefined);
    expect(takeSpan()).toMatchObject({
      name,
      kind: SpanKind.CLIENT,
      attributes: { 'db.system.name': 'postgresql', 'db.operation.name': query.operation },
    });
  });

  it.each([
    [{ address: 'api.stripe.com' }, 'api.stripe.com', {}],
    [
      { address: 'api.stripe.com', port: 443, method: 'POST' },
      'POST api.stripe.com',
      { 'server.port': 443, 'http.request.method': 'POST' },
    ],
  ])('trace the external call %j as %j', (call, name, attributes) => {
    traceExternal(call, () => undefined);
    expect(takeSpan()).toMatchObject({
      name,
      kind: SpanKind.CLIENT,
      attributes: { 'server.address': 'api.stripe.com', ...attributes },
    });
  });

  it('leave out undeclared fields', () => {
    // @ts-expect-error: there is no field for a customer because it is personal data.
    tracePayment({ id: 'pi_1', customer: 'cus_1' }, () => undefined);
    expect(takeSpan().attributes).toEqual({ 'payment.id': 'pi_1' });
  });

  it.each([[undefined], [null], [{}], [{ amount: 'a lot' }], [{ amount: { minor: {} } }]])(
    'run the function even with the fields %j',
    (fields) => {
      for (const wrapper of [tracePayment, traceDatabase, traceExternal]) {
        // @ts-expect-error: callers without types may pass any value.
        expect(wrapper(fields, () => 'ran')).toBe('ran');
      }
      expect(takeSpans().every((span) => span.status.code === SpanStatusCode.UNSET)).toBe(true);
    },
  );
});
