import { setTimeout as wait } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { Count, Settlement } from '../e2e/stack/support/balance.ts';
import { isInBaseline, newRun } from '../e2e/stack/support/ids.ts';
import { type Ledger, startLoad } from '../e2e/stack/support/load.ts';
import { spansOf } from '../e2e/stack/support/payments.ts';
import { targetOf } from '../e2e/stack/support/sender.ts';
import { BACKENDS, ended, startTestStack, underLoad } from '../e2e/stack/support/test-stack.ts';
import { tracesById } from '../e2e/support/jaeger.ts';
import { queryPrometheus, type Series } from '../e2e/support/prometheus.ts';

const PERCENT = 10;
const DECISION_SECONDS = 5;
const SETTLE_MS = 600_000;

/**
 * The data after an outage of all backends at once (ten minutes by default), and the loss of a killed Collector with
 * sampled traces. Fails when data is missing that must not be lost.
 */
export async function benchOutage(seconds: number, kills: number): Promise<void> {
  await allAway(seconds);
  await killedWhileSampling(kills);
}

async function allAway(seconds: number): Promise<void> {
  console.log(`All backends away for ${seconds} s, under a load of 30 payments a second`);
  const testStack = await startTestStack();
  const { stack } = testStack;
  try {
    let readyMs = 0;
    const away = async (): Promise<void> => {
      for (const name of BACKENDS) await stack.signal(name, 'SIGTERM');
      await wait(seconds * 1000);
      for (const name of BACKENDS) await stack.start(name);
      readyMs = Date.now();
    };
    const outcome = await underLoad(stack, 'all-away', away, { settleMs: SETTLE_MS });
    for (const line of tableOf(outcome)) console.log(line);
    console.log(`${((Date.now() - readyMs) / 1000).toFixed(1)} s after all of them were ready`);
    console.log(outcome.line);
    if (!isDeepStrictEqual(outcome.balance, outcome.expected)) process.exitCode = 1;
  } finally {
    await testStack.close();
  }
}

function tableOf({ balance, waitedMs }: Settlement): string[] {
  const row = (name: string, count: Count | undefined, at: string): string =>
    [
      name.padEnd(10),
      ...[count?.accepted, count?.missing, count?.twice].map((value) => String(value).padStart(10)),
      `${((waitedMs[at] ?? 0) / 1000).toFixed(1)} s`.padStart(12),
    ].join('');
  const amounts = Object.entries(balance.amounts ?? {}).map(
    ([currency, sum]) => `${sum} ${currency}`,
  );
  return [
    `${''.padEnd(10)}${'accepted'.padStart(10)}${'missing'.padStart(10)}${'twice'.padStart(10)}${'there after'.padStart(12)}`,
    row('spans', balance.spans, 'jaeger'),
    row('events', balance.events, 'loki'),
    row('samples', balance.samples, 'prometheus'),
    `amounts in minor units: ${amounts.join(', ')}`,
  ];
}

async function killedWhileSampling(kills: number): Promise<void> {
  console.log(
    `\nThe Collector killed ${kills} times at ${PERCENT} % sampling, waiting ${DECISION_SECONDS} s for decisions`,
  );
  const testStack = await startTestStack({
    MONEYTRAIL_TRACE_PERCENT: String(PERCENT),
    MONEYTRAIL_DECISION_WAIT: `${DECISION_SECONDS}s`,
    MONEYTRAIL_SPAN_METRICS_INTERVAL: '5s',
  });
  const { stack } = testStack;
  try {
    const load = startLoad(targetOf(stack.env), newRun('sampled'), 20);
    for (let kill = 0; kill < kills; kill += 1) {
      await wait(10_000);
      await ended('SIGKILL', 0)(stack, 'collector');
    }
    await wait(10_000);
    await load.stop();
    // Sampling decisions, the next export of span metrics, and the delivery to the backends.
    await wait((DECISION_SECONDS + 10) * 1000);
    await printSampled(load.ledger, stack.urls);
    await printSpanMetrics(load.ledger, stack.urls.prometheus);
  } finally {
    await testStack.close();
  }
}

/** A failed payment has one failed span; the other two are kept only by tail sampling. */
async function printSampled(ledger: Ledger, urls: { readonly jaeger: string }): Promise<void> {
  const failed = [...ledger.traces.values()].filter(
    ({ outcome, traceId }) => outcome === 'failed' && !isInBaseline(traceId, PERCENT),
  );
  const baseline = [...ledger.traces.values()].filter(({ traceId }) =>
    isInBaseline(traceId, PERCENT),
  );
  const found = await tracesById(
    urls.jaeger,
    [...failed, ...baseline].map(({ traceId }) => traceId),
  );
  const has = (traceId: string, spanId: string): boolean =>
    found.get(traceId)?.some((span) => span.spanId === spanId) ?? false;
  const missing = (
    spans: readonly { readonly traceId: string; readonly spanId: string }[],
  ): string =>
    `${spans.length} accepted, ${spans.filter(({ traceId, spanId }) => !has(traceId, spanId)).length} missing`;
  const spans = failed.flatMap(spansOf);
  const decided = spans.filter(({ status }) => status?.code === 2);
  console.log(`${ledger.traces.size} traces accepted`);
  console.log(`spans that fail:                       ${missing(decided)}`);
  console.log(`spans of the tenth:                    ${missing(baseline.flatMap(spansOf))}`);
  console.log(
    `other spans of traces that fail:       ${missing(spans.filter(({ status }) => status === undefined))}`,
  );
}

async function printSpanMetrics(ledger: Ledger, url: string): Promise<void> {
  const query = `traces_span_metrics_calls_total{service_name="${ledger.run}",span_name="POST /payments"}[6h]`;
  const counted = (await queryPrometheus(url, query)).reduce(
    (sum, series) => sum + rise(series),
    0,
  );
  console.log(
    `requests in span metrics:              ${ledger.traces.size} accepted, ${counted} counted`,
  );
}

/** Increase of a counter, including across restarts. */
function rise({ samples }: Series): number {
  return samples.reduce((sum, { value }, at) => {
    const before = samples[at - 1]?.value ?? 0;
    return sum + (value >= before ? value - before : value);
  }, 0);
}
