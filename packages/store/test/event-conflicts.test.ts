/** Events that arrive again: with another amount, with an amount for the first time, from another version of the SDK. */
import { afterEach, describe, expect, it } from '@jest/globals';
import type { Drops, LogRow, MoneyRow, PaymentPage, Store } from '@moneytrail/store';
import { writeOldFile } from './old-schemas.ts';
import {
  attributes,
  cleanUp,
  eventRecord,
  get,
  logsRequest,
  NOW_MS,
  nanos,
  post,
  resource,
  start,
  temporaryFolder,
} from './support.ts';

afterEach(cleanUp);

const money = async (store: Store): Promise<MoneyRow[]> =>
  (await get<MoneyRow[]>(store, '/api/money')).json;
const drops = async (store: Store): Promise<[string, number][]> =>
  (await get<Drops>(store, '/api/drops')).json.drops.map(({ cause, count }) => [cause, count]);

interface Given {
  readonly minor?: number;
  readonly currency?: string;
  readonly atMs?: number;
  readonly event?: string;
}

const ID = 'stripe/pi_1/payment.succeeded';
const payment = ({ event = 'payment.succeeded', ...given }: Given = {}): unknown =>
  eventRecord({ event, id: ID, ...given, more: { 'payment.id': 'pi_1' } });

/** The same conflict as the SDK sends it, when it still has the first amount in memory. */
const reportedConflict = (minor: number, atMs: number): unknown => ({
  ...Object(payment({ minor, atMs })),
  attributes: attributes({
    'moneytrail.event.id': `${ID}/${minor}-EUR`,
    'moneytrail.event.conflict': true,
    'payment.id': 'pi_1',
    'money.amount_minor': minor,
    'money.currency': 'EUR',
  }),
});

describe('an event that is stored with another amount', () => {
  it.each<[string, unknown[], number]>([
    ['another amount, sent once', [payment({ minor: 700 })], 1],
    ['another currency', [payment({ minor: 100, currency: 'USD' })], 1],
    ['another event', [payment({ minor: 100, event: 'payment.created' })], 1],
    [
      'another amount, delivered three times with times of their own',
      [1, 2, 3].map((n) => payment({ minor: 700, atMs: NOW_MS + n })),
      1,
    ],
    [
      'two other amounts, each delivered twice',
      [700, 800, 700, 800].map((minor, n) => payment({ minor, atMs: NOW_MS + n })),
      2,
    ],
    [
      'another amount, reported by the SDK and found by the store',
      [
        reportedConflict(700, NOW_MS + 1),
        payment({ minor: 700 }),
        reportedConflict(700, NOW_MS + 2),
      ],
      1,
    ],
    ['the same amount', [payment({ minor: 100, atMs: NOW_MS + 1 })], 0],
    ['no amount', [payment()], 0],
  ])(
    'as %s: the first one counts, and each conflict is stored and counted once',
    async (...row) => {
      const [, given, conflicts] = row;
      const dataDir = temporaryFolder();
      let store = await start({ dataDir });
      await post(store, '/v1/logs', logsRequest([payment({ minor: 100 })]));
      for (const record of [...given, ...given])
        await post(store, '/v1/logs', logsRequest([record]));
      await store.close();
      store = await start({ dataDir });
      await post(store, '/v1/logs', logsRequest([...given, payment({ minor: 100 })]));
      expect(await money(store)).toMatchObject([
        { count: 1, amount_minor: '100', currency: 'EUR' },
      ]);
      expect(await drops(store)).toEqual(conflicts > 0 ? [['conflict', conflicts]] : []);
      const lines = (await get<LogRow[]>(store, '/api/logs')).json;
      expect(lines).toHaveLength(1 + conflicts);
      expect((await get<PaymentPage>(store, '/api/payments')).json.payments).toMatchObject([
        { amount_minor: '100' },
      ]);
    },
  );
});

describe('an event that is stored without an amount', () => {
  it.each([
    ['in a request of its own', [[payment()], [payment({ minor: 700 })]], 1],
    ['in the same request', [[payment(), payment({ minor: 700 })]], 1],
    ['first', [[payment({ minor: 700 })], [payment()]], 0],
  ])(
    'has the amount that arrives %s, as if it had arrived first',
    async (_, requests, completed) => {
      const store = await start();
      for (const records of [...requests, ...requests])
        await post(store, '/v1/logs', logsRequest(records));
      expect(await money(store)).toMatchObject([{ count: 1, amount_minor: '700' }]);
      expect((await get<PaymentPage>(store, '/api/payments')).json.payments).toMatchObject([
        { id: 'pi_1', amount_minor: '700', outcome: 'succeeded', attempts: 1 },
      ]);
      expect(await drops(store)).toEqual(completed > 0 ? [['completed', completed]] : []);
      await post(store, '/v1/logs', logsRequest([payment({ minor: 800 })]));
      expect(await money(store)).toMatchObject([{ count: 1, amount_minor: '700' }]);
      expect(await drops(store)).toContainEqual(['conflict', 1]);
    },
  );

  it('belongs to the payment of the record with the amount', async () => {
    const store = await start();
    await post(store, '/v1/logs', logsRequest([payment()]));
    const named = eventRecord({
      event: 'payment.succeeded',
      id: ID,
      minor: 1,
      more: { 'payment.id': 'pi_2' },
    });
    await post(store, '/v1/logs', logsRequest([named]));
    const { payments } = (await get<PaymentPage>(store, '/api/payments')).json;
    expect(payments.map(({ id }) => id)).toEqual(['pi_2']);
  });
});

describe('a payment that is captured in parts', () => {
  const part = (minor: number): unknown =>
    eventRecord({
      event: 'payment.succeeded',
      id: ID,
      minor,
      more: { 'payment.id': 'pi_1', 'payment.capture': 'part' },
    });
  const whole = payment({ minor: 900 });

  it.each([
    ['as it grows', [part(300), part(700), whole], [['completed', 2]]],
    ['with its end first', [whole, part(700), part(300)], []],
    ['with its end in between', [part(300), whole, part(700)], [['completed', 1]]],
    ['three times', [part(700), part(700), part(700), whole], [['completed', 1]]],
  ])('has the greatest amount, sent %s', async (_, records, expected) => {
    const store = await start();
    for (const record of records) await post(store, '/v1/logs', logsRequest([record]));
    expect(await money(store)).toMatchObject([{ count: 1, amount_minor: '900' }]);
    expect((await get<PaymentPage>(store, '/api/payments')).json.payments).toMatchObject([
      { id: 'pi_1', amount_minor: '900', attempts: 1 },
    ]);
    expect(await drops(store)).toEqual(expected);
  });

  it('is a conflict in another currency', async () => {
    const store = await start();
    const more = { 'payment.id': 'pi_1', 'payment.capture': 'part' };
    const other = eventRecord({
      event: 'payment.succeeded',
      id: ID,
      minor: 5,
      currency: 'JPY',
      more,
    });
    await post(store, '/v1/logs', logsRequest([whole, other]));
    expect(await drops(store)).toEqual([['conflict', 1]]);
  });
});

describe('an event with the id of an older version', () => {
  /** A commission of a service as a version of the SDK sends it. */
  const commission = (owner: string, minor = 500): unknown => ({
    timeUnixNano: nanos(NOW_MS),
    eventName: 'moneytrail.commission.created',
    attributes: attributes({
      'moneytrail.event.id': `${owner}/7/commission.created`,
      'commission.id': '7',
      'money.amount_minor': minor,
      'money.currency': 'EUR',
    }),
  });

  /** A store with one event of `_OTHER`, as schema version 2 left it. */
  async function oldStore(): Promise<Store> {
    const dataDir = temporaryFolder();
    writeOldFile(
      dataDir,
      2,
      `INSERT INTO resources VALUES (1, 'd', 'shop', '', '', '{}', 0);
      INSERT INTO events VALUES (1, '_OTHER/7/commission.created', 'commission.created', ${NOW_MS}000, ${NOW_MS}, 'INFO', '', 1,
        NULL, NULL, NULL, '7', NULL, 500, 'EUR', '{"commission.id":"7"}')`,
    );
    return start({ dataDir });
  }

  it.each([
    ['by the old version', '_OTHER', 'shop', 1],
    ['by a version that names the service', 'service:shop', 'shop', 1],
    ['by a version that names the provider', 'mollie', 'shop', 1],
    ['by another service, whose object it is not', 'service:payouts', 'payouts', 2],
    ['by another service in the old way', '_OTHER', 'payouts', 2],
    ['with a provider that every version names', 'stripe', 'shop', 2],
  ])('is a duplicate when it is delivered again %s', async (_, owner, service, count) => {
    const store = await oldStore();
    for (const again of [1, 2]) {
      const request = logsRequest([commission(owner)], resource(service, { again }));
      expect((await post(store, '/v1/logs', request)).status).toBe(200);
    }
    expect(await money(store)).toMatchObject([{ count }]);
    expect(await drops(store)).toEqual([]);
  });

  it('is a conflict when it is delivered again with another amount', async () => {
    const store = await oldStore();
    await post(store, '/v1/logs', logsRequest([commission('mollie', 600)]));
    expect(await money(store)).toMatchObject([{ count: 1, amount_minor: '500' }]);
    expect(await drops(store)).toEqual([['conflict', 1]]);
  });

  it('is a duplicate when the new version was first', async () => {
    const store = await start();
    for (const owner of ['service:shop', '_OTHER', 'service:shop'])
      await post(store, '/v1/logs', logsRequest([commission(owner)]));
    expect(await money(store)).toMatchObject([{ count: 1 }]);
  });

  it('is not a duplicate of an event of another provider', async () => {
    const store = await start();
    for (const owner of ['mollie', 'square', 'service:shop'])
      await post(store, '/v1/logs', logsRequest([commission(owner)]));
    expect(await money(store)).toMatchObject([{ count: 3 }]);
  });
});
