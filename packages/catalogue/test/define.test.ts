/** Tests of `defineCatalogue`. */
import { describe, expect, it } from '@jest/globals';
import { defineCatalogue, MoneytrailError, valuesOf, zeroSeriesCount } from '@moneytrail/catalogue';

const ATTRIBUTES = {
  'order.id': { kind: 'id', help: 'Order.' },
  'order.carrier': { kind: 'set', help: 'Carrier.', values: { post: 'Post.', bike: 'Bicycle.' } },
  'order.note': { kind: 'text', help: 'Note.' },
} as const;

const EVENTS = {
  'order.shipped': {
    help: 'An order left the warehouse.',
    severity: 'INFO',
    identity: ['id'],
    amounts: { amount: 'required', tax: 'optional' },
    required: { id: 'order.id', carrier: 'order.carrier' },
  },
} as const;

const COUNTER = { kind: 'counter', unit: '{order}', help: 'Orders.', attributes: [] } as const;

/** A definition as callers without types write it. */
function define(definition: object): unknown {
  return Reflect.apply(defineCatalogue, undefined, [
    { prefix: 'shop', attributes: ATTRIBUTES, events: EVENTS, ...definition },
  ]);
}

function codeOf(definition: object): string {
  try {
    define(definition);
  } catch (error) {
    if (error instanceof MoneytrailError) return `${error.code} ${error.message}`;
    throw error;
  }
  return 'none';
}

function withCounter(counter: object): object {
  return { instruments: { 'order.shipments': { ...COUNTER, ...counter } } };
}

/** Attributes of an instrument with as many combinations of values as the product of `sizes`. */
function sized(...sizes: number[]): { attributes: object; instruments: object } {
  const values = (size: number): object =>
    Object.fromEntries(Array.from({ length: size }, (_, index) => [`v${index}`, 'A value.']));
  const names = sizes.map((_, index) => `size.n${index}`);
  return {
    attributes: {
      ...ATTRIBUTES,
      ...Object.fromEntries(
        sizes.map((size, index) => [
          `size.n${index}`,
          { kind: 'set', help: 'Size.', values: values(size) },
        ]),
      ),
    },
    instruments: { sizes: { ...COUNTER, attributes: names } },
  };
}

describe('the catalogue of a service', () => {
  it('has its own attributes and ours, and those of its amounts', () => {
    const { known, prefix } = defineCatalogue({
      prefix: 'shop',
      attributes: ATTRIBUTES,
      events: EVENTS,
    });
    expect(prefix).toBe('shop.');
    expect(valuesOf(known['order.carrier'])).toEqual(['post', 'bike', '_OTHER']);
    expect(Object.keys(known)).toEqual(
      expect.arrayContaining(['payment.provider', 'money.currency', 'tax.amount_minor']),
    );
  });

  it.each([
    ['a counter without attributes', {}],
    ['an attribute of ours', { attributes: ['payment.provider', 'order.carrier'] }],
    ['seconds', { unit: 's' }],
    ['money', { unit: '{currency_unit}', attributes: ['money.currency'], adds: { amount: 'tax' } }],
    ['a rate', { unit: 'By/s' }],
  ])('accepts %s', (_title, counter) => {
    expect(codeOf(withCounter({ on: { 'order.shipped': {} }, ...counter }))).toBe('none');
  });

  it('accepts an instrument that starts with 500 series, and rejects one with 501', () => {
    expect(codeOf(sized(10, 10, 5))).toBe('none');
    expect(codeOf(sized(501))).toMatch(/^MONEYTRAIL_CATALOGUE_TOO_MANY_SERIES .* 501 series/);
  });

  it.each([
    ['moneytrail', 'MONEYTRAIL_CATALOGUE_PREFIX_RESERVED'],
    ['moneytrail.shop', 'MONEYTRAIL_CATALOGUE_PREFIX_RESERVED'],
    ['otel', 'MONEYTRAIL_CATALOGUE_PREFIX_RESERVED'],
    ['payment', 'MONEYTRAIL_CATALOGUE_PREFIX_RESERVED'],
    ['payment_shop', 'none'],
    ['Shop', 'MONEYTRAIL_CATALOGUE_INVALID'],
    ['', 'MONEYTRAIL_CATALOGUE_INVALID'],
    ['my-shop', 'MONEYTRAIL_CATALOGUE_INVALID'],
    ['my_shop', 'none'],
    ['moneytrails', 'none'],
  ])('with the prefix %p: %s', (prefix, code) => {
    expect(codeOf({ prefix })).toMatch(new RegExp(`^${code}`));
  });

  it.each([
    [
      'an attribute that we have',
      { attributes: { 'payment.provider': { kind: 'text', help: 'x' } }, events: {} },
      'MONEYTRAIL_CATALOGUE_NAME_TAKEN',
    ],
    ['an unknown unit', withCounter({ unit: 'orders' }), 'MONEYTRAIL_CATALOGUE_UNIT_UNKNOWN'],
    [
      'a unit with two quotients',
      withCounter({ unit: 'By/s/s' }),
      'MONEYTRAIL_CATALOGUE_UNIT_UNKNOWN',
    ],
    [
      'series by an id',
      withCounter({ attributes: ['order.id'] }),
      'MONEYTRAIL_CATALOGUE_LABEL_UNBOUNDED order|MONEYTRAIL_CATALOGUE_LABEL_UNBOUNDED',
    ],
    [
      'series by a text',
      withCounter({ attributes: ['order.note'] }),
      'MONEYTRAIL_CATALOGUE_LABEL_UNBOUNDED',
    ],
    [
      'two names that Prometheus makes one',
      { instruments: { 'order.kinds': COUNTER, order_kinds: COUNTER } },
      'MONEYTRAIL_CATALOGUE_NAMES_FOLD',
    ],
    [
      'a counter that is named like the sum of a histogram',
      {
        instruments: {
          'order.size': { ...COUNTER, kind: 'histogram', buckets: 'amount' },
          'order.size.sum': { ...COUNTER, kind: 'gauge' },
        },
      },
      'MONEYTRAIL_CATALOGUE_NAMES_FOLD',
    ],
    [
      'an unknown attribute, with the one that was probably meant',
      withCounter({ attributes: ['order.carier'] }),
      'MONEYTRAIL_CATALOGUE_INVALID .*did you mean order.carrier',
    ],
    [
      'an unknown event',
      withCounter({ on: { 'order.shiped': {} } }),
      'MONEYTRAIL_CATALOGUE_INVALID .*did you mean order.shipped',
    ],
    ['an unknown amount', withCounter({ adds: { amount: 'tip' } }), 'MONEYTRAIL_CATALOGUE_INVALID'],
    [
      'an identity that is not a field',
      { events: { 'order.shipped': { ...EVENTS['order.shipped'], identity: ['order'] } } },
      'MONEYTRAIL_CATALOGUE_INVALID',
    ],
    [
      'a field that is an amount as well',
      {
        events: {
          'order.shipped': { ...EVENTS['order.shipped'], optional: { tax: 'order.note' } },
        },
      },
      'MONEYTRAIL_CATALOGUE_INVALID',
    ],
    [
      'a name with capitals',
      { instruments: { orderKinds: COUNTER } },
      'MONEYTRAIL_CATALOGUE_INVALID',
    ],
    [
      'a histogram without buckets',
      withCounter({ kind: 'histogram' }),
      'MONEYTRAIL_CATALOGUE_INVALID',
    ],
    [
      'a closed set without values',
      { attributes: { ...ATTRIBUTES, 'order.kind': { kind: 'set', help: 'x' } } },
      'MONEYTRAIL_CATALOGUE_INVALID',
    ],
    [
      'a lifecycle with an unknown state',
      {
        lifecycles: {
          order: {
            help: 'x',
            id: 'order.id',
            states: { shipped: 'x' },
            final: ['sent'],
            on: { 'order.shipped': 'shipped' },
          },
        },
      },
      'MONEYTRAIL_CATALOGUE_INVALID .*one of shipped',
    ],
    [
      'two attributes of events that Loki makes one',
      {
        attributes: {
          ...ATTRIBUTES,
          'order.no_te': ATTRIBUTES['order.note'],
          'order.no.te': ATTRIBUTES['order.note'],
        },
      },
      'MONEYTRAIL_CATALOGUE_NAMES_FOLD',
    ],
    [
      'two events with one call',
      {
        events: {
          ...EVENTS,
          'order.sent_late': EVENTS['order.shipped'],
          'order.sent.late': EVENTS['order.shipped'],
        },
      },
      'MONEYTRAIL_CATALOGUE_NAMES_FOLD',
    ],
    ...['job', 'instance', 'le', 'otel.scope.name'].map(
      (label) =>
        [
          `${label} as a label`,
          {
            attributes: { [label]: ATTRIBUTES['order.carrier'] },
            events: {},
            instruments: { orders: { ...COUNTER, attributes: [label] } },
          },
          `MONEYTRAIL_CATALOGUE_INVALID .*"${label}" must be named otherwise`,
        ] as [string, object, string],
    ),
  ])('rejects %s', (_title, definition, code) => {
    expect(codeOf(definition)).toMatch(new RegExp(`^(?:${code})`));
  });

  it.each([
    ['no prefix', {}, 'prefix .*"undefined" must be a string'],
    ['an unknown part', { prefix: 'shop', metrics: {} }, 'metrics .*must be left out'],
    ['a part with a typing error', { prefix: 'shop', event: {} }, 'event .*must be named events'],
    ['a list of events', { prefix: 'shop', events: [] }, 'events .*must be an object'],
    [
      'an event without identity',
      { prefix: 'shop', events: { 'order.sent': { help: '', severity: 'INFO' } } },
      'events.order.sent.identity .*"undefined" must be a list',
    ],
    [
      'an event with an unknown severity',
      { prefix: 'shop', events: { 'order.sent': { help: '', severity: 'ERROR', identity: [] } } },
      'events.order.sent.severity .*"ERROR" must be one of INFO, WARN',
    ],
    [
      'an up-down counter',
      { prefix: 'shop', instruments: { orders: { ...COUNTER, kind: 'updowncounter' } } },
      'instruments.orders.kind .*must be one of counter, gauge, histogram',
    ],
    [
      'an instrument whose attributes are an object',
      { prefix: 'shop', instruments: { orders: { ...COUNTER, attributes: {} } } },
      'instruments.orders.attributes .*must be a list',
    ],
    [
      'an attribute without description',
      { prefix: 'shop', attributes: { 'order.id': { kind: 'id' } } },
      'attributes.order.id.help .*must be a string',
    ],
    [
      'a lifecycle without states',
      { prefix: 'shop', lifecycles: { order: { help: '', id: 'order.id', final: [], on: {} } } },
      'lifecycles.order.states .*must be an object',
    ],
  ])('rejects %s, written without types', (_title, definition, message) => {
    expect(() => Reflect.apply(defineCatalogue, undefined, [definition])).toThrow(
      new RegExp(`^MONEYTRAIL_CATALOGUE_INVALID: ${message}`),
    );
  });

  it.each([['shop'], [[{ prefix: 'shop' }]], [null], [undefined]])(
    'rejects %j instead of a catalogue',
    (value) => {
      expect(() => Reflect.apply(defineCatalogue, undefined, [value])).toThrow(
        /^MONEYTRAIL_OPTION_INVALID: the options of defineCatalogue must be an object/,
      );
    },
  );

  it.each([
    ['one bound', [0], 'none'],
    ['60 bounds', Array.from({ length: 60 }, (_, index) => index / 4), 'none'],
    ['no bounds', [], 'MONEYTRAIL_CATALOGUE_INVALID'],
    ['61 bounds', Array.from({ length: 61 }, (_, index) => index), 'MONEYTRAIL_CATALOGUE_INVALID'],
    ['equal bounds', [1, 1], 'MONEYTRAIL_CATALOGUE_INVALID'],
    ['descending bounds', [2, 1], 'MONEYTRAIL_CATALOGUE_INVALID'],
    ['an endless bound', [1, Number.POSITIVE_INFINITY], 'MONEYTRAIL_CATALOGUE_INVALID'],
    ['a bound in words', ['1'], 'MONEYTRAIL_CATALOGUE_INVALID'],
  ])('with %s: %j is %s', (_title, buckets, code) => {
    expect(codeOf(withCounter({ kind: 'histogram', buckets }))).toMatch(new RegExp(`^${code}`));
  });

  it('starts one series at zero per combination of closed values of its counters', () => {
    const SHOP = defineCatalogue({
      prefix: 'shop',
      attributes: ATTRIBUTES,
      instruments: {
        'order.shipments': { ...COUNTER, attributes: ['order.carrier'] },
        'order.sales': { ...COUNTER, attributes: ['payment.provider'] },
        'order.waiting': { ...COUNTER, kind: 'gauge' },
      },
    });
    expect(zeroSeriesCount(SHOP)).toBe(3);
  });
});

describe('the compiler', () => {
  it('rejects wrong names at their entries', () => {
    const wrong = (): unknown => [
      defineCatalogue({
        prefix: 'shop',
        attributes: ATTRIBUTES,
        events: {
          'order.shipped': {
            help: '',
            severity: 'INFO',
            // @ts-expect-error -- not a field
            identity: ['order'],
            // @ts-expect-error -- no such attribute
            required: { id: 'order.di' },
          },
        },
      }),
      defineCatalogue({
        prefix: 'shop',
        attributes: ATTRIBUTES,
        events: EVENTS,
        instruments: {
          a: {
            kind: 'counter',
            unit: '1',
            help: '',
            // @ts-expect-error -- an id is not bounded
            attributes: ['order.id'],
            // @ts-expect-error -- not one of the closed values
            on: { 'order.shipped': { 'order.carrier': 'ship' } },
          },
          b: {
            kind: 'counter',
            unit: '1',
            help: '',
            attributes: [],
            // @ts-expect-error -- no such event
            on: { 'order.sent': {} },
          },
        },
      }),
    ];
    expect(wrong).toThrow('MONEYTRAIL_CATALOGUE_INVALID');
  });
});
