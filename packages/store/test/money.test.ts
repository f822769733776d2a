import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ErrorResponse, MoneyRow, PaymentPage, PaymentRow, Store } from '@moneytrail/store';
import fc from 'fast-check';
import {
  cleanUp,
  type EventInput,
  eventRecord,
  get,
  logsRequest,
  NOW_MS,
  post,
  start,
} from './support.ts';

afterAll(cleanUp);

async function send(store: Store, events: readonly EventInput[]): Promise<void> {
  const response = await post(store, '/v1/logs', logsRequest(events.map(eventRecord)));
  expect(response.json).toEqual({});
}

const money = async (store: Store, range = ''): Promise<MoneyRow[]> =>
  (await get<MoneyRow[]>(store, `/api/money${range}`)).json;

describe('GET /api/money', () => {
  it('sums by event and currency, sorted, without events that have no money', async () => {
    const store = await start();
    await send(store, [
      { event: 'refund.succeeded', id: '1', minor: 5, currency: 'USD' },
      { event: 'payment.succeeded', id: '2', minor: 7, currency: 'USD' },
      { event: 'payment.succeeded', id: '3', minor: 0, currency: 'JPY' },
      { event: 'payment.succeeded', id: '4', minor: 8, currency: 'USD' },
      { event: 'payment.created', id: '5' },
      { event: 'webhook.processed', id: '6' },
    ]);
    expect(await money(store)).toEqual([
      { event: 'payment.succeeded', currency: 'JPY', count: 1, amount_minor: '0' },
      { event: 'payment.succeeded', currency: 'USD', count: 2, amount_minor: '15' },
      { event: 'refund.succeeded', currency: 'USD', count: 1, amount_minor: '5' },
    ]);
  });

  it('has separate rows for money of connected accounts', async () => {
    const store = await start();
    const paid = (id: string, minor: number, more: EventInput['more'] = {}): EventInput => ({
      event: 'payout.paid',
      id,
      minor,
      more,
    });
    const connected = { 'account.kind': 'connected' };
    await post(
      store,
      '/v1/logs',
      logsRequest(
        [
          paid('own', 1000),
          paid('a', 50, connected),
          paid('b', 60, connected),
          { ...paid('c', 70, connected), currency: 'USD' },
        ].map(eventRecord),
      ),
    );
    expect(await money(store)).toEqual([
      { event: 'payout.paid', currency: 'EUR', count: 1, amount_minor: '1000' },
      {
        event: 'payout.paid',
        currency: 'EUR',
        account: 'connected',
        count: 2,
        amount_minor: '110',
      },
      { event: 'payout.paid', currency: 'USD', account: 'connected', count: 1, amount_minor: '70' },
    ]);
    await store.close();
  });

  it('is exact beyond the range of numbers and of 64-bit integers', async () => {
    const store = await start();
    const largest = Number.MAX_SAFE_INTEGER;
    const count = 1100;
    await send(
      store,
      Array.from({ length: count }, (_, index) => ({
        event: 'payment.succeeded',
        id: `${index}`,
        minor: largest,
      })),
    );
    const [row] = await money(store);
    expect(row?.amount_minor).toBe((BigInt(largest) * BigInt(count)).toString());
    expect(BigInt(row?.amount_minor ?? 0)).toBeGreaterThan(2n ** 63n);
  });

  it('counts an event once, regardless of how often and in which batch it is sent', async () => {
    const store = await start();
    const events = [1, 2, 3].map((minor) => ({
      event: 'payment.succeeded',
      id: `stripe/${minor}`,
      minor,
    }));
    for (const batch of [events, events, events.slice(1), events.toReversed()])
      await send(store, batch);
    expect(await money(store)).toEqual([
      { event: 'payment.succeeded', currency: 'EUR', count: 3, amount_minor: '6' },
    ]);
  });

  it('counts events without an id each time, and once when their batch is sent again', async () => {
    const store = await start();
    const events = [
      { event: 'payout.created', minor: 10 },
      { event: 'payout.created', minor: 10 },
    ];
    await send(store, events);
    await send(store, events);
    await send(store, [{ event: 'payout.created', minor: 10, atMs: NOW_MS + 1 }]);
    expect(await money(store)).toEqual([
      { event: 'payout.created', currency: 'EUR', count: 3, amount_minor: '30' },
    ]);
  });

  it('keeps the time of an event in the future', async () => {
    const store = await start();
    const atMs = NOW_MS + 86_400_000;
    await send(store, [{ event: 'payment.succeeded', id: 'f', minor: 1, atMs }]);
    expect(await money(store)).toHaveLength(1);
    expect(await money(store, `?to=${NOW_MS}`)).toEqual([]);
    expect(await money(store, `?from=${atMs}`)).toHaveLength(1);
  });
});

describe('a range of time', () => {
  let store: Store;
  const noon = Date.UTC(2026, 2, 29, 12);
  beforeAll(async () => {
    store = await start();
    await send(
      store,
      [0, 1, 2].map((ms) => ({
        event: 'payment.succeeded',
        id: `${ms}`,
        minor: 10 ** ms,
        atMs: noon + ms,
      })),
    );
  });

  it.each([
    ['', '111'],
    [`?from=${noon}`, '111'],
    [`?from=${noon + 1}`, '110'],
    [`?to=${noon + 1}`, '1'],
    [`?from=${noon}&to=${noon + 2}`, '11'],
    ['?from=2026-03-29T12:00:00.001Z', '110'],
    ['?from=2026-03-29t12:00:00.0010001z', '110'],
    ['?from=2026-03-29T12:00:00.001001Z', '100'],
    ['?to=2026-03-29T14:00:00.002%2B02:00', '11'],
    ['?from=2026-03-29%2006:00:00-06:00&to=2026-03-29T12:00:00.001Z', '1'],
    ['?from=&to=', '111'],
  ])('%s is half-open and returns %s', async (range, sum) => {
    expect((await money(store, range))[0]?.amount_minor).toBe(sum);
  });

  it('that ends at its start is empty', async () => {
    expect(await money(store, `?from=${noon}&to=${noon}`)).toEqual([]);
  });

  it.each([
    ['from=yesterday', 'bad_time'],
    ['from=2026-03-29', 'bad_time'],
    ['from=2026-03-29T12:00:00', 'bad_time'],
    ['from=2026-02-29T12:00:00Z', 'bad_time'],
    ['from=2026-04-31T12:00:00Z', 'bad_time'],
    ['from=2026-04-30T24:00:01Z', 'bad_time'],
    ['from=2026-04-30T12:60:00Z', 'bad_time'],
    ['from=1e3', 'bad_time'],
    ['from=1.5', 'bad_time'],
    ['to=9007199254740', 'ok'],
    ['to=9007199254741', 'bad_time'],
    ['from=NaN', 'bad_time'],
    ['from=2&to=1', 'bad_range'],
    ['from=1&to=1', 'ok'],
  ])('%s is %s', async (query, code) => {
    for (const path of ['/api/money', '/api/payments', '/api/summary', '/api/logs']) {
      const response = await get<Partial<ErrorResponse>>(store, `${path}?${query}`);
      expect([path, response.status, response.json.error?.code ?? 'ok']).toEqual([
        path,
        code === 'ok' ? 200 : 400,
        code,
      ]);
    }
  });
});

/** Events of a few payments, so that all kinds occur together. */
const events = fc.uniqueArray(
  fc.record({
    payment: fc.constantFrom('p1', 'p2', 'p3'),
    event: fc.constantFrom(
      ...['payment.created', 'payment.action_required', 'payment.failed', 'payment.canceled'],
      ...[
        'payment.fraud_rejected',
        'payment.succeeded',
        'refund.created',
        'refund.succeeded',
        'refund.failed',
      ],
      ...[
        'dispute.opened',
        'dispute.closed',
        'commission.created',
        'commission.processed',
        'commission.paid',
      ],
      ...['commission.failed', 'commission.reversed', 'transfer.created', 'payout.created'],
    ),
    object: fc.constantFrom('a', 'b'),
    atMs: fc.integer({ min: NOW_MS, max: NOW_MS + 3 }),
    minor: fc.maxSafeNat(),
    currency: fc.constantFrom('EUR', 'USD', 'KWD', 'JPY'),
    reason: fc.constantFrom('insufficient_funds', 'processor_error'),
    method: fc.constantFrom('card', 'wallet', undefined),
  }),
  {
    selector: ({ payment, event, object }) => `${payment}/${event}/${object}`,
    minLength: 1,
    maxLength: 40,
  },
);

type GeneratedEvent = typeof events extends fc.Arbitrary<(infer One)[]> ? One : never;

function toRecord(one: GeneratedEvent): EventInput {
  const { payment, event, object, atMs, minor, currency, reason, method } = one;
  const objectName = event.split('.')[0];
  const more = {
    'payment.id': payment,
    'payment.method.type': method,
    ...(event === 'payment.failed' && {
      'payment.failure.reason': reason,
      'payment.attempt.id': object,
    }),
    ...(objectName !== 'payment' && { [`${objectName}.id`]: `${payment}-${object}` }),
  };
  return { event, id: `${payment}/${event}/${object}`, atMs, minor, currency, more };
}

/** Rows without the data about their arrival. */
async function rows(store: Store): Promise<Omit<PaymentRow, 'revision'>[]> {
  const { json } = await get<PaymentPage>(store, '/api/payments');
  return json.payments.map(({ revision: _, ...row }) => row);
}

describe('in any order of arrival', () => {
  it('payments and money are the same, and each sum is exact', async () => {
    await fc.assert(
      fc.asyncProperty(
        events,
        fc.infiniteStream(fc.nat()),
        fc.integer({ min: 1, max: 5 }),
        async (made, random, size) => {
          const [one, other] = [await start(), await start()];
          await send(one, made.map(toRecord));
          const keys = new Map(
            made.map((event): [GeneratedEvent, number] => [event, random.next().value ?? 0]),
          );
          const mixed = made.toSorted((a, b) => (keys.get(a) ?? 0) - (keys.get(b) ?? 0));
          for (let at = 0; at < mixed.length; at += size)
            await send(other, mixed.slice(at, at + size).map(toRecord));
          expect(await rows(other)).toEqual(await rows(one));
          expect(await money(other)).toEqual(await money(one));
          expect(await money(one)).toEqual(expectedMoney(made));
          await Promise.all([one.close(), other.close()]);
        },
      ),
      { numRuns: 30 },
    );
  });
});

function expectedMoney(made: readonly GeneratedEvent[]): MoneyRow[] {
  const groups = Map.groupBy(made, ({ event, currency }) => `${event} ${currency}`);
  return [...groups.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, group]) => {
      const [event = '', currency = ''] = key.split(' ');
      const sum = group.reduce((total, { minor }) => total + BigInt(minor), 0n);
      return { event, currency, count: group.length, amount_minor: sum.toString() };
    });
}
