import { describe, expect, it } from '@jest/globals';
import { CATALOGUE, INSTRUMENTS } from '@moneytrail/catalogue';
import type { MetricRow } from '@moneytrail/store';
import { lineColours } from '../src/metrics/colours.ts';
import { catalogueGroups, isMoney, otherGroups } from '../src/metrics/groups.ts';
import { panelLines } from '../src/metrics/lines.ts';
import { growth, quantile, type Series, trailingSum } from '../src/metrics/series.ts';
import { formatFigure, formatMajor, formatValue, unitWords } from '../src/metrics/units.ts';

const panels = catalogueGroups().flatMap((group) => group.panels);
const panel = (name: string): (typeof panels)[number] => {
  const found = panels.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no panel ${name}`);
  return found;
};

describe('the charts', () => {
  it('exist for each instrument of the catalogue', () => {
    expect(panels.map(({ name }) => name).sort()).toEqual(Object.keys(INSTRUMENTS).sort());
  });

  it('are in the groups of the catalogue, in its order', () => {
    const titles = catalogueGroups().map(({ title }) => title);
    expect(titles.slice(0, 2)).toEqual(['Payments', 'Refunds']);
    expect(titles.map((title) => title.toLowerCase())).toEqual(
      CATALOGUE.groups.map(({ name }) => name),
    );
  });

  it('never add currencies', () => {
    const names = Object.entries(INSTRUMENTS).flatMap(([name, { attributes }]) =>
      attributes.some((attribute) => attribute === 'money.currency') ? [name] : [],
    );
    expect(names.length).toBeGreaterThan(0);
    for (const name of names) expect(panel(name).splitBy).toContain('money_currency');
  });

  it('exist for each metric outside the catalogue, grouped by the first word of its name', () => {
    const row = (name: string, more: Partial<MetricRow> = {}): MetricRow => ({
      name,
      metric: name.replaceAll('.', '_'),
      kind: 'counter',
      unit: '',
      description: '',
      labels: ['instance', 'job', 'otel_scope_name'],
      last_ms: 0,
      ...more,
    });
    const rows = [
      row('acme.orders', {
        labels: ['job', 'kind', 'order_outcome', 'place'],
        description: 'Orders.',
      }),
      row('acme.sales', { labels: ['job', 'money_currency', 'place'] }),
      row('http.server.request.duration', { kind: 'histogram' }),
      row('moneytrail.payment.attempts', { metric: 'moneytrail_payment_attempts_total' }),
      row('up', { kind: 'gauge', labels: ['instance', 'job', 'zone'] }),
    ];
    const others = otherGroups(rows, catalogueGroups());
    expect(
      others.map(({ title, panels: own }) => [title, own.map(({ series }) => series)]),
    ).toEqual([
      ['acme', ['acme_orders', 'acme_sales']],
      ['http', ['http_server_request_duration_bucket']],
      ['up', ['up']],
    ]);
    const all = others.flatMap((group) => group.panels);
    expect(all.map(({ splitBy }) => splitBy)).toEqual([
      ['order_outcome'],
      ['money_currency'],
      [],
      ['zone'],
    ]);
    expect(all.map(isMoney)).toEqual([false, true, false, false]);
    expect(all[0]?.help).toBe('Orders.');
  });

  it.each([
    [
      [1, 3, 6],
      [null, 2, 3],
    ],
    [
      [5, 2, 4],
      [null, 2, 2],
    ],
    [
      [null, 4, null, 7],
      [null, null, null, 3],
    ],
  ])('of %j increase by %j, and a restart loses nothing', (values, grown) => {
    expect(growth(values)).toEqual(grown);
  });

  it('sum the last values, with gaps where there is no data', () => {
    expect(trailingSum([null, 1, 2, 3], 2)).toEqual([null, 1, 3, 5]);
  });

  it.each([
    [
      0.5,
      [
        [1, 10],
        [2, 20],
        [Number.POSITIVE_INFINITY, 20],
      ],
      1,
    ],
    [
      0.75,
      [
        [1, 10],
        [2, 20],
        [Number.POSITIVE_INFINITY, 20],
      ],
      1.5,
    ],
    [
      0.99,
      [
        [1, 10],
        [2, 10],
        [Number.POSITIVE_INFINITY, 20],
      ],
      2,
    ],
    [
      0.5,
      [
        [1, 0],
        [Number.POSITIVE_INFINITY, 0],
      ],
      null,
    ],
    [0.5, [], null],
  ] as const)('give the quantile %s of %j as %s', (share, buckets, value) => {
    expect(quantile(share, buckets)).toBe(value);
  });

  it('show counters per minute, by outcome, largest first', () => {
    const grid = { startS: 0, stepS: 30, count: 3 };
    const series = (outcome: string, ...values: string[]): Series => ({
      metric: { payment_outcome: outcome, payment_provider: 'stripe' },
      values: values.map((value, index) => [index * 30, value] as const),
    });
    const all = [
      series('declined', '0', '1', '2'),
      series('succeeded', '0', '6', '6'),
      series('canceled', '4', '4', '4'),
    ];
    const { lines, figures } = panelLines(panel('payment.attempts'), all, grid);
    expect(lines).toEqual([
      { label: 'succeeded', values: [null, 6, 6] },
      { label: 'declined', values: [null, 1, 2] },
    ]);
    expect(figures).toEqual([6, 2]);
  });

  it('use the same colours for success and failure everywhere, and different colours for all lines', () => {
    expect(lineColours(['EUR', 'declined', 'error', 'succeeded'])).toEqual([
      'line-blue',
      'line-red',
      'line-purple',
      'line-green',
    ]);
  });
});

describe('values of metrics', () => {
  it.each([
    [null, 's', '–'],
    [0, 's', '0'],
    [0.229, 's', '229 ms'],
    [9999, '{payment}', '9,999'],
    [30_500, '{payment}', '30.5k'],
    [2_000_000, '{payment}', '2M'],
    [1.239, '{payment}', '1.24'],
  ])('%s of %s is shown as %s on an axis', (value, unit, text) => {
    expect(formatValue(value, unit)).toBe(text);
  });

  it.each([
    [30_500, '30,500'],
    [1234.567, '1,234.57'],
  ])('%s is shown as %s in a legend', (value, text) => {
    expect(formatFigure(value, '{currency_unit}')).toBe(text);
  });

  it.each([
    [1498.2, 'BRL · paid', '1,498.20'],
    [39_800, 'JPY', '39,800'],
    [26.5, 'KWD p50', '26.500'],
    [null, 'EUR', '–'],
  ])('%s of %s is shown as %s', (value, label, text) => {
    expect(formatMajor(value, label)).toBe(text);
  });

  it.each([
    ['payment.attempts', 'attempts per minute'],
    ['webhook.deliveries', 'deliveries per minute'],
    ['payment.volume', 'major units per minute'],
    ['job.duration', 'duration'],
    ['job.last_success.timestamp', 'time since'],
  ])('%s is drawn in %s', (name, words) => {
    expect(unitWords(panel(name))).toBe(words);
  });

  it.each([
    ['', 'gauge', 'value'],
    ['1', 'counter', 'value per minute'],
    ['By', 'gauge', 'bytes'],
    ['ms', 'histogram', 'milliseconds'],
    ['{order}', 'counter', 'orders per minute'],
    ['Cel', 'gauge', 'Cel'],
    ['s', 'histogram', 'duration'],
  ] as const)('of the unit %j in a %s are drawn in %s', (unit, kind, words) => {
    expect(unitWords({ name: 'acme.x', unit, kind })).toBe(words);
  });
});
