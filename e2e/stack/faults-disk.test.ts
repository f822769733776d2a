/** Full disks: the Collector reports it and keeps its data; for the backends, the launcher reports it within a minute. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { watchDisks } from '../../dev/stack/index.ts';
import { eventually } from '../support/eventually.ts';
import { entriesOf } from '../support/loki.ts';
import { collectorCount } from './support/collector-metrics.ts';
import { newRun } from './support/ids.ts';
import { startLoad } from './support/load.ts';
import { logRequest } from './support/otlp.ts';
import { sendOnce, targetOf } from './support/sender.ts';
import { type SmallDisk, smallDisk } from './support/small-disk.ts';
import { startTestStack, type TestStack } from './support/test-stack.ts';

const BACKENDS = ['prometheus', 'jaeger', 'loki'] as const;
const MINUTE_MS = 60_000;
const LINES = 250;
let testStack: TestStack | undefined;
let disks: SmallDisk[] = [];

/** A data folder in which some folders are small disks; undefined without the permission to create them. */
function dataOnSmallDisks(folders: readonly string[], megabytes: number): string | undefined {
  const dataDir = mkdtempSync(join(tmpdir(), 'moneytrail-stack-'));
  for (const folder of folders) {
    const disk = smallDisk(join(dataDir, folder), megabytes);
    if (disk === undefined) {
      process.stdout.write('full disks were not tried: only root can make a small one\n');
      rmSync(dataDir, { recursive: true });
      return undefined;
    }
    disks.push(disk);
  }
  return dataDir;
}

afterEach(async () => {
  await testStack?.stack.close();
  for (const disk of disks) disk.remove();
  await testStack?.close();
  testStack = undefined;
  disks = [];
});

/** A request with numbered lines of two kilobytes. */
function linesFrom(run: string, first: number): string {
  const lines = Array.from({ length: LINES }, (_, n) => ({
    atMs: Date.now(),
    body: 'x'.repeat(2_000),
    attributes: { 'app.line': first + n },
  }));
  return logRequest({ 'service.name': run }, lines);
}

describe('when the disk is full', () => {
  it('of the queue, senders must retry, and accepted data arrives', async () => {
    const dataDir = dataOnSmallDisks(['collector/queue'], 24);
    if (dataDir === undefined) return;
    testStack = await startTestStack({}, ['collector', 'loki'], { dataDir });
    const { stack } = testStack;
    const target = targetOf(stack.env);
    const run = newRun('full-queue');
    let sent = 0;
    const send = async (): Promise<number> => {
      const first = sent;
      sent += LINES;
      const { status } = await sendOnce(target, 'logs', linesFrom(run, first));
      if (status === 200) accepted.push(...Array.from({ length: LINES }, (_, n) => first + n));
      return status;
    };
    const accepted: number[] = [];
    await stack.signal('loki', 'SIGTERM');
    const status = await eventually(send, (result) => result !== 200, MINUTE_MS);
    expect(status).toBe(503);
    expect(accepted.length).toBeGreaterThan(1_000);
    const refused = 'otelcol_exporter_enqueue_failed_log_records';
    expect(await collectorCount(stack.urls.collectorMetrics, refused)).toBeGreaterThan(0);
    expect(stack.logOf('collector')).toContain('no space left on device');

    await stack.start('loki');
    const entries = await eventually(
      () => entriesOf(stack.urls.loki, `{service_name="${run}"}`, Date.now() - 600_000, Date.now()),
      (found) => found.length >= accepted.length,
      MINUTE_MS,
    );
    const lines = entries.map(({ labels }) => Number(labels['app_line']));
    expect(lines.sort((one, other) => one - other)).toEqual(accepted);
    // There is room again: the retry is accepted.
    expect(await eventually(send, (result) => result === 200)).toBe(200);
  });

  it('of a backend, the launcher reports it within a minute', async () => {
    const dataDir = dataOnSmallDisks(BACKENDS, 400);
    if (dataDir === undefined) return;
    const said = new Map<string, { readonly atMs: number; readonly what: string }>();
    const say = (name: string, what: string): void => {
      if (/cannot write|ended/.test(what)) said.set(name, { atMs: Date.now(), what });
    };
    testStack = await startTestStack({}, ['collector', ...BACKENDS], { dataDir, onEnd: say });
    const stop = watchDisks({ dataDir, urls: testStack.stack.urls, report: say });
    const load = startLoad(targetOf(testStack.stack.env), newRun('full-disk'));
    await eventually(
      () => load.ledger.events.size,
      (count) => count > 20,
    );
    for (const disk of disks) disk.fill();
    const fullMs = Date.now();
    await eventually(
      () => said.size,
      (count) => count === BACKENDS.length,
      MINUTE_MS,
    );
    stop();
    for (const [name, { atMs, what }] of said) {
      process.stdout.write(
        `full disk: after ${((atMs - fullMs) / 1000).toFixed(1)} s: ${name} ${what}\n`,
      );
    }
    await load.stop();
    expect([...said.keys()].sort()).toEqual([...BACKENDS].sort());
    expect(said.get('prometheus')?.what).toContain('prometheus_tsdb_wal_writes_failed_total');
    expect(said.get('loki')?.what).toContain('loki_ingester_wal_disk_full_failures_total');
    expect(said.get('jaeger')?.what).toMatch(/^ended with/);
  });
});
