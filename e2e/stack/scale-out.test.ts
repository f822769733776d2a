/** One gateway in front of two samplers: all spans of a trace reach the same sampler, and little is lost when one ends. */
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { RunningStack } from '../../dev/stack/index.ts';
import { eventually } from '../support/eventually.ts';
import { type JaegerSpan, tracesById } from '../support/jaeger.ts';
import { collectorCount } from './support/collector-metrics.ts';
import { newRun } from './support/ids.ts';
import { sendInParts } from './support/load.ts';
import { traceRequest } from './support/otlp.ts';
import {
  type Payment,
  paymentNumber,
  resourceOf,
  SPANS_A_TRACE,
  spansOf,
} from './support/payments.ts';
import { Sender, targetOf } from './support/sender.ts';
import { startTiers, type Tiers } from './support/tiers.ts';

const PAYMENTS = 300;
const A_REQUEST = 10;
const PAUSE_MS = 200;
const DECISION_MS = 2_000;
const DOWN_MS = 5_000;
/** Time from the response of the gateway to the arrival in the sampler, generous for a slow machine. */
const ON_THE_WAY_MS = 2_000;
const ARRIVE_MS = 60_000;

/** No trace is kept by its id: traces in Jaeger were kept because a span failed. */
const ONLY_FAILED = { MONEYTRAIL_TRACE_PERCENT: '0' };

function failedPayments(run: string): Payment[] {
  return Array.from({ length: PAYMENTS }, (_, n) => paymentNumber(run, n, { outcome: 'failed' }));
}

/** Number of new traces in a sampler. */
function tracesAt({ urls }: RunningStack): Promise<number> {
  const counter = 'otelcol_processor_tail_sampling_new_trace_id_received';
  return collectorCount(urls.collectorMetrics, counter);
}

/** Waits until all traces are complete, or nothing more arrives; returns the traces. */
function arrived(tiers: Tiers, payments: readonly Payment[], waitMs = ARRIVE_MS) {
  const ids = payments.map(({ traceId }) => traceId);
  return eventually(
    () => tracesById(tiers.jaeger, ids),
    (found) => ids.every((id) => isWhole(found.get(id))),
    waitMs,
  );
}

function isWhole(spans: readonly JaegerSpan[] | undefined): boolean {
  return spans?.length === SPANS_A_TRACE;
}

describe('two samplers behind a gateway', () => {
  const run = newRun('meet');
  const payments = failedPayments(run);
  let tiers: Tiers;

  beforeAll(async () => {
    tiers = await startTiers({ env: { ...ONLY_FAILED, MONEYTRAIL_DECISION_WAIT: '8s' } });
    await sendInParts(targetOf(tiers.gateway.env), run, payments);
  });
  afterAll(() => tiers?.close());

  it('every trace is complete in Jaeger, although one of its three spans failed and each arrived separately', async () => {
    const found = await arrived(tiers, payments);
    const parts = payments.map(({ traceId }) => found.get(traceId)?.length ?? 0);
    expect(parts).toEqual(payments.map(() => SPANS_A_TRACE));
  });

  it('no trace reached both, and each had its share', async () => {
    const seen = await Promise.all(tiers.samplers.map(tracesAt));
    process.stdout.write(`scale-out: ${PAYMENTS} traces, the samplers saw ${seen.join(' + ')}\n`);
    expect(seen.reduce((sum, one) => sum + one, 0)).toBe(PAYMENTS);
    for (const one of seen) expect(one).toBeGreaterThan(PAYMENTS / 5);
  });
});

describe('one of two samplers ends under load and is restarted', () => {
  let tiers: Tiers;

  beforeEach(async () => {
    const wait = `${DECISION_MS / 1000}s`;
    tiers = await startTiers({ env: { ...ONLY_FAILED, MONEYTRAIL_DECISION_WAIT: wait } });
  });
  afterEach(() => tiers?.close());

  /** Sends payments and ends a sampler with `signal` meanwhile; returns when each was accepted, and when it ended. */
  async function underLoad(signal: 'SIGTERM' | 'SIGKILL', payments: readonly Payment[]) {
    const [victim] = tiers.samplers;
    const sender = new Sender(targetOf(tiers.gateway.env));
    const acceptedMs = new Map<string, number>();
    let outage: Promise<number> | undefined;
    for (let at = 0; at < PAYMENTS; at += A_REQUEST) {
      if (at === PAYMENTS / 3) outage = takeAway(victim, signal);
      const some = payments.slice(at, at + A_REQUEST);
      const [{ id = '' } = {}] = some;
      await sender.send('traces', traceRequest(resourceOf(id), some.flatMap(spansOf)));
      for (const { traceId } of some) acceptedMs.set(traceId, Date.now());
      await wait(PAUSE_MS);
    }
    return { acceptedMs, endedMs: (await outage) ?? 0 };
  }

  it('gracefully: every trace is complete', async () => {
    const payments = failedPayments(newRun('stopped'));
    await underLoad('SIGTERM', payments);
    const found = await arrived(tiers, payments);
    expect(payments.filter(({ traceId }) => !isWhole(found.get(traceId)))).toEqual([]);
  });

  it('forcibly: every failed span is in Jaeger, and only undecided traces lack other spans', async () => {
    const payments = failedPayments(newRun('killed'));
    const { acceptedMs, endedMs } = await underLoad('SIGKILL', payments);
    const found = await arrived(tiers, payments, DECISION_MS * 10);
    const failed = payments.filter(({ traceId }) =>
      found.get(traceId)?.some(({ name }) => name === 'payment.process'),
    );
    expect(failed).toHaveLength(PAYMENTS);
    const partial = payments.filter(({ traceId }) => !isWhole(found.get(traceId)));
    const ages = partial.map(({ traceId }) => endedMs - (acceptedMs.get(traceId) ?? 0));
    process.stdout.write(
      `scale-out: sampler killed: ${partial.length} of ${PAYMENTS} traces lack siblings of the failed span\n`,
    );
    for (const age of ages) expect(age).toBeLessThan(DECISION_MS + ON_THE_WAY_MS);
    for (const age of ages) expect(age).toBeGreaterThan(-ON_THE_WAY_MS);
  });
});

/** Ends the sampler, restarts it after the outage, and returns the time of its end. */
async function takeAway(victim: RunningStack | undefined, signal: 'SIGTERM' | 'SIGKILL') {
  await victim?.signal('collector', signal);
  const endedMs = Date.now();
  await wait(DOWN_MS);
  await victim?.start('collector');
  return endedMs;
}
