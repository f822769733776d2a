/** Programs with `/metrics`, and what a scrape shows of their payments. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { expect } from '@jest/globals';
import { type Program, run } from './process.ts';
import { readPrometheus, type Scraped } from './prometheus-text.ts';

/** Options of Node that start the telemetry. */
export const REGISTER = ['--import', '@moneytrail/telemetry/register'];
export const CLUSTER = new URL('../fixtures/cluster.ts', import.meta.url).pathname;

const DEADLINE_MS = 15_000;
const running: Program[] = [];

/** Ends all programs that were started here. */
export async function endPrograms(): Promise<void> {
  for (const program of running.splice(0)) {
    program.kill('SIGKILL');
    await program.ended;
  }
}

/** A port that nothing listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Starts a program whose metrics leave by `/metrics` alone. */
export async function start(
  parameters: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<{ program: Program; port: number }> {
  const port = await freePort();
  const program = run(parameters, {
    ...environment,
    MONEYTRAIL_METRICS_PORT: String(port),
    OTEL_TRACES_EXPORTER: 'none',
    OTEL_LOGS_EXPORTER: 'none',
    OTEL_METRICS_EXPORTER: 'none',
  });
  running.push(program);
  return { program, port };
}

export async function scrape(port: number): Promise<Scraped> {
  const response = await fetch(`http://127.0.0.1:${port}/metrics`);
  expect(response.status).toBe(200);
  return readPrometheus(await response.text());
}

/** Payments that succeeded, as a scrape shows them. */
export function paid({ series }: Pick<Scraped, 'series'>): number {
  const found = [...series].filter(
    ([key]) =>
      key.startsWith('moneytrail_payment_outcomes_total{') && key.includes('outcome="succeeded"'),
  );
  return found.reduce((sum, [, value]) => sum + value, 0);
}

/** Scrapes until the total is there: a text is used again for a second. */
export async function expectPaid(port: number, total: number): Promise<void> {
  const deadlineMs = Date.now() + DEADLINE_MS;
  let seen = Number.NaN;
  while (seen !== total && Date.now() < deadlineMs) {
    seen = await scrape(port).then(paid, () => Number.NaN);
    if (seen !== total) await wait(200);
  }
  expect(seen).toBe(total);
}
