/** Requests in which one part violates OTLP: every part, with every kind of wrong value. */
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Drops, MoneyRow, PaymentPage, Store } from '@moneytrail/store';
import {
  attributes,
  cleanUp,
  counter,
  eventRecord,
  gauge,
  get,
  histogram,
  logsRequest,
  metricsRequest,
  point,
  post,
  span,
  start,
  TRACE,
  tracesRequest,
} from './support.ts';

jest.setTimeout(60_000);

let store: Store;
beforeAll(async () => {
  store = await start();
});
afterAll(cleanUp);

type Path = readonly (string | number)[];

/** A value whose own `toString` is not a function, as a member in JSON and as a map in OTLP. */
const ODD: readonly unknown[] = [
  null,
  true,
  -1,
  1.5,
  2 ** 63,
  'x',
  '\u0000',
  [],
  [null],
  { toString: 1 },
  { kvlistValue: { values: [{ key: 'toString', value: { stringValue: 'x' } }] } },
];

/** All paths within a value of objects and lists. */
function places(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const keys = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
  const inner = keys.flatMap((key) => places(Reflect.get(value, key), [...path, key]));
  return path.length === 0 ? inner : [path, ...inner];
}

/** The value with each of the odd values at a path. */
function spoilt(value: unknown, place: Path): unknown[] {
  return ODD.map((odd) => put(value, place, odd));
}

/** A copy with another value at a path. */
function put(value: unknown, [key, ...rest]: Path, odd: unknown): unknown {
  if (key === undefined) return odd;
  const copy = Array.isArray(value) ? [...value] : { ...Object(value) };
  copy[key] = put(Reflect.get(Object(value), key), rest, odd);
  return copy;
}

const RECORDS: readonly (readonly [string, unknown, (records: unknown[]) => unknown, unknown])[] = [
  [
    '/v1/logs',
    {
      ...Object(eventRecord({ event: 'payment.succeeded', id: 'odd', minor: 5, traceId: TRACE })),
      attributes: attributes({
        'moneytrail.event.id': 'odd',
        'money.amount_minor': 5,
        'money.currency': 'EUR',
        'payment.id': 'pi_odd',
        'payment.provider': 'stripe',
        'platform_fee.amount_minor': 1,
        'commission.id': 'co_odd',
        'moneytrail.event.duration': 1.5,
      }),
    },
    logsRequest,
    eventRecord({
      event: 'payment.succeeded',
      id: 'good',
      minor: 1,
      more: { 'payment.id': 'pi_odd' },
    }),
  ],
  [
    '/v1/traces',
    span({
      parentSpanId: '00f067aa0ba902b8',
      status: { code: 1, message: 'x' },
      attributes: attributes({ 'payment.id': 'pi_odd' }),
      events: [{ timeUnixNano: '1', name: 'e', attributes: attributes({ kept: true }) }],
      links: [{ traceId: TRACE, spanId: '00f067aa0ba902b7' }],
    }),
    tracesRequest,
    span({ spanId: 'c'.repeat(16) }),
  ],
  ['/v1/metrics', counter('c', [point(1, { a: 'b' })]), metricsRequest, gauge('good', [point(1)])],
  ['/v1/metrics', histogram('h'), metricsRequest, gauge('good', [point(1)])],
];

const QUERIES = [
  '/api/money',
  '/api/payments',
  '/api/payments/pi_odd',
  '/api/summary',
  '/api/logs?limit=5000',
  `/api/traces/${TRACE}`,
  `/api/v1/query?query=${encodeURIComponent('{job=~".+"}')}`,
  '/api/status',
  '/api/drops',
  '/api/health',
];

describe('a part that violates OTLP', () => {
  it.each(RECORDS)(
    'within a record for %s spoils that record at most',
    async (path, record, requestOf, good) => {
      const wrong: unknown[] = [];
      for (const odd of [[], ...places(record)].flatMap((place) => spoilt(record, place))) {
        const response = await post(store, path, requestOf([odd, good]));
        const refused = Object.values(response.json.partialSuccess ?? {})[0] ?? '0';
        if (response.status !== 200 || Number(refused) > 1) wrong.push([odd, response.text]);
      }
      expect(wrong).toEqual([]);
      const statuses = QUERIES.map(async (query) => [query, (await get(store, query)).status]);
      const failed = (await Promise.all(statuses)).filter(([, status]) => Number(status) >= 500);
      expect(failed).toEqual([]);
    },
  );

  it.each(RECORDS)('anywhere in a request for %s never makes the store fail', async (...row) => {
    const [path, record, requestOf] = row;
    const request = requestOf([record]);
    const statuses = new Set<number>();
    for (const place of places(request).filter(({ length }) => length <= 6)) {
      for (const odd of spoilt(request, place)) statuses.add((await post(store, path, odd)).status);
    }
    expect([...statuses].sort()).toEqual([200, 400]);
  });

  it.each([
    ['resourceLogs', '/v1/logs'],
    ['resourceSpans', '/v1/traces'],
    ['resourceMetrics', '/v1/metrics'],
  ])('above the records, as null among %s, gets a response of 400', async (name, path) => {
    expect((await post(store, path, { [name]: [null] })).status).toBe(400);
    expect(
      (await post(store, path, { [name]: [{ resource: { attributes: [null] } }] })).status,
    ).toBe(400);
  });
});

describe('a fee that is not a whole number of minor units', () => {
  const values = [
    [{ doubleValue: 1.5 }, 'fractional_amount'],
    [{ doubleValue: 0.99999 }, 'fractional_amount'],
    [{ doubleValue: 'NaN' }, 'unsafe_amount'],
    [{ doubleValue: 1e300 }, 'unsafe_amount'],
    [{ intValue: '9007199254740992' }, 'unsafe_amount'],
    [{ intValue: '-1' }, 'negative_amount'],
    [{ stringValue: '5' }, 'unsafe_amount'],
    [{ boolValue: true }, 'unsafe_amount'],
    [{ arrayValue: { values: [{ intValue: 1 }] } }, 'unsafe_amount'],
  ] as const;

  it.each(
    values.flatMap(([value, cause]) => [
      [value, 'with an amount', 5, cause] as const,
      [value, 'without an amount', undefined, cause] as const,
    ]),
  )('%j, %s, spoils only itself', async (value, _, minor, cause) => {
    const own = await start();
    const money = minor === undefined ? {} : { minor };
    const bad = eventRecord({
      event: 'payment.created',
      id: 'bad',
      ...money,
      more: { 'payment.id': 'p' },
    });
    const fee = { key: 'platform_fee.amount_minor', value };
    const good = eventRecord({
      event: 'payment.succeeded',
      id: 'good',
      minor: 9_007_199_254_740_991,
      more: { 'payment.id': 'p', 'platform_fee.amount_minor': 9_007_199_254_740_991 },
    });
    const withFee = { ...Object(bad), attributes: [...Object(bad).attributes, fee] };
    const response = await post(own, '/v1/logs', logsRequest([withFee, good]));
    expect(response.json.partialSuccess).toEqual({
      rejectedLogRecords: '1',
      errorMessage: `1 ${cause}`,
    });
    expect((await get<MoneyRow[]>(own, '/api/money')).json).toMatchObject([{ count: 1 }]);
    expect((await get<PaymentPage>(own, '/api/payments')).json.payments).toMatchObject([
      { outcome: 'succeeded', fee_minor: '9007199254740991' },
    ]);
    expect((await get<Drops>(own, '/api/drops')).json.drops).toMatchObject([{ cause, count: 1 }]);
    await own.close();
  });
});
