/** Objects of several providers with the same id, and references without a provider. */
import { afterEach, describe, expect, it } from '@jest/globals';
import type {
  ErrorResponse,
  LogRow,
  MoneyRow,
  PaymentPage,
  PaymentTrail,
  Store,
} from '@moneytrail/store';
import fc from 'fast-check';
import {
  attributes,
  cleanUp,
  type EventInput,
  eventRecord,
  get,
  line,
  logsRequest,
  NOW_MS,
  nanos,
  post,
  span,
  start,
  TRACE,
  tracesRequest,
} from './support.ts';

afterEach(cleanUp);

/** An event at a provider; an empty provider means none. */
function at(
  provider: string,
  event: string,
  ids: Readonly<Record<string, string>>,
  minor = 100,
): EventInput {
  const more = { 'payment.provider': provider === '' ? undefined : provider, ...ids };
  return { event, id: `${provider}/${JSON.stringify(ids)}/${event}`, minor, more };
}

async function send(store: Store, ...events: EventInput[]): Promise<void> {
  expect((await post(store, '/v1/logs', logsRequest(events.map(eventRecord)))).json).toEqual({});
}

async function list(store: Store, query = ''): Promise<PaymentPage> {
  return (await get<PaymentPage>(store, `/api/payments${query}`)).json;
}

async function trailOf(store: Store, address: string): Promise<PaymentTrail> {
  const { status, json } = await get<PaymentTrail>(store, `/api/payments/${address}`);
  expect(status).toBe(200);
  return json;
}

describe('one id at two providers', () => {
  const P = { 'payment.id': 'p1' };

  it('is two payments with an address each, and the address without a provider lists both', async () => {
    const store = await start();
    await send(store, at('stripe', 'payment.succeeded', P, 700));
    expect((await trailOf(store, 'p1')).payment).toMatchObject({ provider: 'stripe' });
    await send(store, at('braintree', 'payment.failed', P, 500));
    expect((await list(store)).payments).toMatchObject([
      { provider: 'stripe', id: 'p1', outcome: 'succeeded', amount_minor: '700' },
      { provider: 'braintree', id: 'p1', outcome: 'declined', amount_minor: '500' },
    ]);
    const { status, json } = await get<ErrorResponse>(store, '/api/payments/p1');
    expect([status, json.error.code]).toEqual([409, 'ambiguous_payment']);
    expect(json.error.message).toContain('braintree, stripe');
    for (const provider of ['stripe', 'braintree']) {
      const { payment, events } = await trailOf(store, `${provider}/p1`);
      expect(payment).toMatchObject({ provider, id: 'p1' });
      expect(events.map(({ attributes: given }) => given['payment.provider'])).toEqual([provider]);
    }
    expect((await get(store, '/api/payments/adyen/p1')).status).toBe(404);
  });

  it.each<[string, string, Readonly<Record<string, string>>]>([
    ['refund', 'refund.succeeded', { 'refund.id': 'r1' }],
    ['dispute', 'dispute.opened', { 'dispute.id': 'd1' }],
  ])('as a %s is deducted only from the payment of its own provider', async (kind, event, ids) => {
    const store = await start();
    for (const provider of ['stripe', 'braintree'])
      await send(store, at(provider, 'payment.succeeded', P, 700));
    await send(store, at('stripe', event, { ...P, ...ids }, 70));
    await send(store, at('braintree', event, { ...P, ...ids }, 7));
    for (const [provider, minor] of [
      ['stripe', '70'],
      ['braintree', '7'],
    ]) {
      expect((await trailOf(store, `${provider}/p1`)).deductions).toMatchObject([
        { kind, amount_minor: minor },
      ]);
    }
  });

  it('as a transfer is part only of the payment of its own provider', async () => {
    const store = await start();
    for (const [provider, minor] of [
      ['stripe', 700],
      ['braintree', 500],
    ] as const) {
      await send(store, at(provider, 'payment.succeeded', P, minor));
      await send(store, at(provider, 'transfer.created', { ...P, 'transfer.id': 't1' }, minor));
    }
    expect((await trailOf(store, 'stripe/p1')).split).toEqual({
      adds_up: true,
      parts: [{ kind: 'creator', id: 't1', amount_minor: '700', note: 'transferred' }],
    });
  });

  it('is two commissions and two payouts', async () => {
    const store = await start();
    for (const [provider, minor] of [
      ['stripe', 70],
      ['braintree', 50],
    ] as const) {
      const ids = { ...P, 'commission.id': 'c1', 'payout.id': 'po1' };
      await send(store, at(provider, 'payment.succeeded', P, 700));
      await send(store, at(provider, 'commission.paid', ids, minor));
      await send(store, at(provider, 'payout.paid', { 'payout.id': 'po1' }, minor * 10));
    }
    const { payment, commissions, payouts } = await trailOf(store, 'braintree/p1');
    expect(payment.commission_minor).toBe('50');
    expect(commissions).toMatchObject([{ provider: 'braintree', id: 'c1', amount_minor: '50' }]);
    expect(payouts).toMatchObject([
      { provider: 'braintree', id: 'po1', status: 'paid', amount_minor: '500' },
    ]);
  });

  it('has a trace and lines of its own', async () => {
    const store = await start();
    const other = '5'.repeat(32);
    for (const [provider, traceId] of [
      ['stripe', TRACE],
      ['braintree', other],
    ] as const) {
      const named = attributes({ 'payment.id': 'p1', 'payment.provider': provider });
      await send(store, at(provider, 'payment.succeeded', P));
      const end = nanos(NOW_MS + (provider === 'stripe' ? 412 : 7));
      const own = { traceId, attributes: named, endTimeUnixNano: end };
      await post(store, '/v1/traces', tracesRequest([span(own)]));
      await post(store, '/v1/logs', logsRequest([line(`of ${provider}`, { attributes: named })]));
    }
    const { payment, trace_ids: traces, logs } = await trailOf(store, 'braintree/p1');
    expect(payment).toMatchObject({ took_ms: 7, trace_id: other });
    expect([traces, logs.map(({ body }) => body)]).toEqual([[other], ['of braintree']]);
    const bodies = async (query: string): Promise<string[]> =>
      (await get<LogRow[]>(store, `/api/logs?${query}`)).json.map(({ body }) => body);
    expect(await bodies('payment_id=p1&provider=stripe')).toEqual([
      'payment.succeeded',
      'of stripe',
    ]);
    expect(await bodies('payment_id=p1')).toHaveLength(4);
    const { status, json } = await get<ErrorResponse>(store, '/api/logs?provider=stripe');
    expect([status, json.error.code]).toEqual([400, 'bad_filter']);
  });

  it('can be on both sides of a page boundary', async () => {
    const store = await start();
    const providers = ['adyen', 'braintree', 'paypal', 'stripe'];
    for (const provider of providers) await send(store, at(provider, 'payment.succeeded', P));
    const seen: string[] = [];
    let next = '';
    do {
      const page = await list(store, `?limit=1&before=${encodeURIComponent(next)}`);
      seen.push(...page.payments.map(({ provider }) => provider));
      next = page.next ?? '';
    } while (next !== '');
    expect(seen).toEqual(providers.toReversed());
  });

  it('matches the events of each provider, in any order of arrival', async () => {
    const store = await start();
    const provider = fc.constantFrom('stripe', 'braintree', 'paypal');
    const event = fc.constantFrom('payment.succeeded', 'payment.canceled', 'payment.failed');
    const events = fc.uniqueArray(fc.tuple(provider, event, fc.constantFrom('1', '2')), {
      minLength: 1,
      maxLength: 12,
      selector: (one) => one.join(),
    });
    let run = 0;
    await fc.assert(
      fc.asyncProperty(events, async (given) => {
        run += 1;
        const id = (payment: string): string => `run${run}-${payment}`;
        for (const [owner, name, payment] of given)
          await send(store, at(owner, name, { 'payment.id': id(payment) }));
        const rows = (await list(store, `?q=run${run}-`)).payments;
        const expected = new Set(given.map(([owner, , payment]) => `${owner} ${id(payment)}`));
        expect(new Set(rows.map((row) => `${row.provider} ${row.id}`))).toEqual(expected);
        expect(rows).toHaveLength(expected.size);
        const succeeded = given.filter(([, name]) => name === 'payment.succeeded').length;
        expect(rows.filter(({ outcome }) => outcome === 'succeeded')).toHaveLength(succeeded);
      }),
      { numRuns: 25 },
    );
    const money = (await get<MoneyRow[]>(store, '/api/money')).json;
    const rows = (await list(store, '?outcome=succeeded&limit=1000')).payments;
    expect(money.find((row) => row.event === 'payment.succeeded')?.count).toBe(rows.length);
  });
});

describe('an event without a provider', () => {
  const OF_P = { 'payment.id': 'p1', 'commission.id': 'c1' };
  const COMMISSION = at('', 'commission.created', OF_P, 70);

  it.each([
    ['before', [COMMISSION, at('stripe', 'payment.succeeded', { 'payment.id': 'p1' }, 700)]],
    ['after', [at('stripe', 'payment.succeeded', { 'payment.id': 'p1' }, 700), COMMISSION]],
  ])(
    'belongs to the payment of the only provider that has it, when it arrives %s it',
    async (...[, events]) => {
      const store = await start();
      for (const one of events) await send(store, one);
      expect((await list(store)).payments).toMatchObject([
        { provider: 'stripe', id: 'p1', commission_minor: '70' },
      ]);
      for (const address of ['stripe/p1', '_OTHER/p1']) {
        const { payment, events, commissions } = await trailOf(store, address);
        expect([payment.provider, events.length]).toEqual(['stripe', 2]);
        expect(commissions).toMatchObject([{ provider: '_OTHER', id: 'c1' }]);
      }
    },
  );

  it.each([
    ['none has', []],
    ['several have', ['braintree', 'stripe']],
  ])(
    'belongs to a payment of no known provider when %s one, and is counted once',
    async (...[, providers]) => {
      const store = await start();
      await send(store, COMMISSION);
      for (const provider of providers)
        await send(store, at(provider, 'payment.succeeded', { 'payment.id': 'p1' }, 700));
      const { payments } = await list(store);
      expect(payments.map(({ provider }) => provider).sort()).toEqual(
        ['_OTHER', ...providers].sort(),
      );
      for (const { provider } of payments) {
        const { commissions } = await trailOf(store, `${provider}/p1`);
        expect(commissions).toHaveLength(provider === '_OTHER' ? 1 : 0);
      }
    },
  );
});
