/** Tests of recorders of other catalogues. */
import { describe, expect, it } from '@jest/globals';
import { money } from '@moneytrail/catalogue';
import {
  collectSeries,
  createBusinessMetricProducer,
  createRecorder,
  defineCatalogue,
  type InstrumentSnapshot,
} from '@moneytrail/metrics';
import { records, seriesValue, seriesWith, startRecording } from './recording.ts';

startRecording();

const SHOP = defineCatalogue({
  prefix: 'shop',
  attributes: {
    'order.id': { kind: 'id', help: 'Order.', onSpan: true },
    'order.carrier': { kind: 'set', help: 'Carrier.', values: { post: 'Post.', bike: 'Bicycle.' } },
    'order.gift': { kind: 'flag', help: 'Whether it is a present.' },
  },
  events: {
    'order.shipped': {
      help: 'An order left the warehouse.',
      severity: 'INFO',
      identity: ['id'],
      amounts: { amount: 'required', tax: 'optional', providerFee: 'optional' },
      required: { id: 'order.id', carrier: 'order.carrier' },
      optional: { gift: 'order.gift' },
    },
    'order.sent_back': {
      help: 'An order came back.',
      severity: 'WARN',
      identity: ['id'],
      required: { id: 'order.id' },
    },
    'delivery.missed.again': { help: 'Nobody was at home.', severity: 'INFO', identity: [] },
  },
  instruments: {
    'order.shipments': {
      kind: 'counter',
      unit: '{order}',
      help: 'Orders that left the warehouse.',
      attributes: ['order.carrier'],
      on: { 'order.shipped': {} },
    },
    'order.tax.volume': {
      kind: 'counter',
      unit: '{currency_unit}',
      help: 'Taxes.',
      attributes: ['money.currency'],
      adds: { amount: 'tax' },
      on: { 'order.shipped': {} },
    },
    'order.waiting': { kind: 'gauge', unit: '{order}', help: 'Waiting orders.', attributes: [] },
    'order.weight': {
      kind: 'histogram',
      unit: 'g',
      help: 'Weights.',
      attributes: ['order.carrier'],
      buckets: 'amount',
    },
    'order.lines': {
      kind: 'histogram',
      unit: '{line}',
      help: 'Lines of an order.',
      attributes: [],
      buckets: [1, 10, 100],
    },
  },
});

const { calls, count, setGauge, recordValue, track } = createRecorder(SHOP);
const amount = money(4900n, 'EUR');

function snapshot(name: string, from: readonly InstrumentSnapshot[] = collectSeries()): unknown {
  const found = from.find(({ metricName }) => metricName === name);
  return found?.series.map(({ attributes, value }) => ({ ...attributes, value }));
}

describe('a recorder of a catalogue of a service', () => {
  it('has its counters at zero from the start, for every reader', async () => {
    expect(snapshot('shop.order.shipments')).toEqual([
      { 'order.carrier': 'post', value: 0 },
      { 'order.carrier': 'bike', value: 0 },
    ]);
    const { resourceMetrics } = await createBusinessMetricProducer().collect();
    const names = resourceMetrics.scopeMetrics.flatMap(({ metrics }) =>
      metrics.map(({ descriptor }) => descriptor.name),
    );
    expect(names).toContain('shop.order.shipments');
  });

  it('has counters of money at zero for the currencies in use', () => {
    const inUse = { 'money.currency': ['EUR', 'JPY'] };
    const { collect } = createRecorder(SHOP, { isolated: true, inUse });
    expect(snapshot('shop.order.tax.volume', collect())).toEqual([
      { 'money.currency': 'EUR', value: 0 },
      { 'money.currency': 'JPY', value: 0 },
    ]);
    expect(snapshot('shop.order.tax.volume')).toEqual([]);
  });

  it('records an event with its identity and its amounts, once', () => {
    const fields = {
      id: 'o_1',
      carrier: 'bike',
      amount,
      tax: money(782n, 'EUR'),
      gift: true,
    } as const;
    expect([calls.orders.shipped(fields), calls.orders.shipped(fields)]).toEqual([
      'recorded',
      'duplicate',
    ]);
    expect(track({ event: 'order.shipped', ...fields, provider: 'stripe' })).toBe('recorded');
    const [event] = records().filter(({ eventName }) => eventName === 'shop.order.shipped');
    expect(event?.attributes).toMatchObject({
      'event.name': 'shop.order.shipped',
      'moneytrail.event.id': expect.stringMatching(/^service:.*\/o_1\/shop\.order\.shipped$/),
      'order.id': 'o_1',
      'order.carrier': 'bike',
      'order.gift': true,
      'money.amount_minor': 4900,
      'money.currency': 'EUR',
      'tax.amount_minor': 782,
    });
    expect(seriesValue('order.shipments', { 'order.carrier': 'bike' })).toBe(2);
    expect(seriesValue('order.tax.volume', { 'money.currency': 'EUR' })).toBe(15.64);
    expect(seriesValue('business_events', { 'event.name': 'shop.order.shipped' })).toBe(2);
  });

  it('leaves out and counts a further amount of another currency', () => {
    const before = seriesValue('value.coerced', { instrument: 'provider_fee.amount_minor' }) ?? 0;
    const fields = { id: 'o_2', carrier: 'post', amount, providerFee: money(1n, 'USD') } as const;
    expect(calls.orders.shipped(fields)).toBe('recorded');
    const mismatch = {
      instrument: 'provider_fee.amount_minor',
      'drop.reason': 'currency_mismatch',
    };
    expect(seriesValue('value.coerced', mismatch)).toBe(before + 1);
  });

  it('rejects and counts invalid input under the name with its prefix', () => {
    const fields = { id: 'o_3', carrier: 'post', amount: { minor: -1n, currency: 'EUR' } } as const;
    expect(calls.orders.shipped(fields)).toBe('negative_amount');
    const dropped = { instrument: 'shop.order.shipped', 'drop.reason': 'negative_amount' };
    expect(seriesValue('business_events.dropped', dropped)).toBe(1);
  });

  it('derives its calls from the names of its events', () => {
    expect(Object.keys(calls)).toEqual(['orders', 'deliveries']);
    expect(Object.keys(calls.orders)).toEqual(['shipped', 'sentBack']);
    expect(calls.deliveries.missedAgain({})).toBe('recorded');
  });

  it('has counters, gauges and histograms', () => {
    count('order.shipments', { 'order.carrier': 'post' }, 3);
    setGauge('order.waiting', 5, {});
    recordValue('order.weight', 1500, { 'order.carrier': 'post' });
    expect(seriesWith('order.waiting').map(({ value }) => value)).toEqual([5]);
    expect(seriesWith('order.weight')[0]?.bucketCounts[10]).toBe(1);
  });

  it('has histograms with own bounds, each included in its bucket', () => {
    for (const lines of [1, 2, 10, 11, 100, 101]) recordValue('order.lines', lines, {});
    expect(seriesWith('order.lines')[0]?.bucketCounts).toEqual([1, 2, 2, 1]);
  });

  it('replaces and counts a value outside of a closed set, which the compiler rejects', () => {
    // @ts-expect-error -- not one of the closed values
    count('order.shipments', { 'order.carrier': 'ship' });
    // @ts-expect-error -- not an attribute of the instrument
    count('order.shipments', { 'order.carrier': 'post', 'order.id': 'o_1' });
    // @ts-expect-error -- a gauge is not a counter
    count('order.waiting', {});
    // @ts-expect-error -- the amount is missing
    calls.orders.shipped({ id: 'o_9', carrier: 'post' });
    expect(seriesValue('order.shipments', { 'order.carrier': '_OTHER' })).toBe(1);
  });
});

describe('several recorders in one process', () => {
  const COUNTER = { kind: 'counter', unit: '{visit}', help: 'Visits.', attributes: [] } as const;

  it('count separately', () => {
    const CLUB = defineCatalogue({ prefix: 'club', instruments: { visits: COUNTER } });
    createRecorder(CLUB).count('visits', {});
    expect(snapshot('club.visits')).toEqual([{ value: 1 }]);
  });

  it('are the same for the same catalogue, even if it was defined twice', () => {
    const define = () =>
      createRecorder(defineCatalogue({ prefix: 'twice', instruments: { visits: COUNTER } }));
    const [first, second] = [define(), define()];
    first.count('visits', {});
    second.count('visits', {});
    expect(snapshot('twice.visits')).toEqual([{ value: 2 }]);
  });

  it('must not share a prefix', () => {
    const other = defineCatalogue({ prefix: 'shop', instruments: { visits: COUNTER } });
    expect(() => createRecorder(other)).toThrow('MONEYTRAIL_CATALOGUE_NAME_TAKEN');
  });

  it('must not have two names that are the same in Prometheus', () => {
    const other = defineCatalogue({
      prefix: 'shop_order',
      instruments: { shipments: { ...COUNTER, unit: '{order}' } },
    });
    expect(() => createRecorder(other)).toThrow('MONEYTRAIL_CATALOGUE_NAMES_FOLD');
  });

  it('start with at most 3,000 series together', () => {
    const wide = (prefix: string, instruments: number) =>
      defineCatalogue({
        prefix,
        attributes: {
          kind: {
            kind: 'set',
            help: 'Kind.',
            values: Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`v${i}`, 'One.'])),
          },
        },
        instruments: Object.fromEntries(
          Array.from({ length: instruments }, (_, i) => [
            `n${i}`,
            { ...COUNTER, attributes: ['kind'] },
          ]),
        ),
      } as never);
    expect(() => createRecorder(wide('wide', 6))).toThrow('MONEYTRAIL_CATALOGUE_TOO_MANY_SERIES');
    expect(() => createRecorder(wide('narrow', 5))).not.toThrow();
  });

  it('do not affect each other when they are isolated', () => {
    const isolated = createRecorder(SHOP, { isolated: true, maxSeries: 2 });
    isolated.calls.orders.shipped({ id: 'o_1', carrier: 'bike', amount });
    const collected = isolated.collect();
    expect(snapshot('shop.order.shipments', collected)).toEqual([
      { 'order.carrier': 'post', value: 0 },
      { 'order.carrier': 'bike', value: 1 },
    ]);
    expect(snapshot('moneytrail.business_events', collected)).toEqual([
      { 'event.name': 'shop.order.shipped', value: 1 },
    ]);
  });

  it.each([0, 1.5, Number.NaN, '2'])('reject %p as a limit', (maxSeries) => {
    const options = { isolated: true, maxSeries: maxSeries as number };
    expect(() => createRecorder(SHOP, options)).toThrow('MONEYTRAIL_OPTION_INVALID');
  });
});
