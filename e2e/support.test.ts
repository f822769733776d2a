/** Tests of the helpers for end-to-end cases. */
import { describe, expect, it } from '@jest/globals';
import type { Backend, ReceivedEvent } from './support/backend.ts';
import { expectSoon, expectStill } from './support/case.ts';
import type { JaegerSpan } from './support/jaeger.ts';
import { events, none, trace } from './support/questions.ts';
import { differences, totalsOfEvents } from './support/totals.ts';
import { faultsOf, pathsOf } from './support/trace.ts';

const CREATED = receivedEvent('payment.created', 1200);
const SUCCEEDED = receivedEvent('payment.succeeded', 1200);
const TRACE = [
  span('a', '', 'POST /checkout'),
  span('b', 'a', 'payment.process'),
  span('c', 'b', 'INSERT payments'),
  span('d', 'b', 'INSERT payments'),
];

const LOST = ['t: no parent of INSERT payments', 't: no parent of INSERT payments'];

function receivedEvent(event: string, minor: number): ReceivedEvent {
  const money = { money_amount_minor: String(minor), money_currency: 'EUR' };
  return { event, traceId: 't', attributes: { payment_purpose: 'tip', ...money } };
}

function span(spanId: string, parentSpanId: string, name: string): JaegerSpan {
  const nothing = { startMicros: 0, durationMicros: 0, tags: {}, resource: {}, events: [] };
  return { ...nothing, traceId: 't', spanId, parentSpanId, name, service: 's', references: [] };
}

/** A backend that has `later` after some time. */
function backendWith(events: readonly ReceivedEvent[], later = events, afterMs = 150): Backend {
  const startMs = performance.now();
  const read = async (): Promise<readonly ReceivedEvent[]> =>
    performance.now() - startMs < afterMs ? events : later;
  return {
    settledMs: 100,
    moneyOf: async () => ({}),
    eventsOf: read,
    eventsOfPayment: read,
    paymentStateOf: async () => [],
    linesOf: async () => [],
    spansOf: async () => TRACE,
    seriesOf: async () => [],
  };
}

describe('a case', () => {
  const question = events('pi_1', 'payment.created 1200 EUR', 'payment.succeeded 1200 EUR');

  it('waits for late data', async () => {
    const backend = backendWith([CREATED], [CREATED, SUCCEEDED]);
    await expect(expectSoon(backend, [question])).resolves.toBeUndefined();
  });

  it.each([
    ['is missing', [CREATED]],
    ['is duplicated', [CREATED, SUCCEEDED, SUCCEEDED]],
    ['has another amount', [CREATED, receivedEvent('payment.succeeded', 1201)]],
  ])('detects an event that %s', async (_what, events) => {
    const wrong = expectSoon(backendWith(events), [question], 200);
    await expect(wrong).rejects.toThrow('payment.succeeded');
  });

  it('detects data that must not arrive', async () => {
    await expect(expectStill(backendWith([]), [none('pi_1')])).resolves.toBeUndefined();
    const late = backendWith([], [CREATED], 80);
    await expectSoon(late, [none('pi_1')]);
    await expect(expectStill(late, [none('pi_1')])).rejects.toThrow('payment.created');
  });

  it('shows the error of a backend', async () => {
    const backend = {
      ...backendWith([]),
      eventsOfPayment: () => Promise.reject(new Error('gone')),
    };
    await expect(expectSoon(backend, [question], 200)).rejects.toThrow('gone');
  });

  it('finds the trace of an event and shows its paths', async () => {
    const paths = { 'POST /checkout > payment.process > INSERT payments': 2 };
    const backend = backendWith([CREATED]);
    await expectSoon(backend, [trace('pi_1', 'payment.created', paths)]);
  });
});

describe('a trace', () => {
  it.each<[string, readonly JaegerSpan[], string[]]>([
    ['complete', TRACE, []],
    ['absent', [], ['t: 0 roots']],
    ['without its middle', TRACE.filter(({ spanId }) => spanId !== 'b'), LOST],
    ['without its root', TRACE.slice(1), ['t: 0 roots', 't: no parent of payment.process']],
    ['duplicated', [...TRACE, ...TRACE], ['t: 2 roots', 't: spans twice']],
  ])('that is %s is detected', (_what, spans, faults) => {
    expect(faultsOf('t', spans)).toEqual(faults);
  });

  it('shows a missing parent in its paths', () => {
    expect(pathsOf([span('c', 'b', 'INSERT payments')])).toEqual({ '? > INSERT payments': 1 });
  });
});

describe('totals', () => {
  it('follow from the events, according to the catalogue', () => {
    const totals = totalsOfEvents([CREATED, SUCCEEDED, SUCCEEDED]);
    expect(totals.get('payment.volume EUR own tip')).toBe(2400n);
    expect(totals.get('payment.attempts _OTHER _OTHER succeeded')).toBe(2n);
  });

  it.each([
    [new Map([['a', 1n]]), new Map([['a', 1n]]), []],
    [new Map([['a', 1n]]), new Map([['a', 2n]]), ['a: one 1, other 2']],
    [new Map([['a', 1n]]), new Map(), ['a: one 1, other undefined']],
    [new Map(), new Map([['a', 1n]]), ['a: one undefined, other 1']],
  ])('that differ are listed: %p and %p', (one, other, named) => {
    expect(differences(['one', one], ['other', other])).toEqual(named);
  });
});
