/** A tenth of the traces is kept, and all failed, slow or marked ones, always complete. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../support/eventually.ts';
import { type JaegerSpan, tracesById } from '../support/jaeger.ts';
import { exemplarsOf, scalarOf } from '../support/prometheus.ts';
import { isInBaseline, newRun } from './support/ids.ts';
import { sendInParts } from './support/load.ts';
import { type Payment, paymentNumber, SPANS_A_TRACE, spansOf } from './support/payments.ts';
import { targetOf } from './support/sender.ts';
import { startTestStack, type TestStack } from './support/test-stack.ts';

const PAYMENTS = 1000;
const PERCENT = 10;
const SLOW_MS = 2500;
const ARRIVE_MS = 60_000;

const run = newRun('sampling');
/** Of twenty, one fails (5 %); of a hundred, one is slow and one is marked. */
const payments = Array.from({ length: PAYMENTS }, (_, n) => paymentNumber(run, n, changeOf(n)));
const special = payments.filter(isSpecial);
const others = payments.filter((payment) => !isSpecial(payment));
const baseline = payments.filter(({ traceId }) => isInBaseline(traceId, PERCENT));
let testStack: TestStack;
let traces: Map<string, JaegerSpan[]>;

function changeOf(n: number): Partial<Payment> {
  if (n % 100 === 50) return { durationMs: SLOW_MS };
  return n % 100 === 70 ? { isKept: true } : {};
}

function isSpecial({ outcome, durationMs, isKept }: Payment): boolean {
  return outcome === 'failed' || durationMs === SLOW_MS || isKept;
}

beforeAll(async () => {
  const env = {
    MONEYTRAIL_TRACE_PERCENT: String(PERCENT),
    MONEYTRAIL_DECISION_WAIT: '8s',
    MONEYTRAIL_SPAN_METRICS_INTERVAL: '1s',
  };
  testStack = await startTestStack(env, ['collector', 'prometheus', 'jaeger']);
  await sendInParts(targetOf(testStack.stack.env), run, payments);
  const ids = payments.map(({ traceId }) => traceId);
  traces = await eventually(
    () => tracesById(testStack.stack.urls.jaeger, ids),
    (found) =>
      [...special, ...baseline].every((one) => found.get(one.traceId)?.length === SPANS_A_TRACE),
    ARRIVE_MS,
  );
});

afterAll(() => testStack?.close());

function idsOf(some: readonly Payment[]): string[] {
  return some.map(({ traceId }) => traceId).sort();
}

describe('at a tenth', () => {
  it.each([
    ['failed', payments.filter(({ outcome }) => outcome === 'failed'), 50],
    ['slow', payments.filter(({ durationMs }) => durationMs === SLOW_MS), 10],
    ['marked', payments.filter(({ isKept, outcome }) => isKept && outcome !== 'failed'), 10],
  ])('every %s payment has its complete trace', (_, some, count) => {
    expect(some).toHaveLength(count);
    const whole = some.filter(({ traceId }) => traces.get(traceId)?.length === SPANS_A_TRACE);
    expect(idsOf(whole)).toEqual(idsOf(some));
    for (const payment of some) {
      const held = (traces.get(payment.traceId) ?? []).map(({ spanId, parentSpanId }) => [
        spanId,
        parentSpanId,
      ]);
      const sent = spansOf(payment).map(({ spanId, parentSpanId = '' }) => [spanId, parentSpanId]);
      expect(held.sort()).toEqual(sent.sort());
    }
  });

  it('of the others, the trace id decides which are kept, which is about a tenth', () => {
    const kept = others.filter(({ traceId }) => traces.has(traceId));
    expect(idsOf(kept)).toEqual(
      idsOf(others.filter(({ traceId }) => isInBaseline(traceId, PERCENT))),
    );
    expect(kept.every(({ traceId }) => traces.get(traceId)?.length === SPANS_A_TRACE)).toBe(true);
    process.stdout.write(
      `sampling: ${special.length} of ${special.length} special, ${kept.length} of ${others.length} others kept\n`,
    );
    expect(kept.length / others.length).toBeGreaterThan(0.07);
    expect(kept.length / others.length).toBeLessThan(0.13);
  });

  it('span metrics count all traces, kept or not', async () => {
    const query = `sum by () (traces_span_metrics_calls_total{service_name="${run}",span_name="POST /payments"})`;
    const count = await eventually(
      () => scalarOf(testStack.stack.urls.prometheus, query),
      (value) => value === PAYMENTS,
      ARRIVE_MS,
    );
    expect(count).toBe(PAYMENTS);
  });

  it('every exemplar has the id of an existing trace', async () => {
    const { prometheus, jaeger } = testStack.stack.urls;
    const query = `{__name__=~"traces_.*",service_name="${run}"}`;
    const ask = () => exemplarsOf(prometheus, query, Date.now() - 600_000, Date.now() + 60_000);
    const exemplars = await eventually(ask, (found) => found.length >= 5, ARRIVE_MS);
    const ids = new Set(exemplars.map(({ labels }) => labels['trace_id'] ?? 'none'));
    expect(exemplars.length).toBeGreaterThanOrEqual(5);
    const found = await tracesById(jaeger, [...ids]);
    process.stdout.write(
      `sampling: ${exemplars.length} exemplars of ${ids.size} traces, ${found.size} resolve\n`,
    );
    expect([...ids].filter((id) => !found.has(id))).toEqual([]);
  });
});
