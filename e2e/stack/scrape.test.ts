/** The output of `/metrics` with hostile names is accepted by promtool and by a real Prometheus. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { freePort } from '../../dev/process/free-port.ts';
import { ensureBuilt, ensureTool } from '../../dev/stack/index.ts';
import { type Program, run } from '../../packages/telemetry/test/support/process.ts';
import { eventually } from '../support/eventually.ts';
import { scalarOf } from '../support/prometheus.ts';

const SERVICE = new URL('../../packages/telemetry/test/fixtures/hostile-names.ts', import.meta.url)
  .pathname;

/** `promtool check metrics` exits with 3 for style warnings, such as a counter without a help text. */
const PARSED = [0, 3];

const folder = mkdtempSync(join(tmpdir(), 'moneytrail-scrape-'));
let service: Program;
let prometheus: ChildProcess;
let address: string;

beforeAll(async () => {
  const port = await freePort();
  address = `127.0.0.1:${port}`;
  service = run([SERVICE], { MONEYTRAIL_METRICS_PORT: String(port) }, 200_000);
  await service.seen(/ready/);
});

afterAll(async () => {
  prometheus?.kill('SIGKILL');
  service.kill('SIGKILL');
  await service.ended;
  rmSync(folder, { recursive: true, force: true });
});

it('promtool accepts the whole text', async () => {
  const read = async (): Promise<string> => (await fetch(`http://${address}/metrics`)).text();
  const text = await eventually(
    () => read().catch(() => ''),
    (text) => text !== '',
  );
  const promtool = await ensureTool('promtool');
  const { status, stderr } = spawnSync(promtool, ['check', 'metrics'], { input: text });
  expect([status, PARSED.includes(status ?? -1) ? '' : String(stderr)]).toEqual([
    expect.any(Number),
    '',
  ]);
});

it('a real Prometheus keeps the target up and has its series', async () => {
  const config = join(folder, 'prometheus.yml');
  const target = `static_configs: [{ targets: ['${address}'] }]`;
  writeFileSync(config, `scrape_configs: [{ job_name: own, scrape_interval: 1s, ${target} }]\n`);
  const own = await freePort();
  const program = (await ensureBuilt(['prometheus'])).get('prometheus') ?? '';
  const flags = [`--config.file=${config}`, `--storage.tsdb.path=${folder}/data`];
  prometheus = spawn(program, [...flags, `--web.listen-address=127.0.0.1:${own}`], {
    stdio: 'ignore',
  });
  const url = `http://127.0.0.1:${own}`;
  const ask = (query: string): Promise<number | undefined> =>
    scalarOf(url, query).catch(() => undefined);
  const seen = await eventually(
    () => ask(`up{instance="${address}"}`),
    (value) => value === 1,
  );
  expect(seen).toBe(1);
  expect(await ask('sum(hostile_count_total)')).toBeGreaterThan(100);
});
