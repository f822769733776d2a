import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type RunningStack, startStack } from '../../dev/stack/index.ts';
import { targetOf } from '../../e2e/stack/support/sender.ts';
import type { EncodedRequest } from './load.ts';
import { sendSpans } from './sender.ts';
import { cpuSeconds, peakMemoryMb } from './usage.ts';

/** Time that traces stay in memory until the sampler decides; the sink is not checked before. */
const DECISION_WAIT_SECONDS = 2;
const QUIET_MS = 1_500;

/** A variant of the Collector: the text of its configuration, and the percentage of traces that it keeps. */
export interface Variant {
  readonly name: string;
  readonly config: string;
  readonly tracePercent: number;
}

/** Resources used in one round of a variant, from the first request to the last byte that the Collector sent. */
export interface Usage {
  readonly cpuSeconds: number;
  readonly sendSeconds: number;
  readonly memoryMb: number;
  readonly requestsOut: number;
}

/** The sender and the sink, which all rounds share. */
export interface Surroundings {
  readonly sink: string;
  readonly requests: readonly EncodedRequest[];
  readonly spans: number;
}

/** Starts a new Collector, warms it up, and measures it while it processes `spans` spans. */
export async function measureRound(variant: Variant, around: Surroundings): Promise<Usage> {
  const folder = mkdtempSync(join(tmpdir(), 'moneytrail-bench-'));
  const stack = await startCollector(variant, around.sink, folder);
  try {
    const pid = stack.pidOf('collector') ?? 0;
    const target = targetOf(stack.env);
    await sendSpans(target, around.requests, around.spans / 5);
    await drained(around.sink);
    const before = { cpu: cpuSeconds(pid), out: await requestsAt(around.sink) };
    const sendSeconds = await sendSpans(target, around.requests, around.spans);
    await drained(around.sink);
    return {
      cpuSeconds: cpuSeconds(pid) - before.cpu,
      sendSeconds,
      memoryMb: peakMemoryMb(pid),
      requestsOut: (await requestsAt(around.sink)) - before.out,
    };
  } finally {
    await stack.signal('collector', 'SIGKILL');
    await stack.close();
    rmSync(folder, { recursive: true });
  }
}

/** Starts it with the launcher of the stack, with the sink in place of every backend. */
function startCollector(
  { config, tracePercent }: Variant,
  sink: string,
  folder: string,
): Promise<RunningStack> {
  const profile = join(folder, 'collector.yaml');
  writeFileSync(profile, config);
  const env = {
    MONEYTRAIL_JAEGER_ENDPOINT: sink,
    MONEYTRAIL_PROMETHEUS_ENDPOINT: sink,
    MONEYTRAIL_LOKI_ENDPOINT: sink,
    MONEYTRAIL_DECISION_WAIT: `${DECISION_WAIT_SECONDS}s`,
    MONEYTRAIL_TRACE_PERCENT: String(tracePercent),
  };
  return startStack({ dataDir: folder, components: ['collector'], profile, env, ports: 'free' });
}

/** Resolves when the sampler has decided and the sink has been quiet. */
async function drained(sink: string): Promise<void> {
  await wait((DECISION_WAIT_SECONDS + 1) * 1000);
  for (let last = -1, now = await requestsAt(sink); now !== last; now = await requestsAt(sink)) {
    last = now;
    await wait(QUIET_MS);
  }
}

async function requestsAt(sink: string): Promise<number> {
  const { requests } = await (await fetch(sink)).json();
  return requests;
}
