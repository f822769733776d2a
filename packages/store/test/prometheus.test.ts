import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Store } from '@moneytrail/store';
import {
  cleanUp,
  counter,
  gauge,
  get,
  metricsRequest,
  NOW_MS,
  nanos,
  point,
  post,
  resource,
  start,
} from './support.ts';

interface Result {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: readonly [number, string];
  readonly values: readonly (readonly [number, string])[];
}
interface QueryResponse {
  readonly status: string;
  readonly data: { readonly resultType: string; readonly result: readonly Result[] };
  readonly errorType?: string;
  readonly error?: string;
}

let store: Store;
beforeAll(async () => {
  store = await start();
  const declines = (reason: string, value: number, atMs: number): unknown =>
    point(value, { 'payment.provider': 'stripe', 'payment.failure.reason': reason }, atMs);
  await post(
    store,
    '/v1/metrics',
    metricsRequest(
      [
        counter(
          'moneytrail.payment.declines',
          [
            ...[
              declines('insufficient_funds', 1, NOW_MS - 30_000),
              declines('insufficient_funds', 4, NOW_MS),
            ],
            declines('card_expired', 2, NOW_MS),
          ],
          '{decline}',
        ),
        gauge('process.memory.usage', [point(5e7)], 'By'),
        gauge('queue.fill', [point(0.5, { empty: '', 'queue name': 'a"b' })], '1'),
        {
          name: 'db.connections',
          unit: '{connection}',
          sum: { aggregationTemporality: 2, isMonotonic: false, dataPoints: [point(3)] },
        },
        {
          name: 'http.server.request.duration',
          unit: 's',
          histogram: {
            aggregationTemporality: 2,
            dataPoints: [
              {
                timeUnixNano: nanos(NOW_MS),
                count: '6',
                sum: 2.5,
                bucketCounts: ['1', '2', '3'],
                explicitBounds: [0.1, 2.5],
              },
            ],
          },
        },
      ],
      resource('checkout', { 'service.namespace': 'pay' }),
    ),
  );
});
afterAll(cleanUp);

const query = async (selector: string, more = ''): Promise<QueryResponse> =>
  (await get<QueryResponse>(store, `/api/v1/query?query=${encodeURIComponent(selector)}${more}`))
    .json;

const DECLINES = 'moneytrail_payment_declines_total';

describe('GET /api/v1/query', () => {
  it('responds in the format of Prometheus, with its names and labels', async () => {
    expect(
      await query(
        `${DECLINES}{payment_failure_reason="insufficient_funds"}`,
        `&time=${NOW_MS / 1000}`,
      ),
    ).toEqual({
      status: 'success',
      data: {
        resultType: 'vector',
        result: [
          {
            metric: {
              __name__: DECLINES,
              instance: 'i-1',
              job: 'pay/checkout',
              payment_failure_reason: 'insufficient_funds',
              payment_provider: 'stripe',
            },
            value: [NOW_MS / 1000, '4'],
          },
        ],
      },
    });
  });

  it.each([
    [DECLINES, ['2', '4']],
    [`${DECLINES}{}`, ['2', '4']],
    [`{__name__="${DECLINES}"}`, ['2', '4']],
    [`{ __name__ = '${DECLINES}' , job=\`pay/checkout\` , }`, ['2', '4']],
    [`${DECLINES}{payment_failure_reason!="card_expired"}`, ['4']],
    [`${DECLINES}{payment_failure_reason=~"card_.*|nothing"}`, ['2']],
    [`${DECLINES}{payment_failure_reason=~"card"}`, []],
    [`${DECLINES}{payment_failure_reason!~"card.*"}`, ['4']],
    [`${DECLINES}{missing=""}`, ['2', '4']],
    [`${DECLINES}{missing!=""}`, []],
    [`${DECLINES}{constructor="",toString!~".+"}`, ['2', '4']],
    [`${DECLINES}{hasOwnProperty=~".+"}`, []],
    ['process_memory_usage_bytes', ['50000000']],
    ['queue_fill_ratio{queue_name="a\\"b",empty=""}', ['0.5']],
    ['db_connections', ['3']],
    ['http_server_request_duration_seconds_bucket', ['1', '3', '6']],
    ['http_server_request_duration_seconds_bucket{le="2.5"}', ['3']],
    ['http_server_request_duration_seconds_bucket{le="+Inf"}', ['6']],
    ['http_server_request_duration_seconds_sum', ['2.5']],
    ['http_server_request_duration_seconds_count', ['6']],
    ['http_server_request_duration_seconds', []],
    ['{__name__=~"queue.+|db_.+"}', ['3', '0.5']],
    ['unknown_metric', []],
  ])('%s is %j', async (selector, values) => {
    const { data } = await query(selector);
    expect(data.result.map(({ value }) => value[1]).sort()).toEqual(values.toSorted());
  });

  it.each([
    [-30_001, []],
    [-30_000, ['1']],
    [-1, ['1']],
    [0, ['4']],
    [299_999, ['4']],
    [300_000, []],
  ])(
    '%s ms from the newest point is %j, because a value lives five minutes',
    async (ms, values) => {
      const at = new Date(NOW_MS + ms).toISOString();
      const { data } = await query(
        `${DECLINES}{payment_failure_reason="insufficient_funds"}`,
        `&time=${at}`,
      );
      expect(data.result.map(({ value }) => value[1])).toEqual(values);
    },
  );

  it.each([
    [''],
    ['{}'],
    ['{a=""}'],
    ['{a=~".*"}'],
    ['up[5m]'],
    ['rate(up[5m])'],
    ['sum(up)'],
    ['up + 1'],
    ['1'],
    ['up offset 5m'],
    ['up{'],
    ['up{a}'],
    ['up{a="b"'],
    ['up{a="b"}}'],
    ['up{a="b" c="d"}'],
    ['up{a=~"("}'],
    ['up{a="\\q"}'],
    ['up{a=~"a{1001}"}'],
    ['up{a=~"(?=a)"}'],
    [`up{a=~"${'a'.repeat(257)}"}`],
    ['"up"'],
    ["up{a=='b'}"],
  ])('%s is bad_data', async (selector) => {
    const response = await get<QueryResponse>(
      store,
      `/api/v1/query?query=${encodeURIComponent(selector)}`,
    );
    expect([response.status, response.json.status, response.json.errorType]).toEqual([
      400,
      'error',
      'bad_data',
    ]);
    expect(response.json.error).not.toBe('');
  });

  it.each([
    ['(s|s|s)*x'],
    [`${'.*s'.repeat(30)}x`],
    ['((s+)s?)+x'],
    ['(s+)+$x'],
    ['(s|s?)+x'],
    ['(.*)*x'],
    ['s?'.repeat(60) + 's'.repeat(60)],
  ])('matches /%s/ like Prometheus, in linear time', async (regex) => {
    const own = await start();
    const points = [point(1, { 'slow.label': 's'.repeat(60) })];
    await post(own, '/v1/metrics', metricsRequest([gauge('slow', points)]));
    const selector = encodeURIComponent(`slow{slow_label=~"${regex}"}`);
    const response = await get<QueryResponse>(own, `/api/v1/query?query=${selector}`);
    expect([response.status, response.json.status]).toEqual([200, 'success']);
  });

  const times = (count: number, matcher: string): string =>
    `up{${new Array(count).fill(matcher).join()}}`;
  it.each([
    ['32 matchers', times(32, 'a!="b"'), 200, undefined],
    ['33 matchers', times(33, 'a!="b"'), 400, /at most 32 matchers/],
    ['5000 steps', times(5, 'a=~"a{998}"'), 200, undefined],
    ['5001 steps', `up{a=~"a{999}",${times(4, 'a=~"a{998}"').slice(3)}`, 400, /at most 5000 steps/],
    [
      '36000 steps of one expression',
      `up{a=~"${'.{1000}'.repeat(36)}"}`,
      400,
      /at most 5000 steps/,
    ],
    ['256 characters', `up{a=~"${'a'.repeat(256)}"}`, 200, undefined],
    ['257 characters', `up{a=~"${'a'.repeat(257)}"}`, 400, /at most 256 characters/],
    ['classes that are repeated', `up{a=~"(?i)[^\\\\pL]{1000}"}`, 200, undefined],
  ])('responds to a selector of %s', async (_, selector, status, reason) => {
    const response = await get<QueryResponse>(
      store,
      `/api/v1/query?query=${encodeURIComponent(selector)}`,
    );
    expect(response.status).toBe(status);
    if (reason) expect(response.json.error).toMatch(reason);
  });

  it('responds in time when labels have megabytes, or with the reason why not', async () => {
    const own = await start();
    const points = Array.from({ length: 4 }, (_, index) =>
      point(1, { long: 's'.repeat(1_500_000) + index }),
    );
    await post(own, '/v1/metrics', metricsRequest([gauge('slow', points)]));
    for (const regex of ['(.?){90}x.*', '(?i)([^x]|s)*s{900}y', '.*']) {
      const selector = encodeURIComponent(`slow{${new Array(5).fill(`long=~"${regex}"`).join()}}`);
      const sentMs = performance.now();
      const response = await get<QueryResponse>(own, `/api/v1/query?query=${selector}`);
      expect(performance.now() - sentMs).toBeLessThan(4000);
      if (response.status !== 200) expect(response.json.error).toMatch(/take too long/);
    }
  });

  it('rejects an invalid time', async () => {
    expect(await query('up', '&time=now')).toMatchObject({
      status: 'error',
      errorType: 'bad_data',
    });
  });
});

describe('series of hostile names', () => {
  const labelsOf = async (more: Record<string, string>): Promise<Result['metric']> => {
    const own = await start();
    await post(own, '/v1/metrics', metricsRequest([gauge('odd', [point(1, more)])]));
    const { json } = await get<QueryResponse>(own, '/api/v1/query?query=odd');
    return json.data.result[0]?.metric ?? {};
  };

  it.each<[string, Record<string, string>, Record<string, string>]>([
    [
      'joins values of names that become one',
      { a_b: '2', 'a.b': '1', 'a-b': '0' },
      { a_b: '0;1;2' },
    ],
    ['keeps underscores', { 'a..b': 'x', _c: 'y' }, { a__b: 'x', key_c: 'y' }],
    ['keeps the name, the job and the instance', { __name__: 'x', job: 'x', instance: 'x' }, {}],
    ['has names of every object', { toString: 'x' }, { toString: 'x' }],
  ])('%s', async (_, more, labels) => {
    const { __name__, job, instance, ...others } = await labelsOf(more);
    expect([__name__, job, instance]).toEqual(['odd', 'shop', 'i-1']);
    expect(others).toEqual(labels);
  });

  const histogram = (bounds: readonly number[], counts: readonly number[]): unknown => ({
    name: 'size',
    histogram: {
      aggregationTemporality: 2,
      dataPoints: [
        {
          timeUnixNano: nanos(NOW_MS),
          count: String(counts.reduce((sum, one) => sum + one, 0)),
          bucketCounts: counts.map(String),
          explicitBounds: bounds,
        },
      ],
    },
  });

  it('are one series when two instruments get the same name, with the latest value', async () => {
    const own = await start();
    const twins = [
      gauge('twin.a', [point(2, {}, NOW_MS)]),
      gauge('twin_a', [point(1, {}, NOW_MS - 20_000)]),
    ];
    await post(own, '/v1/metrics', metricsRequest(twins));
    const { json } = await get<QueryResponse>(own, '/api/v1/query?query=twin_a');
    expect(json.data.result.map(({ value }) => value[1])).toEqual(['2']);
    const steps = `start=${NOW_MS / 1000 - 20}&end=${NOW_MS / 1000}&step=10`;
    const range = await get<QueryResponse>(own, `/api/v1/query_range?query=twin_a&${steps}`);
    expect(range.json.data.result.map(({ values }) => values.map(([, value]) => value))).toEqual([
      ['1', '1', '2'],
    ]);
  });

  it.each([
    [
      [1, 1],
      [1, 2, 4],
      [
        ['1', '3'],
        ['+Inf', '7'],
      ],
    ],
    [
      [0, 1, 1, 1, 2],
      [1, 1, 1, 1, 1, 1],
      [
        ['0', '1'],
        ['1', '4'],
        ['2', '5'],
        ['+Inf', '6'],
      ],
    ],
    [[2, 1], [1, 2, 4], []],
  ])(
    'of a histogram with the bounds %j and the counts %j are %j',
    async (bounds, counts, buckets) => {
      const own = await start();
      await post(own, '/v1/metrics', metricsRequest([histogram(bounds, counts)]));
      const { json } = await get<QueryResponse>(own, '/api/v1/query?query=size_bucket');
      expect(json.data.result.map(({ metric, value }) => [metric['le'], value[1]])).toEqual(
        buckets,
      );
    },
  );
});

describe('GET /api/v1/query_range', () => {
  const range = async (start: number, end: number, step: string): Promise<QueryResponse> => {
    const selector = encodeURIComponent(`${DECLINES}{payment_failure_reason="insufficient_funds"}`);
    const path = `/api/v1/query_range?query=${selector}&start=${start / 1000}&end=${end / 1000}&step=${step}`;
    return (await get<QueryResponse>(store, path)).json;
  };

  it('returns the value at every step, both ends included', async () => {
    const { data } = await range(NOW_MS - 45_000, NOW_MS, '15');
    expect(data.resultType).toBe('matrix');
    expect(data.result[0]?.values).toEqual([
      [(NOW_MS - 30_000) / 1000, '1'],
      [(NOW_MS - 15_000) / 1000, '1'],
      [NOW_MS / 1000, '4'],
    ]);
  });

  it('accepts 11000 steps and no more', async () => {
    expect((await range(NOW_MS - 10_999_000, NOW_MS, '1s')).status).toBe('success');
    expect(await range(NOW_MS - 11_000_000, NOW_MS, '1s')).toMatchObject({ errorType: 'bad_data' });
  });

  it.each([['0'], [''], ['-1'], ['soon'], ['1y']])('rejects a step of %j', async (step) => {
    expect(await range(NOW_MS - 1000, NOW_MS, step)).toMatchObject({
      status: 'error',
      errorType: 'bad_data',
    });
  });

  it('rejects an end before the start, and missing ends', async () => {
    expect(await range(NOW_MS, NOW_MS - 1, '1')).toMatchObject({ errorType: 'bad_data' });
    expect(
      (await get<QueryResponse>(store, '/api/v1/query_range?query=up&step=1')).json,
    ).toMatchObject({
      errorType: 'bad_data',
    });
  });
});

describe('GET /api/v1/label/__name__/values', () => {
  it('lists the names of all series', async () => {
    expect((await get(store, '/api/v1/label/__name__/values')).json).toEqual({
      status: 'success',
      data: [
        'db_connections',
        'http_server_request_duration_seconds_bucket',
        'http_server_request_duration_seconds_count',
        'http_server_request_duration_seconds_sum',
        DECLINES,
        'process_memory_usage_bytes',
        'queue_fill_ratio',
      ],
    });
  });
});
