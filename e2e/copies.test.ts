/** Several copies of our packages in one process: they record together, or report in one coded line that they cannot. */
import { execFileSync } from 'node:child_process';
import { cpSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { build } from 'esbuild';
import { type Ended, runIn } from '../packages/telemetry/test/support/process.ts';
import {
  attributeOf,
  type Receiver,
  startReceiver,
} from '../packages/telemetry/test/support/receiver.ts';
import { itOfReport } from '../tools/reports.ts';
import { installed } from './support/installed.ts';

const folder = installed({
  dependencies: {},
  manifest: { name: 'copies', type: 'module' },
  sources: 'e2e/services/copies',
});
const modules = join(folder, 'node_modules');

let receiver: Receiver;

beforeEach(async () => {
  receiver = await startReceiver();
});

afterEach(() => receiver.close());

/** A library with nested copies of some of our packages, as npm installs them when versions differ. */
function placeLibrary(copies: readonly string[]): string {
  const library = join(modules, 'billing-lib');
  rmSync(library, { recursive: true, force: true });
  for (const name of copies) {
    const copy = join('@moneytrail', name);
    cpSync(join(modules, copy), join(library, 'node_modules', copy), { recursive: true });
  }
  mkdirSync(library, { recursive: true });
  const manifest = { name: 'billing-lib', version: '1.0.0', type: 'module', main: 'index.js' };
  writeFileSync(join(library, 'package.json'), JSON.stringify(manifest));
  cpSync(join(folder, 'billing-lib.mjs'), join(library, 'index.js'));
  return library;
}

function start(file: string, env: Readonly<Record<string, string>> = {}): Promise<Ended> {
  return runIn(folder, ['node', '--import', '@moneytrail/telemetry/register', file], {
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
    ...env,
  }).ended;
}

function totalOf(name: string): number {
  const metrics = receiver.metrics.filter((metric) => metric.name === name);
  return metrics
    .flatMap(({ sum }) => sum?.dataPoints ?? [])
    .reduce((total, { asDouble }) => total + Number(asDouble ?? 0), 0);
}

function eventIds(): (string | undefined)[] {
  return receiver.records.map((event) => attributeOf(event, 'payment.id'));
}

function expectOneRecorder(): void {
  expect(eventIds()).toEqual(['pi_1', 'pi_2', 'pi_3']);
  expect(totalOf('moneytrail.payment.outcomes')).toBe(3);
  expect(totalOf('moneytrail.payment.volume')).toBe(30);
  expect(totalOf('moneytrail.business_events.duplicates')).toBe(1);
}

describe('a library with its own copy', () => {
  it.each([
    ['metrics', ['catalogue', 'metrics']],
    ['telemetry as well, which it starts', ['catalogue', 'metrics', 'privacy', 'telemetry']],
  ])(
    'of %s records into the counters that are sent, and an event counts once',
    async (_, copies) => {
      placeLibrary(copies);
      const ended = await start('app.mjs', {
        LIBRARY_STARTS: String(copies.includes('telemetry')),
      });
      expect([ended.code, ended.stderr]).toEqual([0, '']);
      expect(ended.stdout.trim().split('\n')).toEqual([
        'recorded',
        'duplicate',
        'recorded',
        'recorded',
      ]);
      expectOneRecorder();
    },
  );

  it('of a version that cannot share is reported in one coded line', async () => {
    const library = placeLibrary(['catalogue', 'metrics']);
    const [recorder = ''] = globSync(
      join(library, 'node_modules/@moneytrail/metrics/dist/process.js'),
    );
    const source = readFileSync(recorder, 'utf8');
    expect(source).toMatch(/const VERSION = \d+;/);
    writeFileSync(recorder, source.replace(/const VERSION = \d+;/, 'const VERSION = 0;'));
    const { code, stderr } = await start('app.mjs');
    expect(code).toBe(0);
    expect(stderr.match(/MONEYTRAIL_COPIES_DIFFER/g)).toHaveLength(1);
    expect(totalOf('moneytrail.payment.outcomes')).toBe(1);
  });

  it('with an event that is unknown to the first copy has it counted as dropped', async () => {
    const library = placeLibrary(['catalogue', 'metrics']);
    const source = "RECORDERS.ours.track({ id: 'x' }, 'order.shipped')";
    const code = `import { RECORDERS } from './node_modules/@moneytrail/metrics/dist/process.js';
      export const pay = () => ${source};`;
    writeFileSync(join(library, 'index.js'), code);
    const { stdout } = await start('app.mjs');
    expect(stdout).toContain('unknown_event');
    expect(totalOf('moneytrail.business_events.dropped')).toBe(3);
  });
});

it('a service in one file records into the telemetry outside of it', async () => {
  placeLibrary(['catalogue', 'metrics']);
  await build({
    absWorkingDir: folder,
    entryPoints: ['app.mjs'],
    outfile: join(folder, 'bundle.mjs'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    external: ['@moneytrail/telemetry'],
  });
  expect(await start('bundle.mjs')).toMatchObject({ code: 0, stderr: '' });
  expectOneRecorder();
});

itOfReport(
  'two-copies-of-metrics',
  '30 EUR of three payments, one of them recorded twice',
  async (report) => {
    execFileSync('bash', [join(report, 'make.sh'), folder]);
    await start('app.mjs');
    expectOneRecorder();
  },
);
