/** A service that restarts repeatedly, like with `node --watch`: the store has room for each start, and adds their counters. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { type Store, startStore } from '@moneytrail/store';
import { growth } from '../packages/page/src/metrics/series.ts';
import { run } from '../packages/telemetry/test/support/process.ts';
import { eventually } from './support/eventually.ts';
import { queryPrometheusRange } from './support/prometheus.ts';
import { field, getJson, list } from './support/read-json.ts';

jest.setTimeout(180_000);

const SALES = new URL('../packages/telemetry/test/fixtures/sales.ts', import.meta.url).pathname;
const STARTS = 40;
const AT_ONCE = 4;

const folder = mkdtempSync(join(tmpdir(), 'moneytrail-restarts-'));
let store: Store;

beforeAll(async () => {
  store = await startStore({ port: 0, dataDir: folder });
});

afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

/** One start: two payments, then the end by a watcher. */
async function startOnce(index: number): Promise<void> {
  const program = run([SALES, 'EUR', 'USD'], {
    OTEL_EXPORTER_OTLP_ENDPOINT: store.url,
    OTEL_SERVICE_NAME: 'shop',
  });
  await program.seen(/ready/);
  if (index % 2 === 0) program.kill('SIGTERM');
  else program.end();
  const { signal, code } = await program.ended;
  expect(signal ?? code).toBe(index % 2 === 0 ? 'SIGTERM' : 0);
}

it(`${STARTS} starts lose nothing, and the increase of their counters is exact`, async () => {
  const fromMs = Date.now() - 60_000;
  for (let index = 0; index < STARTS; index += AT_ONCE) {
    await Promise.all(Array.from({ length: AT_ONCE }, (_, one) => startOnce(index + one)));
  }
  const sums = await eventually(
    () => getJson(`${store.url}/api/money`, {}),
    (rows) => list({ rows }, 'rows').length === 2,
  );
  expect(list({ sums }, 'sums').map((row) => Number(field(row, 'count')))).toEqual([
    STARTS,
    STARTS,
  ]);
  const { drops } = (await (await fetch(`${store.url}/api/drops`)).json()) as { drops: unknown };
  expect(drops).toEqual([]);
  const window = { fromMs, toMs: Date.now() + 15_000, stepSeconds: 15 };
  for (const [name, each] of [
    ['moneytrail_payment_attempts_total', 2],
    ['moneytrail_payment_volume_total', 20],
    ['moneytrail_payment_amount_count', 2],
  ] as const) {
    const series = await queryPrometheusRange(store.url, name, window);
    const steps = series.flatMap(({ samples }) => growth(samples.map(({ value }) => value)));
    expect([name, steps.reduce((sum: number, step) => sum + (step ?? 0), 0)]).toEqual([
      name,
      each * STARTS,
    ]);
  }
});
