/** The tables of docs/typescript.md: compiler settings, and tools that run TypeScript. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Receiver, startReceiver } from '../packages/telemetry/test/support/receiver.ts';
import { otherFolder, seenOf, serviceFolder, toolFolder, writeFiles } from './support/loaded.ts';
import { rowsOf } from './support/pages.ts';

const ROWS = rowsOf('docs/typescript.md');
const SETTINGS = ROWS.filter((row) => row.length === 5);
const COMMANDS = ROWS.filter((row) => row.length === 6);

/** Uses types of every package, so that a package without types is an error. */
const EVERY_PACKAGE = `
import '@moneytrail/telemetry/register';
import { money } from '@moneytrail/catalogue';
import { toYaml } from '@moneytrail/collector';
import * as cli from '@moneytrail/cli';
import * as dashboards from '@moneytrail/dashboards';
import { createHealth } from '@moneytrail/health';
import { createLogger } from '@moneytrail/logs';
import { payments } from '@moneytrail/metrics';
import { webhookHandler } from '@moneytrail/providers';
import { stripe } from '@moneytrail/providers/stripe';
import { maskPath } from '@moneytrail/privacy';
import { EXTERNAL_METRICS, metric, rate } from '@moneytrail/promql';
import { startStore } from '@moneytrail/store';
import { startTelemetry, type Telemetry } from '@moneytrail/telemetry';
import { traced } from '@moneytrail/tracing';

export const telemetry: Telemetry = startTelemetry({ serviceName: 'checkout' });
const amount = money(1n, 'EUR');
payments.succeeded({ provider: 'stripe', id: 'pi_1', method: 'card', amount });
// @ts-expect-error
payments.succeeded({ provider: 'stripe', id: 'pi_1', method: 1, amount });
// @ts-expect-error
startTelemetry({ serviceNam: 'checkout' });
const calls = rate(metric(EXTERNAL_METRICS, 'traces.span.metrics.calls'), { by: ['span.name'] });
// @ts-expect-error
rate(metric(EXTERNAL_METRICS, 'traces.span.metrics.calls'), { by: ['span.nam'] });
// @ts-expect-error
stripe({ secret: 1 });
// @ts-expect-error
webhookHandler(stripe({ secret: 'whsec_1' }), (event) => event.typ);
export const all = [toYaml, cli, calls, dashboards, createHealth, createLogger, maskPath, startStore, traced];
`;

function compiled(tools: string, [module, resolution, type]: readonly string[]): string {
  const folder = join(tools, 'compiled');
  const compilerOptions = {
    module,
    moduleResolution: resolution,
    target: 'es2022',
    strict: true,
    exactOptionalPropertyTypes: true,
    esModuleInterop: true,
    skipLibCheck: resolution === 'node10',
    types: ['node'],
    noEmit: true,
  };
  writeFiles(folder, {
    'package.json': JSON.stringify({ private: true, type }),
    'tsconfig.json': JSON.stringify({ compilerOptions, files: ['main.ts'] }),
    'main.ts': EVERY_PACKAGE,
  });
  const tsc = join(tools, 'node_modules', 'typescript', 'bin', 'tsc');
  const { stdout } = spawnSync(process.execPath, [tsc, '-p', folder], { encoding: 'utf8' });
  // The version does not have this value, or not this pair of values.
  const isOffered = !/error TS(?:5095|5108|5110|6046):/.test(stdout);
  return isOffered ? stdout || 'yes' : '–';
}

describe('the settings of the compiler', () => {
  it.each(SETTINGS)('%s with %s in a package of type %s', (...row) => {
    const results = [toolFolder(), otherFolder()].map((tools) => compiled(tools, row));
    expect(results).toEqual(row.slice(3));
  });

  it('are all in the table', () => {
    expect(new Set(SETTINGS.map(([module]) => module))).toEqual(
      new Set(['commonjs', 'node16', 'node18', 'node20', 'nodenext', 'esnext', 'preserve']),
    );
  });
});

describe('tools that run TypeScript', () => {
  const compilerOptions = {
    module: 'node16',
    target: 'es2022',
    outDir: 'out',
    esModuleInterop: true,
    strict: false,
    skipLibCheck: true,
    types: ['node'],
  };
  let receiver: Receiver;

  beforeAll(async () => {
    receiver = await startReceiver();
  });

  afterAll(() => receiver.close());

  it.each(COMMANDS)('%s in a package of type %s', async (command, type, ...promised) => {
    const folder = serviceFolder('typed', type === 'module' ? 'module' : 'commonjs');
    writeFiles(folder, {
      'tsconfig.json': JSON.stringify({ compilerOptions, files: ['app.ts'] }),
    });
    const { seen, stderr } = await seenOf(receiver, folder, (command ?? '').split(' && '));
    expect(Object.values(seen).map((one) => (one ? 'yes' : 'no'))).toEqual(promised);
    expect(stderr).not.toContain('MONEYTRAIL');
  });
});
