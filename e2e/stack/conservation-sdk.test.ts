/** The way to the Collector: data that a service records while it is down waits, and arrives when it is back. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { eventually } from '../support/eventually.ts';
import { searchTraces } from '../support/jaeger.ts';
import { entriesOf } from '../support/loki.ts';
import { scalarOf } from '../support/prometheus.ts';
import { newRun } from './support/ids.ts';
import { ended, startTestStack, type TestStack } from './support/test-stack.ts';

const SENDER = fileURLToPath(new URL('./support/sdk-sender.ts', import.meta.url));
const AWAY_SECONDS = 20;
const BEFORE_SECONDS = 4;
const AFTER_SECONDS = 12;
const START_MS = 60_000;
let testStack: TestStack;

beforeAll(async () => {
  testStack = await startTestStack();
});

afterAll(() => testStack?.close());

/** Events, spans of payments, and the last value of the counter. */
async function held(run: string, fromMs: number): Promise<Readonly<Record<string, number>>> {
  const { jaeger, loki, prometheus } = testStack.stack.urls;
  const query = `{service_name="${run}"} | moneytrail_event_id != ""`;
  const entries = await entriesOf(loki, query, fromMs, Date.now() + 1);
  const traces = await searchTraces(jaeger, run, { operation: 'payment.process' }, 5_000);
  const counter = `sum(last_over_time(moneytrail_payment_outcomes_total{service_name="${run}"}[10m]))`;
  return {
    events: new Set(entries.map(({ labels }) => labels['moneytrail_event_id'])).size,
    traces: traces.size,
    counter: (await scalarOf(prometheus, counter)) ?? 0,
  };
}

it(`loses nothing of a service's telemetry while the Collector is away for ${AWAY_SECONDS} s`, async () => {
  const run = newRun('sdk');
  const fromMs = Date.now();
  const seconds = BEFORE_SECONDS + AWAY_SECONDS + AFTER_SECONDS;
  const command = ['--conditions=@moneytrail/source', SENDER, String(seconds)];
  const child = spawn(process.execPath, command, {
    env: { ...process.env, ...testStack.stack.env, OTEL_SERVICE_NAME: run },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (text: Buffer) => {
    output += text.toString();
  });
  const closed = once(child, 'close');
  await eventually(
    () => output,
    (text) => text.includes('started'),
    START_MS,
  );
  await wait(BEFORE_SECONDS * 1000);
  await ended('SIGKILL', AWAY_SECONDS)(testStack.stack, 'collector');
  await closed;
  const made = Number(output.replace('started', ''));
  // The queue is empty soon after the service has ended; then nothing more arrives.
  let last = '';
  const found = await eventually(
    () => held(run, fromMs),
    (seen) => {
      const now = JSON.stringify(seen);
      const isSame = now === last && seen['counter'] === made;
      last = now;
      return isSame;
    },
    15_000,
  );
  expect(made).toBeGreaterThan(seconds);
  expect(found).toEqual({ events: made, traces: made, counter: made });
});
