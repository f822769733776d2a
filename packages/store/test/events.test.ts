/** Lists of events and metrics, including those outside of any catalogue. */
import { afterEach, describe, expect, it } from '@jest/globals';
import type {
  ErrorResponse,
  EventPage,
  LogRow,
  MetricRow,
  MoneyRow,
  Store,
} from '@moneytrail/store';
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
  NOW_MS,
  nanos,
  point,
  post,
  resource,
  start,
  TRACE,
} from './support.ts';

afterEach(cleanUp);

async function list(store: Store, query = ''): Promise<EventPage> {
  const { status, json } = await get<EventPage>(store, `/api/events${query}`);
  expect(status).toBe(200);
  return json;
}

/** An event of a service's own catalogue, as its recorder sends it. */
function own(name: string, more: Readonly<Record<string, string | number>> = {}): unknown {
  return {
    timeUnixNano: nanos(NOW_MS),
    severityNumber: 13,
    eventName: name,
    body: { stringValue: `${name} happened` },
    traceId: TRACE,
    spanId: '00f067aa0ba902b7',
    attributes: attributes({
      'event.name': name,
      'moneytrail.event.id': `service:shop/7/${name}`,
      'acme.order.id': '7',
      ...more,
    }),
  };
}

describe('GET /api/events', () => {
  it('lists an event of an unknown catalogue by its own data', async () => {
    const store = await start();
    const money = { 'money.amount_minor': 1999, 'money.currency': 'EUR' };
    await post(store, '/v1/logs', logsRequest([own('acme.order.shipped', money)]));
    await post(store, '/v1/logs', logsRequest([own('acme.order.shipped', money)]));
    expect((await list(store, '?name=acme.order.shipped')).events).toEqual([
      {
        id: 'service:shop/7/acme.order.shipped',
        name: 'acme.order.shipped',
        event: 'acme.order.shipped',
        at_ms: NOW_MS,
        severity: 'WARN',
        body: 'acme.order.shipped happened',
        service: 'shop',
        trace_id: TRACE,
        span_id: '00f067aa0ba902b7',
        amount_minor: '1999',
        currency: 'EUR',
        exponent: 2,
        attributes: expect.objectContaining({ 'acme.order.id': '7' }),
      },
    ]);
    expect((await get<MoneyRow[]>(store, '/api/money')).json).toEqual([
      { event: 'acme.order.shipped', currency: 'EUR', count: 1, amount_minor: '1999' },
    ]);
    const lines = (await get<LogRow[]>(store, '/api/logs')).json;
    expect(lines.map(({ event }) => event)).toEqual(['acme.order.shipped']);
  });

  it.each<[string, unknown, string | undefined]>([
    ['our prefix', { eventName: 'moneytrail.boost.bought' }, undefined],
    ['the attribute of a name', own('acme.order.shipped', {}), undefined],
    ['the scope of a recorder', { eventName: 'acme.order.lost' }, '@moneytrail/metrics'],
  ])('treats a record with %s as an event', async (_, record, scope) => {
    const store = await start();
    const scopeLogs = [{ scope: { name: scope ?? 'test' }, logRecords: [record] }];
    const request = { resourceLogs: [{ resource: resource(), scopeLogs }] };
    expect((await post(store, '/v1/logs', request)).json).toEqual({});
    expect((await list(store)).events).toHaveLength(1);
  });

  it.each([
    ['a name alone', { eventName: 'browser.page_view' }],
    ['an id alone', { attributes: attributes({ 'moneytrail.event.id': 'x' }) }],
  ])('treats a record with %s as a log line', async (_, record) => {
    const store = await start();
    await post(store, '/v1/logs', logsRequest([record]));
    expect((await list(store)).events).toEqual([]);
    expect((await get<LogRow[]>(store, '/api/logs')).json).toHaveLength(1);
  });

  it.each([
    ['tip', 0, true],
    ['tip', -1, false],
    ['acme.tax', 1.5, false],
  ])('keeps an event with the amount %s of %d: %s', async (name, minor, isKept) => {
    const store = await start();
    const money = { 'money.amount_minor': 1, 'money.currency': 'EUR' };
    const record = own('acme.order.shipped', { ...money, [`${name}.amount_minor`]: minor });
    await post(store, '/v1/logs', logsRequest([record]));
    expect((await list(store)).events).toHaveLength(isKept ? 1 : 0);
  });

  it('finds an event of our catalogue by its name with and without the prefix', async () => {
    const store = await start();
    await post(
      store,
      '/v1/logs',
      logsRequest([eventRecord({ event: 'payment.created', id: '1' })]),
    );
    for (const name of ['payment.created', 'moneytrail.payment.created']) {
      expect((await list(store, `?name=${name}`)).events).toMatchObject([
        { name: 'moneytrail.payment.created', event: 'payment.created' },
      ]);
    }
    expect((await list(store, '?name=payment')).events).toEqual([]);
  });

  it.each([
    [`?from=${NOW_MS}&to=${NOW_MS + 1}`, 1],
    [`?from=${NOW_MS - 1}&to=${NOW_MS}`, 0],
    [`?from=${new Date(NOW_MS).toISOString()}`, 1],
    [`?to=${new Date(NOW_MS + 1).toISOString()}&name=payment.created`, 1],
    ['', 1],
  ])(
    'with %s returns events from the start of the range up to its end: %i',
    async (query, count) => {
      const store = await start();
      await post(
        store,
        '/v1/logs',
        logsRequest([eventRecord({ event: 'payment.created', id: '1' })]),
      );
      expect((await list(store, query)).events).toHaveLength(count);
    },
  );

  it.each([1, 2, 3, 4, 1000])(
    'lists every event once, newest first, in pages of %i',
    async (limit) => {
      const store = await start();
      const events = [1, 2, 3].flatMap((id) => [
        eventRecord({ event: 'payment.created', id: `${id}`, atMs: NOW_MS + 1 }),
        eventRecord({ event: 'payment.succeeded', id: `s${id}`, minor: 1, atMs: NOW_MS + id }),
      ]);
      await post(store, '/v1/logs', logsRequest(events));
      const seen: string[] = [];
      let next: string | undefined;
      do {
        const page = await list(store, `?limit=${limit}${next ? `&before=${next}` : ''}`);
        expect(page.events.length).toBeLessThanOrEqual(limit);
        seen.push(...page.events.map(({ id }) => id));
        next = page.next;
      } while (next !== undefined);
      expect(seen).toEqual(['s3', 's2', 's1', '3', '2', '1']);
    },
  );

  it.each([
    ['limit=0', 'bad_limit'],
    ['limit=1001', 'bad_limit'],
    ['before=1_.!', 'bad_cursor'],
    ['before=1', 'bad_cursor'],
    ['from=2&to=1', 'bad_range'],
    ['from=yesterday', 'bad_time'],
  ])('rejects %s as %s', async (query, code) => {
    const store = await start();
    const { status, json } = await get<ErrorResponse>(store, `/api/events?${query}`);
    expect([status, json.error.code]).toEqual([400, code]);
  });
});

describe('GET /api/metrics', () => {
  it('lists every metric by name, kind, unit, description and labels, inside and outside of catalogues', async () => {
    const store = await start();
    const described = { description: 'Orders that left the house.' };
    const orders = {
      ...Object(counter('acme.orders', [point(1, { 'order.kind': 'gift' })], '{order}')),
    };
    const metrics = [
      { ...orders, ...described },
      gauge('acme.queue', [point(3)], ''),
      histogram('http.server.request.duration'),
    ];
    await post(store, '/v1/metrics', metricsRequest(metrics));
    const rows = (await get<MetricRow[]>(store, '/api/metrics')).json;
    expect(rows).toEqual([
      {
        name: 'acme.orders',
        metric: 'acme_orders_total',
        kind: 'counter',
        unit: '{order}',
        ...described,
        labels: ['instance', 'job', 'order_kind'],
        last_ms: NOW_MS,
      },
      expect.objectContaining({ name: 'acme.queue', kind: 'gauge', unit: '', description: '' }),
      expect.objectContaining({ name: 'http.server.request.duration', kind: 'histogram' }),
    ]);
  });

  it('is empty before the first metric', async () => {
    expect((await get(await start(), '/api/metrics')).json).toEqual([]);
  });
});
