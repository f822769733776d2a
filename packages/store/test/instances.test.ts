/** Short-lived instances: new ones get room, and no data of the others is lost. */
import { afterAll, describe, expect, it, jest } from '@jest/globals';
import { growth } from '../../page/src/metrics/series.ts';
import type { Drops, HealthRow } from '../src/api/types.ts';
import {
  attributes,
  cleanUp,
  counter,
  gauge,
  get,
  metricsRequest,
  nanos,
  point,
  post,
  resource,
  start,
} from './support.ts';

jest.setTimeout(120_000);
afterAll(cleanUp);

type Store = Awaited<ReturnType<typeof start>>;

interface QueryResponse {
  readonly data: {
    readonly result: readonly {
      readonly metric: Readonly<Record<string, string>>;
      readonly values: readonly (readonly [number, string])[];
    }[];
  };
}

/** The end of the last run, and of the queries. */
const END_MS = Math.floor(Date.now() / 1000) * 1000 - 2000;
const STEP_MS = 1000;

function runs(index: number): unknown {
  return resource('shop', { 'service.instance.id': `run-${index}` });
}

/** A histogram of `count` requests that took 0.05 s each. */
function requests(count: number, atMs: number, startMs: number): unknown {
  const dataPoint = {
    timeUnixNano: nanos(atMs),
    startTimeUnixNano: nanos(startMs),
    count: String(count),
    sum: count * 0.05,
    explicitBounds: [0.1, 1],
    bucketCounts: [String(count), '0', '0'],
    attributes: attributes({ route: '/pay' }),
  };
  return { name: 'requests', histogram: { aggregationTemporality: 2, dataPoints: [dataPoint] } };
}

/** The metrics of a process: its first and its last values. */
async function sendRun(store: Store, index: number, atMs: number, more: readonly unknown[]) {
  const startMs = atMs - 400;
  const sale = (value: number, at: number): unknown =>
    point(value, { currency: 'EUR' }, at, startMs);
  const first = [counter('sales', [sale(0, startMs)]), requests(0, startMs, startMs)];
  const last = [
    counter('sales', [sale(2, atMs)]),
    requests(3, atMs, startMs),
    gauge('heap', [point(index, {}, atMs)]),
    ...more,
  ];
  for (const metrics of [first, last]) {
    expect((await post(store, '/v1/metrics', metricsRequest(metrics, runs(index)))).json).toEqual(
      {},
    );
  }
}

async function range(
  store: Store,
  query: string,
  fromMs: number,
): Promise<QueryResponse['data']['result']> {
  const times = `start=${fromMs / 1000}&end=${END_MS / 1000}&step=${STEP_MS / 1000}`;
  const { json } = await get<QueryResponse>(store, `/api/v1/query_range?query=${query}&${times}`);
  return json.data.result;
}

/** Increase of all series in the range, computed like in the UI. */
async function grown(store: Store, query: string, fromMs: number): Promise<number> {
  const series = await range(store, query, fromMs);
  const steps = series.flatMap(({ values }) => growth(values.map(([, text]) => Number(text))));
  return steps.reduce((sum: number, step) => sum + (step ?? 0), 0);
}

describe('500 runs of a service with 300 series each', () => {
  const RUNS = 500;
  /** Most series of a run are zero. */
  const many = (atMs: number): unknown =>
    counter(
      'work',
      Array.from({ length: 296 }, (_, kind) =>
        point(kind < 40 ? 1 : 0, { kind: `${kind}` }, atMs, atMs - 400),
      ),
    );

  it.each([
    ['within fifteen minutes', 900_000],
    ['within half a minute', 30_000],
  ])('%s lose nothing', async (_, spanMs) => {
    const store = await start();
    const fromMs = END_MS - spanMs - 10_000;
    for (let index = 1; index <= RUNS; index += 1) {
      const atMs = Math.round(END_MS - spanMs + (spanMs * index) / RUNS);
      await sendRun(store, index, atMs, [many(atMs)]);
    }
    expect((await get<Drops>(store, '/api/drops')).json.drops).toEqual([]);
    expect(await grown(store, 'sales_total', fromMs)).toBe(2 * RUNS);
    expect(await grown(store, 'requests_count', fromMs)).toBe(3 * RUNS);
    expect(await grown(store, 'requests_bucket{le="0.1"}', fromMs)).toBe(3 * RUNS);
    const sums = (await range(store, 'sales_total', fromMs)).map(
      ({ values }) => values.at(-1)?.[1],
    );
    expect(sums.reduce((sum, value) => sum + Number(value), 0)).toBe(2 * RUNS);
    const [newest] = await range(store, `heap{instance="run-${RUNS}"}`, fromMs);
    expect(newest?.values.at(-1)?.[1]).toBe(`${RUNS}`);
  });
});

describe('an instance that made room', () => {
  /** A store in which the series of the first runs were merged. */
  async function crowded(): Promise<Store> {
    const store = await start();
    await sendRun(store, 1, END_MS - 9000, [
      counter('moneytrail.telemetry.dropped', [
        point(7, { 'telemetry.signal': 'logs', 'telemetry.cause': 'timeout' }, END_MS - 9000),
      ]),
      gauge('moneytrail.health.check.state', [
        point(
          1,
          { 'health.check': 'db', 'health.kind': 'readiness', 'health.status': 'healthy' },
          END_MS - 9000,
        ),
      ]),
    ]);
    for (let index = 2; index <= 6; index += 1) {
      const atMs = END_MS - 8000 + index * 100;
      const own = Array.from({ length: 4000 }, (_, kind) =>
        point(1, { kind: `${kind}` }, atMs, atMs - 400),
      );
      await sendRun(store, index, atMs, [counter('work', own)]);
    }
    return store;
  }

  it('is part of a series without its name', async () => {
    const store = await crowded();
    const series = await range(store, 'sales_total', END_MS - 10_000);
    const names = series.map(({ metric }) => metric['instance']);
    expect(names).toContain('_OTHER');
    expect(names).not.toContain('run-1');
    expect(await grown(store, 'sales_total', END_MS - 10_000)).toBe(12);
  });

  it('continues to count when it sends again', async () => {
    const store = await crowded();
    const startMs = END_MS - 9400;
    const later = [
      counter('sales', [point(5, { currency: 'EUR' }, END_MS - 1000, startMs)]),
      requests(8, END_MS - 1000, startMs),
    ];
    for (let time = 0; time < 2; time += 1) {
      const response = await post(store, '/v1/metrics', metricsRequest(later, runs(1)));
      expect(response.json).toEqual({});
    }
    expect(await grown(store, 'sales_total', END_MS - 10_000)).toBe(15);
    expect(await grown(store, 'requests_bucket{le="0.1"}', END_MS - 10_000)).toBe(23);
  });

  it('starts at zero after a restart under the same name', async () => {
    const store = await crowded();
    const anew = counter('sales', [point(4, { currency: 'EUR' }, END_MS - 1000, END_MS - 1500)]);
    await post(store, '/v1/metrics', metricsRequest([anew], runs(1)));
    expect(await grown(store, 'sales_total', END_MS - 10_000)).toBe(16);
  });

  it('is still included in drops and in health checks', async () => {
    const store = await crowded();
    const { drops } = (await get<Drops>(store, '/api/drops')).json;
    expect(drops).toEqual([
      expect.objectContaining({ service: 'shop', signal: 'logs', cause: 'timeout', count: 7 }),
    ]);
    const [check] = (await get<HealthRow[]>(store, '/api/health')).json;
    expect(check).toMatchObject({ service: 'shop', check: 'db', status: 'healthy' });
  });
});

describe('two scopes with one metric name', () => {
  const hits = (value: number, more: Record<string, string> = {}): unknown =>
    counter('cache.hits', [point(value, more, END_MS)]);

  it.each<[string, unknown, unknown]>([
    ['of two names', { name: 'lib-a' }, { name: 'lib-b' }],
    ['of two versions', { name: 'lib', version: '1' }, { name: 'lib', version: '2' }],
    ['of two kinds', { name: 'lib', attributes: attributes({ kind: 'a' }) }, { name: 'lib' }],
    ['of which one is ours', { name: 'lib' }, { name: '@moneytrail/metrics' }],
  ])('%s stay apart', async (_, a, b) => {
    const store = await start();
    await post(store, '/v1/metrics', metricsRequest([hits(1)], resource(), a));
    await post(store, '/v1/metrics', metricsRequest([hits(5)], resource(), b));
    const series = await range(store, 'cache_hits_total', END_MS - 2000);
    expect(series.map(({ values }) => values.at(-1)?.[1]).sort()).toEqual(['1', '5']);
    expect(new Set(series.map(({ metric }) => JSON.stringify(metric))).size).toBe(2);
  });

  it('have the labels of Prometheus, and an attribute with such a name is renamed', async () => {
    const store = await start();
    const scope = { name: 'lib-a', version: '1.2.0' };
    await post(
      store,
      '/v1/metrics',
      metricsRequest([hits(1, { 'otel.scope.name': 'mine' })], resource(), scope),
    );
    const [series] = await range(store, 'cache_hits_total', END_MS - 2000);
    expect(series?.metric).toMatchObject({
      otel_scope_name: 'lib-a',
      otel_scope_version: '1.2.0',
      exported_otel_scope_name: 'mine',
    });
  });
});
