import { describe, expect, it } from '@jest/globals';
import type { JaegerSpan, JaegerTag, PaymentTrail, SplitPart } from '@moneytrail/store';
import fc from 'fast-check';
import { readAttributes } from '../src/data/attributes.ts';
import { linesOf } from '../src/trail/lines.ts';
import { marksBySpan } from '../src/trail/marks.ts';
import { buildWaterfall, clockTicks } from '../src/trail/spans.ts';
import { proveSplit, refundSum } from '../src/trail/split.ts';

type Payment = PaymentTrail['payment'];

const PAYMENT: Payment = {
  id: 'pi_1',
  provider: 'stripe',
  outcome: 'succeeded',
  amount_minor: '12000',
  currency: 'USD',
  exponent: 2,
  refunded_minor: '0',
  disputed: false,
  attempts: 1,
  at_ms: 1000,
  service: 'shop',
  revision: 1,
};

const parts = (...amounts: string[]): SplitPart[] =>
  amounts.map((amount_minor) => ({ kind: 'creator', amount_minor, note: '' }));

describe('the split of a payment', () => {
  it.each([
    [parts('9000', '1800', '1200'), true, true, 'Adds up: 90.00 + 18.00 + 12.00 = 120.00 USD.'],
    [
      parts('9000', '1800'),
      false,
      false,
      'Does not add up: 90.00 + 18.00 = 108.00 USD, 12.00 USD missing.',
    ],
    [
      parts('9000', '3001'),
      false,
      false,
      'Does not add up: 90.00 + 30.01 = 120.01 USD, 0.01 USD too much.',
    ],
    [
      parts('12000'),
      false,
      false,
      '120.00 = 120.00 USD, but the store reports that a part is missing.',
    ],
    [parts('12000', '1.5'), true, false, 'Cannot be added: an amount is unknown.'],
  ])('of %j is added up by the UI itself', (all, complete, adds_up, text) => {
    expect(proveSplit({ parts: all, adds_up: complete }, PAYMENT)).toEqual({ adds_up, text });
  });

  it.each([
    ['0', ''],
    ['2000', '120.00 − 20.00 refunded = 100.00 USD'],
    ['12000', '120.00 − 120.00 refunded = 0.00 USD'],
  ])('with %s refunded shows %j', (refunded_minor, text) => {
    expect(refundSum({ ...PAYMENT, refunded_minor })).toBe(text);
  });
});

function span(
  id: string,
  parent: string,
  startMs: number,
  durationMs: number,
  tags: JaegerTag[] = [],
): JaegerSpan {
  return {
    traceID: 't',
    spanID: id,
    operationName: `span ${id}`,
    references: parent === '' ? [] : [{ refType: 'CHILD_OF', traceID: 't', spanID: parent }],
    startTime: startMs * 1000,
    duration: durationMs * 1000,
    tags,
    logs: [],
    processID: 'p1',
    warnings: null,
  };
}

const waterfall = (...spans: JaegerSpan[]): ReturnType<typeof buildWaterfall> =>
  buildWaterfall({
    traceID: 't',
    spans,
    processes: { p1: { serviceName: 'shop', tags: [] } },
    warnings: null,
  });

const tag = (key: string, value: string | boolean): JaegerTag => ({ key, type: 'string', value });

describe('the waterfall', () => {
  it('has the order of the tree, children by start', () => {
    const { rows, startMs, durationMs } = waterfall(
      span('c', 'a', 60, 30),
      span('b', 'a', 10, 20),
      span('a', '', 0, 100),
      span('d', 'b', 12, 120),
    );
    expect(rows.map(({ id, depth }) => `${id}${depth}`)).toEqual(['a0', 'b1', 'd2', 'c1']);
    expect([startMs, durationMs]).toEqual([0, 132]);
  });

  it('shows a span without its parent, and a span that is its own ancestor, once each', () => {
    const { rows } = waterfall(
      span('a', 'gone', 0, 10),
      span('x', 'y', 1, 1),
      span('y', 'x', 1, 1),
    );
    expect(rows.map(({ id }) => id).sort()).toEqual(['a', 'x', 'y']);
  });

  it.each([
    [[tag('span.kind', 'server')], 'server', 'shop'],
    [[tag('span.kind', 'consumer')], 'server', 'shop'],
    [[tag('span.kind', 'client'), tag('db.system.name', 'postgresql')], 'database', 'postgresql'],
    [
      [tag('span.kind', 'client'), tag('server.address', 'api.stripe.com')],
      'client',
      'api.stripe.com',
    ],
    [[tag('commission.tier', '2')], 'internal', 'tier 2'],
    [[], 'internal', ''],
  ])('shows a span of %j as %s with the hint %j', (tags, kind, hint) => {
    expect(waterfall(span('a', '', 0, 1, tags)).rows[0]).toMatchObject({ kind, hint });
  });

  it('marks failed spans', () => {
    const { rows } = waterfall(span('a', '', 0, 1, [tag('error', true)]), span('b', '', 0, 1));
    expect(rows.map(({ failed }) => failed)).toEqual([true, false]);
  });

  it('has an axis of at most seven ticks, from 0 to the end', () => {
    expect(clockTicks(412)).toEqual([0, 100, 200, 300, 412]);
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 1e9, noNaN: true }), (lengthMs) => {
        const ticks = clockTicks(lengthMs);
        expect(ticks.length).toBeLessThanOrEqual(7);
        expect([ticks[0], ticks.at(-1)]).toEqual([0, lengthMs]);
      }),
    );
  });
});

describe('log lines and events', () => {
  const event = {
    id: 'e1',
    name: 'moneytrail.commission.created',
    event: 'commission.created',
    at_ms: 50,
    severity: 'INFO',
    body: 'commission.created 10.00 USD',
    service: 'shop',
  };
  const log = { at_ms: 20, severity: 'WARN', body: 'slow', service: 'shop' };
  const trail: PaymentTrail = {
    payment: PAYMENT,
    deductions: [],
    events: [
      {
        ...event,
        ...{ amount_minor: '1000', currency: 'USD', exponent: 2, trace_id: 't', span_id: 'b' },
        attributes: { 'commission.tier': '1' },
      },
    ],
    logs: [
      { ...log, id: 1, trace_id: 't', span_id: 'gone', attributes: { retry: 0, trace_id: 't' } },
      { ...log, id: 2, at_ms: 30, body: '', event: 'browser.page_view', attributes: {} },
    ],
    trace_ids: ['t'],
    commissions: [],
    payouts: [],
  };

  it('are one list, which includes lines with an event name and without text', () => {
    expect(linesOf(trail).map(({ title, detail }) => [title, detail])).toEqual([
      ['slow', 'retry=0'],
      ['browser.page_view', ''],
      ['commission.created', 'tier 1, 10.00 USD'],
    ]);
  });

  it('are marked on their span, or on the first span when theirs is unknown', () => {
    const marks = marksBySpan(
      linesOf(trail),
      waterfall(span('a', '', 0, 100), span('b', 'a', 10, 80)),
    );
    expect([...marks].map(([id, [mark]]) => [id, mark?.share])).toEqual([
      ['a', 0.2],
      ['b', 0.5],
    ]);
  });
});

describe('attributes', () => {
  it('show amounts as one value, business attributes first, technical ones apart', () => {
    const { shown, technical } = readAttributes([
      ['http.route', '/checkout'],
      ['otel.scope.name', 'x'],
      ['money.amount_minor', '1250'],
      ['money.currency', 'KWD'],
      ['platform_fee.amount_minor', '5'],
      ['moneytrail.event.duration', '0.10278575199999977'],
    ]);
    expect(shown).toEqual([
      ['money.amount', '1.250 KWD'],
      ['platform_fee.amount', '0.005 KWD'],
      ['http.route', '/checkout'],
      ['moneytrail.event.duration', '103 ms'],
    ]);
    expect(technical).toEqual([['otel.scope.name', 'x']]);
  });
});
