/** Tests of bound series: handles that callers keep. */
import { execFileSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import { CATALOGUE, money } from '@moneytrail/catalogue';
import {
  collectSeries,
  count,
  counter,
  createRecorder,
  defineCatalogue,
  gauge,
  histogram,
  type SeriesSnapshot,
} from '@moneytrail/metrics';
import fc from 'fast-check';
import { seriesValue, seriesWith } from './recording.ts';

const RUNS = { 'job.name': 'nightly', 'job.outcome': 'succeeded' } as const;

const SHOP = defineCatalogue({
  prefix: 'shop',
  attributes: {
    'order.id': { kind: 'id', help: 'Order.' },
    'order.shelf': { kind: 'name', help: 'Shelf.' },
  },
  events: {
    'order.sold': {
      help: 'Sold.',
      severity: 'INFO',
      identity: ['id'],
      amounts: { amount: 'required' },
      required: { id: 'order.id' },
    },
  },
  instruments: {
    orders: { kind: 'counter', unit: '{order}', help: 'Orders.', attributes: ['order.shelf'] },
    sales: {
      kind: 'counter',
      unit: '{currency_unit}',
      help: 'Sales.',
      attributes: ['money.currency'],
      adds: { amount: 'amount' },
      on: { 'order.sold': {} },
    },
    stock: { kind: 'gauge', unit: '{order}', help: 'Stock.', attributes: [] },
    weight: {
      kind: 'histogram',
      unit: 'g',
      help: 'Weight.',
      attributes: ['order.shelf'],
      buckets: [10, 100],
    },
  },
});

type Shop = ReturnType<typeof createShop>;

function createShop(options: { readonly maxSeries?: number } = {}) {
  return createRecorder(SHOP, { isolated: true, ...options });
}

function seriesOf({ collect }: Pick<Shop, 'collect'>, name: string): readonly SeriesSnapshot[] {
  return collect().find((one) => one.name === name)?.series ?? [];
}

/** The losses of a recorder by instrument and reason. */
function lossesOf({ collect }: Pick<Shop, 'collect'>): Record<string, number> {
  const losses = collect().filter(({ name }) => /dropped|coerced/.test(name));
  return Object.fromEntries(
    losses.flatMap(({ series }) =>
      series.map(({ attributes, value }) => [Object.values(attributes).join(' '), value]),
    ),
  );
}

describe('a bound series', () => {
  it('is the series of calls with the same attributes', () => {
    const bound = counter('job.runs').with(RUNS);
    bound.add();
    bound.add(2.5);
    count('job.runs', RUNS, 4);
    expect(seriesValue('job.runs', RUNS)).toBe(7.5);
  });

  it('of a gauge is set, and of a histogram records', () => {
    gauge('commission.pending').with({}).set(-3);
    expect(seriesValue('commission.pending')).toBe(-3);
    const checked = histogram('health.check.duration').with({ 'health.check': 'ledger' });
    for (const seconds of [0.005, 0.0051, 31]) checked.record(seconds);
    const [series] = seriesWith('health.check.duration', { 'health.check': 'ledger' });
    expect(series?.bucketCounts).toEqual([1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
  });

  it('starts the other series of its counter at zero, as a call does', () => {
    counter('job.runs').with({ 'job.name': 'bound', 'job.outcome': 'failed' });
    expect(seriesValue('job.runs', { 'job.name': 'bound', 'job.outcome': 'failed' })).toBe(0);
  });

  it('of our catalogue and of a service are of separate recorders', () => {
    const shop = createShop();
    shop.counter('orders').with({ 'order.shelf': 'a' }).add(2);
    expect(seriesOf(shop, 'orders')).toMatchObject([{ value: 2 }]);
    expect(collectSeries().some(({ metricName }) => metricName === 'shop.orders')).toBe(false);
  });

  it.each([-1, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, '1', null, {}])(
    'of a counter rejects %p and counts it',
    (by) => {
      const shop = createShop();
      const bound = shop.counter('orders').with({ 'order.shelf': 'a' });
      Reflect.apply(bound.add, bound, [by]);
      expect(seriesOf(shop, 'orders')).toMatchObject([{ value: 0 }]);
      expect(lossesOf(shop)).toEqual({ 'shop.orders invalid_value': 1 });
    },
  );

  it.each([0, 0.1, 2 ** 53 - 1])('of a counter adds %d', (by) => {
    const shop = createShop();
    shop.counter('orders').with({ 'order.shelf': 'a' }).add(by);
    expect(seriesOf(shop, 'orders')).toMatchObject([{ value: by }]);
    expect(lossesOf(shop)).toEqual({});
  });

  it.each([Number.NaN, Number.NEGATIVE_INFINITY, '1', undefined])(
    'of a gauge or a histogram rejects %p and counts it',
    (value) => {
      const shop = createShop();
      const stock = shop.gauge('stock').with({});
      const weight = shop.histogram('weight').with({ 'order.shelf': 'a' });
      Reflect.apply(stock.set, stock, [value]);
      Reflect.apply(weight.record, weight, [value]);
      expect(seriesOf(shop, 'stock')).toMatchObject([{ value: 0 }]);
      expect(seriesOf(shop, 'weight')).toMatchObject([{ value: 0, bucketCounts: [0, 0, 0] }]);
      expect(lossesOf(shop)).toEqual({
        'shop.stock invalid_value': 1,
        'shop.weight invalid_value': 1,
      });
    },
  );

  it('of a histogram rejects a value below zero', () => {
    const shop = createShop();
    shop.histogram('weight').with({ 'order.shelf': 'a' }).record(-1);
    expect(lossesOf(shop)).toEqual({ 'shop.weight invalid_value': 1 });
  });

  it.each(['stock', 'weight', 'nothing', undefined])(
    'of a counter that does not exist (%p) counts each value as lost',
    (name) => {
      const shop = createShop();
      const bound = Reflect.apply(shop.counter, shop, [name]).with({});
      bound.add(1);
      bound.add(1);
      expect(lossesOf(shop)).toEqual({ '_OTHER unknown_instrument': 2 });
    },
  );

  it('is not created by attributes whose getter throws', () => {
    const shop = createShop();
    const attributes = {
      get 'order.shelf'(): string {
        throw new Error('hostile');
      },
    };
    shop.counter('orders').with(attributes).add();
    expect(seriesOf(shop, 'orders')).toEqual([]);
    expect(lossesOf(shop)).toEqual({ '_OTHER internal': 1 });
  });

  it('above the limit of series adds to the overflow series, and each value is counted', () => {
    const shop = createShop({ maxSeries: 2 });
    const handles = ['a', 'b', 'c'].map((shelf) =>
      shop.counter('orders').with({ 'order.shelf': shelf }),
    );
    for (const handle of handles) handle.add(5);
    handles[2]?.add(2);
    expect(seriesOf(shop, 'orders').map(({ attributes, value }) => [attributes, value])).toEqual([
      [{ 'order.shelf': 'a' }, 5],
      [{ 'order.shelf': 'b' }, 5],
      [{ 'otel.metric.overflow': 'true' }, 7],
    ]);
    expect(lossesOf(shop)).toEqual({ 'shop.orders series_limit': 2 });
  });

  it('leaves out attributes that the instrument does not have, and counts them once', () => {
    const shop = createShop();
    const attributes = { 'order.shelf': 'a', 'order.color': 'red' };
    const bound = shop.counter('orders').with(attributes);
    for (let i = 0; i < 3; i += 1) bound.add();
    expect(seriesOf(shop, 'orders')).toMatchObject([
      { attributes: { 'order.shelf': 'a' }, value: 3 },
    ]);
    expect(lossesOf(shop)).toEqual({ 'shop.orders unknown_attribute': 1 });
    shop.count('orders', attributes);
    Reflect.apply(shop.count, shop, ['orders', { 'order.shelve': 'a' }]);
    expect(lossesOf(shop)).toEqual({ 'shop.orders unknown_attribute': 3 });
  });

  it('keeps its place when thousands of others follow', () => {
    const shop = createShop();
    const first = shop.counter('orders').with({ 'order.shelf': 'first' });
    first.add(1);
    for (let i = 0; i < 1500; i += 1) shop.histogram('weight').with({ 'order.shelf': `s${i}` });
    first.add(1);
    expect(seriesOf(shop, 'orders')).toMatchObject([{ value: 2 }]);
    expect(seriesOf(shop, 'weight').every(({ value }) => value === 0)).toBe(true);
  });
});

describe('calls with attributes', () => {
  const used = (code: string, ...flags: string[]): string =>
    execFileSync(
      process.execPath,
      [...flags, '--conditions=@moneytrail/source', '--input-type=module', '-e', code],
      { encoding: 'utf8', cwd: import.meta.dirname },
    ).trim();

  const CODE = `import { collectSeries, count } from '@moneytrail/metrics';
    for (let i = 0; i < 5000; i += 1)
      count('job.runs', { 'job.name': ['a', 'b'][i % 2], 'job.outcome': 'failed' });
    count('job.runs', { 'job.name': 'a' });
    const { series } = collectSeries().find(({ name }) => name === 'job.runs');
    console.log(JSON.stringify(series.filter(({ value }) => value > 0).map((one) => one.value)));`;

  it.each([[[]], [['--disallow-code-generation-from-strings']]])(
    'count the same when they are frequent, with the flags %j of Node',
    (flags) => expect(used(CODE, ...flags)).toBe('[2500,2500,1]'),
  );

  it('find a series without a value for an attribute that has a default', () => {
    const ours = createRecorder(CATALOGUE, { isolated: true });
    for (let i = 0; i < 1200; i += 1) {
      ours.calls.payments.succeeded({
        provider: 'stripe',
        id: `pi_${i}`,
        amount: money(1n, 'EUR'),
      });
    }
    const volume = ours.collect().find(({ name }) => name === 'payment.volume')?.series ?? [];
    expect(volume.filter(({ value }) => value > 0)).toMatchObject([
      { value: 12, attributes: { 'account.kind': 'own' } },
    ]);
  });
});

describe('money', () => {
  const sold = (shop: Shop, amounts: readonly bigint[]): void => {
    for (const [index, minor] of amounts.entries())
      shop.calls.orders.sold({ id: `o_${index}`, amount: money(minor, 'JPY') });
  };

  it('is added exactly beyond 2^53 minor units', () => {
    const largest = 2n ** 53n - 1n;
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.bigInt(0n, 1000n), fc.bigInt(largest - 1000n, largest)), {
          minLength: 1,
          maxLength: 40,
        }),
        (amounts) => {
          const shop = createShop();
          sold(shop, amounts);
          const [sales] = seriesOf(shop, 'sales').filter(
            ({ attributes }) => attributes['money.currency'] === 'JPY',
          );
          expect(sales?.value).toBe(Number(amounts.reduce((sum, one) => sum + one, 0n)));
        },
      ),
    );
  });

  it('that a caller adds is in major units', () => {
    const shop = createShop();
    sold(shop, [5n]);
    shop.counter('sales').with({ 'money.currency': 'JPY' }).add(2.5);
    expect(seriesOf(shop, 'sales')).toMatchObject([{ value: 7.5 }]);
  });
});
