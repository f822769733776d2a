/** Tests of queries. */
import { describe, expect, it } from '@jest/globals';
import {
  age,
  EXTERNAL_METRICS,
  latest,
  mapSelectors,
  max,
  measurementsOf,
  metric,
  net,
  nonZero,
  orZero,
  type Query,
  quantile,
  RESOURCE_ATTRIBUTES,
  rate,
  ratio,
  sumOf,
  text,
  total,
} from '@moneytrail/promql';
import { parser } from '@prometheus-io/lezer-promql';

/** A catalogue as a service would define it, with values as a table. */
const SHOP = {
  prefix: 'shop.',
  instruments: {
    orders: { kind: 'counter', unit: '{order}', attributes: ['order.state', 'order.carrier'] },
    'order.volume': {
      kind: 'counter',
      unit: '{currency_unit}',
      attributes: ['order.state', 'money.currency'],
    },
    'order.open': { kind: 'gauge', unit: '{order}', attributes: ['order.state'] },
    'order.wait': { kind: 'histogram', unit: 's', attributes: ['order.state'] },
    'sync.timestamp': { kind: 'gauge', unit: 's', attributes: ['job.name'] },
    'sync.bytes': { kind: 'counter', unit: 'By', attributes: [] },
  },
  known: {
    'order.state': { kind: 'set', values: { shipped: 'It left.', lost: 'Nobody knows.' } },
    'order.carrier': { kind: 'open_set', values: { post: 'By post.' } },
    'money.currency': { kind: 'currency' },
    'job.name': { kind: 'name' },
  },
} as const;

const orders = metric(SHOP, 'orders');
const volume = metric(SHOP, 'order.volume');
const open = metric(SHOP, 'order.open');
const wait = metric(SHOP, 'order.wait');
const spans = metric(EXTERNAL_METRICS, 'traces.span.metrics.duration');
const collections = metric(EXTERNAL_METRICS, 'v8js.gc.duration');
const queue = metric(EXTERNAL_METRICS, 'otelcol_exporter_queue_size');

const QUERIES: readonly (readonly [claim: string, query: Query, text: string, unit: string])[] = [
  ['a rate is per second', rate(orders), 'sum(rate(shop_orders_total{}[5m]))', '{order}/s'],
  [
    'a rate per minute counts what happens in a minute',
    rate(orders, { per: 'minute', by: ['order.state'] }),
    '60 * sum by (order_state) (rate(shop_orders_total{}[5m]))',
    '{order}/min',
  ],
  [
    'a rate of money per hour is split by its currency',
    rate(volume, { per: 'hour', by: ['money.currency'] }),
    '3600 * sum by (money_currency) (rate(shop_order_volume_total{}[5m]))',
    '{currency_unit}/h',
  ],
  [
    'a rate of seconds per second is a share of the time',
    rate(sumOf(collections)),
    'sum(rate(v8js_gc_duration_seconds_sum{}[5m]))',
    '1',
  ],
  [
    'a rate of seconds per minute is not a share',
    rate(sumOf(collections), { per: 'minute' }),
    '60 * sum(rate(v8js_gc_duration_seconds_sum{}[5m]))',
    's/min',
  ],
  [
    'a rate of bytes keeps its unit',
    rate(metric(SHOP, 'sync.bytes')),
    'sum(rate(shop_sync_bytes_total{}[5m]))',
    'By/s',
  ],
  [
    'a rate over a fixed duration does not depend on the window',
    rate(orders, { over: '1h' }),
    'sum(rate(shop_orders_total{}[1h]))',
    '{order}/s',
  ],
  [
    'a total is exact, and falls back to increase after a reset',
    total(orders),
    'sum(((last_over_time(shop_orders_total{}[5m]) - (shop_orders_total{} offset 5m or 0 * last_over_time(shop_orders_total{}[5m]))) and resets(shop_orders_total{}[5m]) == 0) or increase(shop_orders_total{}[5m]))',
    '{order}',
  ],
  [
    'the latest values of a gauge are added up',
    latest(open, { by: ['order.state'] }),
    'sum by (order_state) (shop_order_open{})',
    '{order}',
  ],
  ['the highest value of a gauge', max(open), 'max(shop_order_open{})', '{order}'],
  [
    'an age is measured from the newest timestamp',
    age(metric(SHOP, 'sync.timestamp'), { by: ['job.name'] }),
    'time() - max by (job_name) (shop_sync_timestamp_seconds{})',
    's',
  ],
  [
    'a quantile of a classic histogram adds up its buckets',
    quantile(0.95, wait, { by: ['order.state'] }),
    'histogram_quantile(0.95, sum by (order_state, le) (rate(shop_order_wait_seconds_bucket{}[5m])))',
    's',
  ],
  [
    'a quantile of a native histogram has no buckets',
    quantile(0.5, spans, { where: { 'span.kind': 'SPAN_KIND_SERVER' } }),
    'histogram_quantile(0.5, sum(rate(traces_span_metrics_duration_seconds{span_kind="SPAN_KIND_SERVER"}[5m])))',
    's',
  ],
  [
    'the measurements of a histogram are a counter',
    rate(measurementsOf(wait)),
    'sum(rate(shop_order_wait_seconds_count{}[5m]))',
    '{call}/s',
  ],
  [
    'a scraped metric keeps its name',
    latest(queue, { by: ['exporter'] }),
    'sum by (exporter) (otelcol_exporter_queue_size{})',
    '',
  ],
  [
    'a share is zero while only the part is missing',
    ratio(latest(open, { where: { 'order.state': 'lost' } }), latest(open)),
    '(sum(shop_order_open{order_state="lost"}) or 0 * sum(shop_order_open{})) / (sum(shop_order_open{}) > 0)',
    '1',
  ],
  ['zero can be left out', nonZero(latest(open)), 'sum(shop_order_open{}) > 0', '{order}'],
  [
    'the returned amount is subtracted, also if one of the two is missing',
    net(latest(open), max(open)),
    '(sum(shop_order_open{}) or 0 * max(shop_order_open{})) - (max(shop_order_open{}) or 0 * sum(shop_order_open{})) != 0',
    '{order}',
  ],
  [
    'a missing query is zero while its witness has data',
    orZero(latest(open), max(open)),
    'sum(shop_order_open{}) or 0 * max(shop_order_open{})',
    '{order}',
  ],
];

describe('a query', () => {
  it.each(QUERIES)('%s', (_, query, expected, unit) => {
    expect([text(query, '5m'), query.unit]).toEqual([expected, unit]);
  });

  it.each(QUERIES)('is valid for the grammar of Prometheus: %s', (_, query) => {
    const errors: string[] = [];
    const printed = text(query, '5m');
    parser.parse(printed).iterate({
      enter: ({ type, from, to }) => {
        if (type.isError) errors.push(printed.slice(from, to) || `at ${from}`);
      },
    });
    expect(errors).toEqual([]);
  });

  it('has a duration for each of the two windows', () => {
    const windows = { interval: '2m', period: '1d' };
    expect(text(rate(orders), windows)).toContain('[2m]');
    expect(text(rate(orders, { over: 'period' }), windows)).toContain('[1d]');
    expect(text(total(orders), windows)).toContain('offset 1d or');
  });
});

describe('a condition', () => {
  it.each([
    ['a value', { 'order.state': 'lost' }, 'order_state="lost"'],
    ['several values', { 'order.state': ['lost', 'shipped'] }, 'order_state=~"lost|shipped"'],
    ['a pattern', { 'order.carrier': /post|/ }, 'order_carrier=~"post|"'],
    ['a pattern without case', { 'order.carrier': /post/gi }, 'order_carrier=~"(?i)post"'],
    ['special characters', { 'order.carrier': ['a.b', 'c|d'] }, 'order_carrier=~"a\\\\.b|c\\\\|d"'],
    ['a quote', { 'order.carrier': 'the "post"\n' }, 'order_carrier="the \\"post\\"\\n"'],
    ['a resource', { 'service.name': 'checkout' }, 'service_name="checkout"'],
  ] as const)('may be %s', (_, where, expected) => {
    expect(text(rate(orders, { where }), '5m')).toBe(
      `sum(rate(shop_orders_total{${expected}}[5m]))`,
    );
  });

  it('is added to every selector by mapSelectors', () => {
    const expression = mapSelectors(ratio(rate(orders), rate(orders)).expression, (selector) => ({
      ...selector,
      matchers: [{ label: 'tenant', operator: '!=', value: 'test' }, ...selector.matchers],
    }));
    const sum = 'sum(rate(shop_orders_total{tenant!="test"}[5m]))';
    expect(text({ expression }, '5m')).toBe(`(${sum} or 0 * ${sum}) / (${sum} > 0)`);
  });
});

it('operators of nested queries keep their order by parentheses', () => {
  const nested = ratio(nonZero(latest(open)), net(latest(open), max(open)));
  const [part = '', whole = ''] = text(nested, '5m').split(' / ');
  expect(part.startsWith('((sum(shop_order_open{}) > 0) or 0 * ((sum(')).toBe(true);
  expect(whole.endsWith(' != 0 > 0)')).toBe(true);
});

describe('a metric', () => {
  it('has the labels of its instrument with their closed values, then those of the resource', () => {
    expect(orders.labels).toEqual([
      { name: 'order.state', values: ['shipped', 'lost', '_OTHER'] },
      { name: 'order.carrier', values: ['post', '_OTHER'] },
      ...RESOURCE_ATTRIBUTES.map((name) => ({ name })),
    ]);
    expect(queue.labels).toEqual([{ name: 'exporter' }]);
  });

  it('accepts the values of a label also as a list', () => {
    const source = { ...SHOP, known: { 'order.state': { values: ['open', 'done'] } } };
    expect(metric(source, 'order.open').labels[0]).toEqual({
      name: 'order.state',
      values: ['open', 'done'],
    });
  });

  it('of money is split by its currency even if its definition has no types', () => {
    const instruments: Record<string, { kind: 'counter'; unit: string; attributes: string[] }> = {
      tips: { kind: 'counter', unit: '{currency_unit}', attributes: ['money.currency'] },
    };
    const tips = metric({ prefix: 'shop.', instruments }, 'tips');
    expect(text(rate(tips), '5m')).toContain('sum by (money_currency) (');
    expect(text(rate(tips, { by: ['service.name', 'money.currency'] }), '5m')).toContain(
      'sum by (service_name, money_currency) (',
    );
  });
});

describe('the compiler', () => {
  it('rejects unknown metrics, labels and values, and sums of currencies', () => {
    const refused = [
      // @ts-expect-error -- not in the catalogue
      () => metric(SHOP, 'order'),
      // @ts-expect-error -- not an external metric
      () => metric(EXTERNAL_METRICS, 'http.server.duration'),
      // @ts-expect-error -- the metric has no such label
      () => rate(orders, { by: ['money.currency'] }),
      // @ts-expect-error -- not one of the closed values
      () => rate(orders, { where: { 'order.state': 'gone' } }),
      // @ts-expect-error -- no value at all
      () => rate(orders, { where: { 'order.state': [] } }),
      // @ts-expect-error -- money without its currency
      () => rate(volume),
      // @ts-expect-error -- money by another label first
      () => total(volume, { by: ['order.state'] }),
      // @ts-expect-error -- not a unit of time
      () => rate(orders, { per: 'day' }),
    ];
    expect(refused).toHaveLength(8);
  });
});

describe('a query that cannot match', () => {
  const untyped = (builder: unknown, ...args: unknown[]): unknown =>
    Reflect.apply(Object(builder), undefined, args);
  const where = (value: unknown): unknown =>
    untyped(rate, orders, { where: { 'order.state': value } });

  it.each<[string, () => unknown, RegExp]>([
    ['an unknown metric', () => untyped(metric, SHOP, 'order'), /the metric .*did you mean orders/],
    [
      'an unknown label',
      () => untyped(rate, orders, { by: ['order.stat'] }),
      /did you mean order.state/,
    ],
    [
      'a condition on an unknown label',
      () => untyped(rate, orders, { where: { state: 'x' } }),
      /the label/,
    ],
    ['a rate of a gauge', () => rate(open), /shop_order_open .*"gauge" must be a counter for rate/],
    ['a total of a gauge', () => total(open), /must be a counter for total/],
    ['a rate of a histogram', () => rate(wait), /must be a counter for rate/],
    ['the latest value of a counter', () => latest(orders), /must be a gauge/],
    ['the highest value of a counter', () => max(orders), /must be a gauge/],
    ['a quantile of a counter', () => quantile(0.5, orders), /must be a histogram or exponential/],
    ['a quantile above 1', () => quantile(1.01, wait), /"1.01" must be from 0 to 1/],
    ['a quantile below 0', () => quantile(-0.01, wait), /must be from 0 to 1/],
    ['a quantile that is not a number', () => quantile(Number.NaN, wait), /must be from 0 to 1/],
    ['a rate per day', () => untyped(rate, orders, { per: 'day' }), /one of second, minute, hour/],
    ['no value', () => where(undefined), /must be a string, strings, or a regular expression/],
    ['a number as value', () => where(5), /must be a string/],
    ['no values', () => where([]), /must be a string/],
    ['a lookahead', () => where(/a(?=b)/), /without lookaround/],
    ['a lookbehind', () => where(/(?<!a)b/), /without lookaround/],
    ['a back reference', () => where(/(a)\1/), /without lookaround/],
    // biome-ignore lint/correctness/noEmptyCharacterClassInRegex: it is the subject of the test.
    ['any character of JavaScript', () => where(/[^]/), /without lookaround/],
    ['a code point of JavaScript', () => where(/\u{1F600}/u), /without lookaround/],
    ['a window in words', () => text(rate(orders), 'five minutes'), /a window .*such as 5m/],
    ['a window with more', () => text(rate(orders), '5m} or up{'), /a window/],
    ['an empty window', () => text(rate(orders), ''), /a window/],
  ])('is rejected: %s', (_title, query, message) => {
    expect(query).toThrow(/^MONEYTRAIL_QUERY_INVALID/);
    expect(query).toThrow(message);
  });

  it.each([
    [/5../, '5..'],
    [/(?<code>5)../, '(?<code>5)..'],
    [/\\1/, '\\\\1'],
    [/^a|b$/i, '(?i)^a|b$'],
  ])('is not %s, which Prometheus reads in the same way', (pattern, value) => {
    expect(text(rate(orders, { where: { 'order.state': pattern } }), '5m')).toBe(
      `sum(rate(shop_orders_total{order_state=~${JSON.stringify(value)}}[5m]))`,
    );
  });

  it.each(['5m', '1h30m', '250ms', '$__rate_interval', '[[window]]'])(
    'accepts the window %s',
    (window) => expect(text(rate(orders), window)).toContain(`[${window}]`),
  );
});
