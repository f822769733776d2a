/** A real Prometheus with default settings sees the first event of every series, because the series starts with a zero. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { freePort } from '../../dev/process/free-port.ts';
import { ensureBuilt } from '../../dev/stack/index.ts';
import { type Program, run } from '../../packages/telemetry/test/support/process.ts';
import { eventually } from '../support/eventually.ts';
import { scalarOf } from '../support/prometheus.ts';

const SALES = new URL('../../packages/telemetry/test/fixtures/sales.ts', import.meta.url).pathname;
const CURRENCIES = ['EUR', 'USD', 'SEK', 'PLN', 'JPY'];
const PROCESSES = 4;

const folder = mkdtempSync(join(tmpdir(), 'moneytrail-first-'));
const programs: Program[] = [];
let prometheus: ChildProcess;
let url: string;
let scraped: number[];

beforeAll(async () => {
  scraped = await Promise.all(Array.from({ length: PROCESSES }, () => freePort()));
  const targets = scraped.map((port) => `'127.0.0.1:${port}'`).join();
  const config = join(folder, 'prometheus.yml');
  writeFileSync(
    config,
    `otlp: { promote_resource_attributes: [service.instance.id] }
scrape_configs: [{ job_name: own, scrape_interval: 2s, static_configs: [{ targets: [${targets}] }] }]
`,
  );
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  const program = (await ensureBuilt(['prometheus'])).get('prometheus') ?? '';
  const flags = [`--config.file=${config}`, `--storage.tsdb.path=${folder}/data`];
  const more = [`--web.listen-address=127.0.0.1:${port}`, '--web.enable-otlp-receiver'];
  prometheus = spawn(program, [...flags, ...more], { stdio: 'ignore' });
  await eventually(
    () =>
      fetch(`${url}/-/ready`).then(
        ({ ok }) => ok,
        () => false,
      ),
    (isReady) => isReady,
  );
});

afterAll(async () => {
  for (const program of programs) {
    program.kill('SIGKILL');
    await program.ended;
  }
  prometheus.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

/** The increase between the first and the last sample of each series, which `increase()` extrapolates from. */
function seen(job: string): Promise<number | undefined> {
  const series = `moneytrail_payment_amount_count{job="${job}"}[10m]`;
  return scalarOf(url, `sum(last_over_time(${series}) - first_over_time(${series}))`);
}

/** Services that record the first payment in each currency, one after the other. */
async function sell(environments: readonly Readonly<Record<string, string>>[]): Promise<Program[]> {
  const services = environments.map((environment) =>
    run(
      [SALES],
      { OTEL_TRACES_EXPORTER: 'none', OTEL_LOGS_EXPORTER: 'none', ...environment },
      120_000,
    ),
  );
  programs.push(...services);
  for (const service of services) await service.seen(/ready/);
  for (const currency of CURRENCIES) {
    await wait(3000);
    for (const service of services) service.write(`${currency}\n`);
  }
  return services;
}

it('that is sent to it', async () => {
  const services = await sell(
    Array.from({ length: PROCESSES }, () => ({
      OTEL_SERVICE_NAME: 'sent',
      OTEL_METRIC_EXPORT_INTERVAL: '2000',
      OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: `${url}/api/v1/otlp/v1/metrics`,
    })),
  );
  for (const service of services) {
    service.end();
    expect((await service.ended).stderr).toBe('');
  }
  expect(await seen('sent')).toBe(PROCESSES * CURRENCIES.length);
});

it('that it scrapes', async () => {
  await sell(
    scraped.map((port) => ({
      OTEL_METRICS_EXPORTER: 'none',
      MONEYTRAIL_METRICS_PORT: String(port),
    })),
  );
  const total = PROCESSES * CURRENCIES.length;
  const growth = await eventually(
    () => seen('own'),
    (value) => value === total,
  );
  expect(growth).toBe(total);
});
