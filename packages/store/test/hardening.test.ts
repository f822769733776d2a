/** Hostile requests, damaged rows and file permissions. */
import { chmodSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { Drops, LogRow, MoneyRow, Store, StoreStatus } from '@moneytrail/store';
import protobuf from 'protobufjs/light.js';
import {
  cleanUp,
  counter,
  eventRecord,
  gauge,
  get,
  histogram,
  line,
  logsRequest,
  metricsRequest,
  NOW_MS,
  point,
  post,
  postBytes,
  resource,
  span,
  start,
  TRACE,
  temporaryFolder,
  tracesRequest,
} from './support.ts';

const JSON_TYPE = { 'content-type': 'application/json' };
const PROTOBUF_TYPE = { 'content-type': 'application/x-protobuf' };

afterEach(cleanUp);

const payment = (id: number, minor = 100): unknown =>
  eventRecord({
    event: 'payment.succeeded',
    id: `pi_${id}`,
    minor,
    more: { 'payment.id': `pi_${id}` },
  });

describe('a request of many empty records', () => {
  /** A request of spans without content: two bytes each. */
  function emptySpans(count: number): Uint8Array {
    const spans = Buffer.alloc(count * 2, Buffer.from([0x12, 0x00]));
    const prefixed = (tag: number, body: Uint8Array): Uint8Array =>
      protobuf.Writer.create().uint32(tag).bytes(body).finish();
    return prefixed(0x0a, prefixed(0x12, spans));
  }

  it.each([
    [1000, 200],
    [199_998, 200],
    [199_999, 413],
    [9_000_000, 413],
  ])('in protobuf: %i of them get a response of %i', async (count, status) => {
    const store = await start();
    const headers = { ...PROTOBUF_TYPE, 'content-encoding': 'gzip' };
    const response = await postBytes(store, '/v1/traces', gzipSync(emptySpans(count)), headers);
    expect(response.status).toBe(status);
  });

  it.each([
    ['objects', '{},'],
    ['lists', '[],'],
    ['numbers', '0,'],
  ])('in JSON: millions of %s get a response of 413', async (_, member) => {
    const store = await start();
    const body = `{"resourceSpans":[${member.repeat(4_500_000)}0]}`;
    const headers = { ...JSON_TYPE, 'content-encoding': 'gzip' };
    const response = await postBytes(store, '/v1/traces', gzipSync(body), headers);
    expect(response.status).toBe(413);
    expect((await get<Drops>(store, '/api/drops')).json.drops).toMatchObject([
      { cause: 'too_large' },
    ]);
  });

  it('does not count braces in strings as objects', async () => {
    const store = await start();
    const response = await post(store, '/v1/logs', logsRequest([line('{["\\'.repeat(300_000))]));
    expect(response.status).toBe(200);
  });
});

describe('a request of many records', () => {
  const many = (count: number, make: (index: number) => unknown): unknown[] =>
    Array.from({ length: count }, (_, index) => make(index));
  const gauges = (count: number): unknown =>
    metricsRequest([
      gauge(
        'g',
        many(count, (index) => point(index, {}, NOW_MS + index)),
      ),
    ]);
  const spanOf = (index: number): unknown => span({ spanId: `${index + 1}`.padStart(16, '0') });

  const manyObjects = (count: number): unknown => {
    const names = Array.from({ length: count }, (_, index) => `object${index}.id`);
    const more = Object.fromEntries(names.map((name) => [name, 'x']));
    return logsRequest([eventRecord({ event: 'payment.created', more })]);
  };

  it.each<[string, number, number, string, (count: number) => unknown]>([
    ['lines', 19_998, 200, '/v1/logs', (count) => logsRequest(many(count, () => line('x')))],
    ['lines', 19_999, 413, '/v1/logs', (count) => logsRequest(many(count, () => line('x')))],
    ['events', 9999, 200, '/v1/logs', (count) => logsRequest(many(count, payment))],
    ['events', 10_000, 413, '/v1/logs', (count) => logsRequest(many(count, payment))],
    ['objects of one event', 19_997, 200, '/v1/logs', manyObjects],
    ['objects of one event', 19_998, 413, '/v1/logs', manyObjects],
    ['spans', 19_998, 200, '/v1/traces', (count) => tracesRequest(many(count, spanOf))],
    ['spans', 19_999, 413, '/v1/traces', (count) => tracesRequest(many(count, spanOf))],
    ['points', 9999, 200, '/v1/metrics', gauges],
    ['points', 10_000, 413, '/v1/metrics', gauges],
  ])('%s: %i of them get a response of %i', async (_, count, status, path, requestOf) => {
    const store = await start();
    const response = await post(store, path, requestOf(count));
    expect(response.status).toBe(status);
    expect((await get<Drops>(store, '/api/drops')).json.drops).toMatchObject(
      status === 200 ? [] : [{ cause: 'too_large', count: 1 }],
    );
  });

  const huge = 'x'.repeat(1_000_000);
  const points = many(2000, (index) => point(index, { own: `${index}` }));
  const lines = many(2000, (index) => line(`${index}`));
  it.each<[string, string, unknown]>([
    ['name of the service', '/v1/metrics', metricsRequest([gauge('g', points)], resource(huge))],
    [
      'namespace of the service',
      '/v1/metrics',
      metricsRequest([gauge('g', points)], resource('shop', { 'service.namespace': huge })),
    ],
    ['name of the metric', '/v1/metrics', metricsRequest([gauge(huge, points)])],
    ['unit of the metric', '/v1/metrics', metricsRequest([gauge('g', points, huge)])],
    [
      'description of the metric',
      '/v1/metrics',
      metricsRequest([{ ...Object(gauge('g', points)), description: huge }]),
    ],
    ['name of the service of lines', '/v1/logs', logsRequest(lines, resource(huge))],
    [
      'scope of spans',
      '/v1/traces',
      { resourceSpans: [{ scopeSpans: [{ scope: { name: huge }, spans: many(2000, spanOf) }] }] },
    ],
  ])(
    'that share a %s of a megabyte is stored without writing it again for each',
    async (...row) => {
      const [, path, request] = row;
      const dataDir = temporaryFolder();
      const store = await start({ dataDir });
      expect((await post(store, path, request)).json).toEqual({});
      const { size_bytes: size } = (await get<StoreStatus>(store, '/api/status')).json;
      expect(size).toBeLessThan(40_000_000);
    },
  );
});

describe('the files of a store', () => {
  const modes = (folder: string): string[] =>
    readdirSync(folder).map((name) => (statSync(join(folder, name)).mode & 0o777).toString(8));

  it.each([0o000, 0o022, 0o077])(
    'are readable by their owner only, with a umask of %o',
    async (mask) => {
      const before = process.umask(mask);
      try {
        const dataDir = temporaryFolder();
        chmodSync(dataDir, 0o755);
        const store = await start({ dataDir });
        await post(store, '/v1/logs', logsRequest([payment(1)]));
        expect(new Set(modes(dataDir))).toEqual(new Set(['600']));
        await store.close();
        chmodSync(join(dataDir, 'moneytrail.db'), 0o644);
        const again = await start({ dataDir });
        await post(again, '/v1/logs', logsRequest([payment(2)]));
        expect(new Set(modes(dataDir))).toEqual(new Set(['600']));
      } finally {
        process.umask(before);
      }
    },
  );
});

describe('a damaged row', () => {
  const QUERIES = [
    '/api/logs',
    '/api/payments',
    '/api/payments/pi_1',
    '/api/payments/pi_2',
    '/api/money',
    '/api/summary',
    `/api/traces/${TRACE}`,
    `/api/v1/query?query=${encodeURIComponent('{job=~".+"}')}`,
    '/api/health',
    '/api/status',
    '/api/drops',
  ];
  const checked = { 'health.check': 'db', 'health.kind': 'readiness' };
  const METRICS = [
    histogram('moneytrail.health.check.duration', checked),
    gauge('moneytrail.health.check.state', [point(1, { ...checked, 'health.status': 'healthy' })]),
    counter('moneytrail.telemetry.dropped', [point(1, { 'telemetry.signal': 'logs' })]),
  ];

  /** A store with two rows in each table; a column of the first one is damaged. */
  async function damaged(table: string, column: string, value: unknown): Promise<string> {
    const dataDir = temporaryFolder();
    const store = await start({ dataDir });
    await post(store, '/v1/logs', logsRequest([payment(1), payment(2), line('one'), line('two')]));
    await post(store, '/v1/traces', tracesRequest([span(), span({ spanId: 'b'.repeat(16) })]));
    await post(store, '/v1/metrics', metricsRequest(METRICS));
    await store.close();
    const file = new DatabaseSync(join(dataDir, 'moneytrail.db'));
    const changed = file
      .prepare(
        `UPDATE ${table} SET ${column} = ? WHERE ${column} IS NOT NULL AND (rowid_of) = (
           SELECT min(rowid_of) FROM ${table} WHERE ${column} IS NOT NULL)`.replaceAll(
          'rowid_of',
          table === 'points' ? 'series_id' : 'id',
        ),
      )
      .run(value as string);
    expect(changed.changes).toBe(1);
    file.close();
    return dataDir;
  }

  async function failures(store: Store): Promise<unknown[]> {
    const responses = QUERIES.map(async (path) => [path, (await get(store, path)).status]);
    return (await Promise.all(responses)).filter(([, status]) => Number(status) >= 500);
  }

  it.each([
    ['events', 'attributes', '{"cut', 'events'],
    ['events', 'attributes', '[]', 'events'],
    ['logs', 'attributes', 'null', 'logs'],
    ['spans', 'events', '{"cut', 'traces'],
    ['spans', 'events', '[null]', 'traces'],
    ['spans', 'events', '[{"name":"e"}]', 'traces'],
    ['spans', 'links', '7', 'traces'],
    ['spans', 'links', '[[]]', 'traces'],
    ['spans', 'attributes', '', 'traces'],
    ['resources', 'attributes', '{"cut', 'traces'],
    ['series', 'labels', '{"cut', 'metrics'],
    ['series', 'labels', '{"job":7}', 'metrics'],
    ['series', 'bounds', '{"cut', 'metrics'],
    ['points', 'buckets', '["a"]', 'metrics'],
  ])('of %s, with its %s as %s, affects only itself and is counted once', async (...row) => {
    const [table, column, value, signal] = row;
    const dataDir = await damaged(table, column, value);
    for (const _ of ['first start', 'second start']) {
      const store = await start({ dataDir });
      expect([...(await failures(store)), ...(await failures(store))]).toEqual([]);
      expect((await get<LogRow[]>(store, '/api/logs?q=two')).json).toHaveLength(1);
      expect((await get<MoneyRow[]>(store, '/api/money')).json).toMatchObject([{ count: 2 }]);
      const { drops } = (await get<Drops>(store, '/api/drops')).json;
      expect(drops.filter(({ by }) => by === 'store')).toMatchObject([
        { signal, cause: 'damaged', count: 1 },
      ]);
      await store.close();
    }
  });

  it.each([
    ['events', 'at_us'],
    ['spans', 'start_us'],
    ['events', 'amount_minor'],
  ])(
    'of %s, with a number that is not exact as its %s, spoils only itself',
    async (table, column) => {
      const store = await start({
        dataDir: await damaged(table, column, 9_223_372_036_854_775_000n),
      });
      expect(await failures(store)).toEqual([]);
    },
  );
});
