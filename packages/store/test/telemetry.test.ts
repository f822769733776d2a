import { afterAll, describe, expect, it } from '@jest/globals';
import type {
  Drops,
  HealthRow,
  JaegerResponse,
  LiveChange,
  LogRow,
  Store,
  StoreStatus,
} from '@moneytrail/store';
import {
  attributes,
  cleanUp,
  counter,
  eventRecord,
  gauge,
  get,
  line,
  logsRequest,
  metricsRequest,
  NOW_MS,
  nanos,
  point,
  post,
  resource,
  span,
  start,
  TRACE,
  tracesRequest,
} from './support.ts';

afterAll(cleanUp);

describe('GET /api/traces/ID', () => {
  it('responds in the format of Jaeger', async () => {
    const store = await start();
    const child = span({
      spanId: '1111111111111111',
      parentSpanId: '00f067aa0ba902b7',
      name: 'POST api.stripe.com',
      kind: 3,
      status: { code: 2, message: 'declined' },
      attributes: attributes({ 'http.response.status_code': 402, ratio: 0.5, retried: true }),
      events: [
        {
          timeUnixNano: nanos(NOW_MS + 5),
          name: 'exception',
          attributes: attributes({ 'exception.type': 'CardError' }),
        },
      ],
      links: [{ traceId: '5'.repeat(32), spanId: '6'.repeat(16) }],
    });
    await post(store, '/v1/traces', tracesRequest([span(), child]));
    const { status, json } = await get<JaegerResponse>(store, `/api/traces/${TRACE.toUpperCase()}`);
    expect(status).toBe(200);
    expect(json).toMatchObject({ total: 0, limit: 0, offset: 0, errors: null });
    const [trace] = json.data;
    expect(trace?.traceID).toBe(TRACE);
    const [process] = Object.values(trace?.processes ?? {});
    expect(process).toEqual({
      serviceName: 'shop',
      tags: [
        { key: 'service.version', type: 'string', value: '1.2.3' },
        { key: 'service.instance.id', type: 'string', value: 'i-1' },
      ],
    });
    expect(trace?.spans[1]).toEqual({
      traceID: TRACE,
      spanID: '1111111111111111',
      operationName: 'POST api.stripe.com',
      references: [
        { refType: 'CHILD_OF', traceID: TRACE, spanID: '00f067aa0ba902b7' },
        { refType: 'FOLLOWS_FROM', traceID: '5'.repeat(32), spanID: '6'.repeat(16) },
      ],
      startTime: NOW_MS * 1000,
      duration: 412_000,
      tags: [
        { key: 'http.response.status_code', type: 'int64', value: 402 },
        { key: 'ratio', type: 'float64', value: 0.5 },
        { key: 'retried', type: 'bool', value: true },
        { key: 'span.kind', type: 'string', value: 'client' },
        { key: 'otel.scope.name', type: 'string', value: 'test' },
        { key: 'otel.status_code', type: 'string', value: 'ERROR' },
        { key: 'otel.status_description', type: 'string', value: 'declined' },
        { key: 'error', type: 'bool', value: true },
      ],
      logs: [
        {
          timestamp: (NOW_MS + 5) * 1000,
          fields: [
            { key: 'event', type: 'string', value: 'exception' },
            { key: 'exception.type', type: 'string', value: 'CardError' },
          ],
        },
      ],
      processID: Object.keys(trace?.processes ?? {})[0],
      warnings: null,
    });
  });

  it('keeps a span once, regardless of how often it is sent', async () => {
    const store = await start();
    for (let times = 0; times < 3; times += 1)
      await post(store, '/v1/traces', tracesRequest([span()]));
    const { json } = await get<JaegerResponse>(store, `/api/traces/${TRACE}`);
    expect(json.data[0]?.spans).toHaveLength(1);
  });

  it.each([
    [`${'0'.repeat(31)}1`, 404, 'trace not found'],
    ['00f067aa0ba902b7', 404, 'trace not found'],
    ['abc', 400, 'bad_trace_id'],
    ['g'.repeat(32), 400, 'bad_trace_id'],
    [`${TRACE}0`, 400, 'bad_trace_id'],
  ])('%s is %s', async (id, status, text) => {
    const response = await get(await start(), `/api/traces/${id}`);
    expect(response.status).toBe(status);
    expect(response.text).toContain(text);
  });
});

describe('GET /api/logs', () => {
  it('returns the newest matching lines, oldest first, including business events', async () => {
    const store = await start();
    const lines = [0, 1, 2, 3].map((ms) =>
      line(`line ${ms}`, { timeUnixNano: nanos(NOW_MS + ms), traceId: TRACE }),
    );
    await post(
      store,
      '/v1/logs',
      logsRequest([
        ...lines,
        eventRecord({
          event: 'payment.succeeded',
          id: 'x',
          minor: 1,
          atMs: NOW_MS + 1.5,
          traceId: TRACE,
        }),
      ]),
    );
    const bodies = async (query: string): Promise<string[]> =>
      (await get<LogRow[]>(store, `/api/logs?${query}`)).json.map(({ body }) => body);
    expect(await bodies(`trace_id=${TRACE}`)).toEqual([
      'line 0',
      'line 1',
      'payment.succeeded',
      'line 2',
      'line 3',
    ]);
    expect(await bodies('limit=2')).toEqual(['line 2', 'line 3']);
    expect(await bodies('q=LINE+3')).toEqual(['line 3']);
    expect(await bodies('q=line_3')).toEqual([]);
    expect(await bodies(`from=${NOW_MS + 1}&to=${NOW_MS + 3}`)).toEqual([
      'line 1',
      'payment.succeeded',
      'line 2',
    ]);
    expect((await get<LogRow[]>(store, '/api/logs?q=payment.succeeded')).json[0]?.event).toBe(
      'moneytrail.payment.succeeded',
    );
  });

  it('keeps equal lines of one batch, and stores a batch that is sent again once', async () => {
    const store = await start();
    const request = logsRequest([line('same'), line('same'), line('other')]);
    await post(store, '/v1/logs', request);
    await post(store, '/v1/logs', request);
    expect((await get<LogRow[]>(store, '/api/logs')).json).toHaveLength(3);
  });

  it.each([['trace_id=abc'], ['limit=5001'], ['limit=-1']])('rejects %s', async (query) => {
    expect((await get(await start(), `/api/logs?${query}`)).status).toBe(400);
  });
});

describe('GET /api/drops', () => {
  const dropped = (value: number, atMs: number, startMs: number, instance = 'i-1'): unknown =>
    metricsRequest(
      [
        counter('moneytrail.telemetry.dropped', [
          point(
            value,
            { 'telemetry.signal': 'logs', 'telemetry.cause': 'queue_full' },
            atMs,
            startMs,
          ),
          point(
            0,
            { 'telemetry.signal': 'traces', 'telemetry.cause': 'queue_full' },
            atMs,
            startMs,
          ),
        ]),
        counter('moneytrail.business_events.dropped', [
          point(
            value,
            { instrument: 'payment.succeeded', 'drop.reason': 'unknown_currency' },
            atMs,
            startMs,
          ),
        ]),
      ],
      resource('shop', { 'service.instance.id': instance }),
    );

  it('adds the drops of services over restarts, without rows of zero', async () => {
    const store = await start();
    await post(store, '/v1/metrics', dropped(3, NOW_MS, NOW_MS - 100));
    await post(store, '/v1/metrics', dropped(5, NOW_MS + 1000, NOW_MS - 100));
    await post(store, '/v1/metrics', dropped(5, NOW_MS + 1000, NOW_MS - 100));
    await post(store, '/v1/metrics', dropped(2, NOW_MS + 3000, NOW_MS + 2000));
    await post(store, '/v1/metrics', dropped(10, NOW_MS + 3000, NOW_MS + 2000, 'i-2'));
    const { json } = await get<Drops>(store, '/api/drops');
    const row = {
      by: 'service',
      service: 'shop',
      count: 17,
      first_ms: NOW_MS,
      last_ms: NOW_MS + 3000,
    };
    expect(json.drops).toHaveLength(2);
    expect(json.drops).toContainEqual({ ...row, signal: 'logs', cause: 'queue_full' });
    expect(json.drops).toContainEqual({ ...row, signal: 'events', cause: 'unknown_currency' });
    expect(json.since_ms).toBeGreaterThan(NOW_MS);
  });

  it('is empty when nothing was dropped', async () => {
    expect((await get<Drops>(await start(), '/api/drops')).json.drops).toEqual([]);
  });
});

describe('GET /api/health', () => {
  const states = (store: Store, status: string, atMs: number, runs: number): Promise<unknown> =>
    post(
      store,
      '/v1/metrics',
      metricsRequest([
        gauge(
          'moneytrail.health.check.state',
          ['healthy', 'degraded', 'unhealthy'].map((name) =>
            point(
              name === status ? 1 : 0,
              { 'health.check': 'ledger', 'health.kind': 'readiness', 'health.status': name },
              atMs,
            ),
          ),
          '{check}',
        ),
        {
          name: 'moneytrail.health.check.duration',
          unit: 's',
          histogram: {
            aggregationTemporality: 2,
            dataPoints: [
              {
                timeUnixNano: nanos(atMs),
                startTimeUnixNano: nanos(NOW_MS),
                count: runs,
                sum: runs * runs * 0.01,
                bucketCounts: [runs],
                attributes: attributes({ 'health.check': 'ledger' }),
              },
            ],
          },
        },
      ]),
    );

  it('returns the state, since when, and the last ten runs', async () => {
    const store = await start();
    for (let run = 1; run <= 8; run += 1) await states(store, 'healthy', NOW_MS + run, run);
    for (let run = 9; run <= 12; run += 1) await states(store, 'unhealthy', NOW_MS + run, run);
    const [row] = (await get<HealthRow[]>(store, '/api/health')).json;
    expect(row).toMatchObject({
      service: 'shop',
      check: 'ledger',
      kind: 'readiness',
      status: 'unhealthy',
      since_ms: NOW_MS + 9,
      last_ms: NOW_MS + 12,
    });
    expect(row?.runs.map(({ status }) => status)).toEqual([
      ...Array(6).fill('healthy'),
      ...Array(4).fill('unhealthy'),
    ]);
    expect(row?.runs.at(-1)?.duration_ms).toBeCloseTo(230);
    expect(row?.runs[0]?.at_ms).toBe(NOW_MS + 3);
    await states(store, 'healthy', NOW_MS + 13, 13);
    expect((await get<HealthRow[]>(store, '/api/health')).json[0]).toMatchObject({
      status: 'healthy',
      since_ms: NOW_MS + 13,
    });
  });
});

describe('a check without reports', () => {
  it.each([
    [295_000, 'healthy'],
    [301_000, 'unknown'],
  ])('for %s ms is %s', async (silentMs, status) => {
    const store = await start();
    const labels = {
      'health.check': 'ledger',
      'health.kind': 'readiness',
      'health.status': 'healthy',
    };
    const atMs = Date.now() - silentMs;
    await post(
      store,
      '/v1/metrics',
      metricsRequest([gauge('moneytrail.health.check.state', [point(1, labels, atMs)])]),
    );
    expect((await get<HealthRow[]>(store, '/api/health')).json[0]?.status).toBe(status);
  });
});

describe('the number of series', () => {
  const named = (from: number, count: number, atMs: number): unknown =>
    metricsRequest([
      gauge(
        'g',
        Array.from({ length: count }, (_, index) => point(1, { id: `${from + index}` }, atMs)),
      ),
    ]);

  const fill = async (store: Store, atMs: number): Promise<void> => {
    for (let first = 0; first < 20_000; first += 5000)
      expect((await post(store, '/v1/metrics', named(first, 5000, atMs))).json).toEqual({});
  };

  it('is limited to 20000, then new ones are rejected, or replace inactive ones', async () => {
    const store = await start();
    await fill(store, NOW_MS);
    const refused = await post(store, '/v1/metrics', named(19_999, 2, NOW_MS + 1));
    expect(refused.json.partialSuccess).toEqual({
      rejectedDataPoints: '1',
      errorMessage: '1 series_limit',
    });
    const lost = { 'telemetry.signal': 'logs', 'telemetry.cause': 'timeout' };
    const losses = counter('moneytrail.telemetry.dropped', [point(5, lost)]);
    expect((await post(store, '/v1/metrics', metricsRequest([losses]))).json).toEqual({});
    expect((await get<Drops>(store, '/api/drops')).json.drops).toContainEqual(
      expect.objectContaining({ by: 'service', signal: 'logs', cause: 'timeout', count: 5 }),
    );

    const other = await start();
    const longAgo = NOW_MS - 1_000_000;
    await fill(other, longAgo);
    expect((await post(other, '/v1/metrics', named(20_000, 1, NOW_MS))).json).toEqual({});
    expect((await get<Drops>(other, '/api/drops')).json.drops).toEqual([
      expect.objectContaining({ signal: 'metrics', cause: 'retention', count: 1000 }),
    ]);
  });
});

describe('GET /api/status', () => {
  it('describes the store and the services that send to it', async () => {
    const store = await start({ keepMs: 5000 });
    await post(
      store,
      '/v1/logs',
      logsRequest([
        eventRecord({ event: 'payment.succeeded', id: '1', minor: 1, more: { 'payment.id': 'p' } }),
      ]),
    );
    await post(store, '/v1/logs', logsRequest([line('x')], resource('payouts')));
    const { json } = await get<StoreStatus>(store, '/api/status');
    expect(json).toMatchObject({
      version: '0.1.0',
      schema_version: 6,
      max_bytes: 500_000_000,
      keep_ms: 5000,
      payments_per_second: 0.02,
    });
    expect(json.services.map(({ name, version }) => [name, version])).toEqual([
      ['payouts', '1.2.3'],
      ['shop', '1.2.3'],
    ]);
    expect(json.size_bytes).toBeGreaterThan(0);
    expect(json.oldest_ms).toBeGreaterThanOrEqual(0);
  });
});

describe('GET /api/live', () => {
  /** Reads changes until `count` of them arrived. */
  async function changes(
    store: Store,
    count: number,
    work: (seen: number) => Promise<unknown>,
  ): Promise<LiveChange[]> {
    const abort = new AbortController();
    const response = await fetch(`${store.url}/api/live`, { signal: abort.signal });
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    const seen: LiveChange[] = [];
    let text = '';
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) {
      text += decoder.decode(chunk);
      for (const [, data = ''] of text.matchAll(/^event: change\ndata: (.*)\n\n/gm))
        seen.push(JSON.parse(data));
      text = text.slice(text.lastIndexOf('\n\n') + 2);
      if (seen.length >= count) break;
      await work(seen.length);
    }
    abort.abort();
    return seen;
  }

  it('starts with the current state, then sends changes', async () => {
    const store = await start();
    const [first, second] = await changes(store, 2, async () => {
      await post(
        store,
        '/v1/logs',
        logsRequest([
          line('x'),
          eventRecord({
            event: 'payment.succeeded',
            id: '1',
            minor: 1,
            more: { 'payment.id': 'p' },
          }),
        ]),
      );
      await post(store, '/v1/traces', tracesRequest([span()]));
    });
    expect(first).toEqual({ revision: 0, signals: [], payments_per_second: 0 });
    expect(second?.signals.toSorted()).toEqual(['events', 'logs', 'traces']);
    expect(second?.revision).toBeGreaterThan(0);
  });

  it('sends nothing for a batch that is already stored', async () => {
    const store = await start();
    const old = tracesRequest([span()]);
    await post(store, '/v1/traces', old);
    const [, second] = await changes(store, 2, async () => {
      await post(store, '/v1/traces', old);
      await post(store, '/v1/metrics', metricsRequest([gauge('g', [point(1)])]));
    });
    expect(second?.signals).not.toContain('events');
  });

  it('accepts 32 clients, rejects the next and ends all on close', async () => {
    const store = await start();
    const open = await Promise.all(
      Array.from({ length: 32 }, () => fetch(`${store.url}/api/live`)),
    );
    expect(open.map(({ status }) => status)).toEqual(Array(32).fill(200));
    const refused = await get(store, '/api/live');
    expect([refused.status, refused.text]).toEqual([
      503,
      expect.stringContaining('too_many_clients'),
    ]);
    await store.close();
    for (const response of open) expect(await response.text()).toContain('event: change');
  });
});
