import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { EncodedRequest } from './load.ts';
import { sendSpans } from './sender.ts';
import { cpuSeconds, peakMemoryMb } from './usage.ts';

/** What stays in memory until the sampler decides; the sink is not looked at before. */
const DECISION_WAIT_SECONDS = 2;
const QUIET_MS = 1_500;
const READY_MS = 20_000;
const TOKEN = 'bench-ingest-token-bench-ingest-token';

/** One way to set the Collector up: the text of its configuration. */
export interface Variant {
  readonly name: string;
  readonly config: string;
}

/** What one round of a variant used, from the first request to the last byte that left the Collector. */
export interface Usage {
  readonly cpuSeconds: number;
  readonly sendSeconds: number;
  readonly memoryMb: number;
  readonly requestsOut: number;
}

/** The sender's and the backends' side, which all rounds share. */
export interface Surroundings {
  readonly binary: string;
  readonly sink: string;
  readonly requests: readonly EncodedRequest[];
  readonly spans: number;
}

/** Starts a Collector of its own, warms it up, and measures it while `spans` spans go through. */
export async function measureRound(variant: Variant, around: Surroundings): Promise<Usage> {
  const folder = mkdtempSync(join(tmpdir(), 'moneytrail-bench-'));
  const collector = await startCollector(variant, around, folder);
  try {
    const { pid, target } = collector;
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
    await collector.stop();
    rmSync(folder, { recursive: true });
  }
}

async function startCollector({ name, config }: Variant, around: Surroundings, folder: string) {
  const file = join(folder, 'collector.yaml');
  writeFileSync(file, config);
  const port = await freePort();
  const child = spawn(around.binary, ['--config', file], {
    env: await environment(port, around.sink, folder),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let log = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    log = (log + text).slice(-4_000);
  });
  const url = `http://127.0.0.1:${port}`;
  await ready(url, child, () => `${name} did not start:\n${log}`);
  return {
    pid: Number(child.pid),
    target: { url, headers: { authorization: `Bearer ${TOKEN}` } },
    stop: async () => {
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

async function environment(port: number, sink: string, folder: string) {
  return {
    MONEYTRAIL_INGEST_TOKEN: TOKEN,
    MONEYTRAIL_PII_HMAC_KEY: 'bench-hmac-key-bench-hmac-key-bench-hmac-key',
    MONEYTRAIL_OTLP_HTTP_PORT: String(port),
    MONEYTRAIL_OTLP_GRPC_PORT: String(await freePort()),
    MONEYTRAIL_HEALTH_PORT: String(await freePort()),
    MONEYTRAIL_COLLECTOR_METRICS_PORT: String(await freePort()),
    MONEYTRAIL_QUEUE_DIR: join(folder, 'queue'),
    MONEYTRAIL_JAEGER_ENDPOINT: sink,
    MONEYTRAIL_PROMETHEUS_ENDPOINT: sink,
    MONEYTRAIL_LOKI_ENDPOINT: sink,
    MONEYTRAIL_DECISION_WAIT: `${DECISION_WAIT_SECONDS}s`,
  };
}

async function ready(url: string, child: ChildProcess, complaint: () => string): Promise<void> {
  for (const untilMs = Date.now() + READY_MS; ; ) {
    const answers = await fetch(url).then(
      () => true,
      () => false,
    );
    if (answers) return;
    if (child.exitCode !== null || Date.now() > untilMs) throw new Error(complaint());
    await wait(50);
  }
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

async function freePort(): Promise<number> {
  const server = createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}
