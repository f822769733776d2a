/** Other tools in the process: each gets its own data, ours arrives complete and once, and unsupported combinations print one coded line. */
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Ended, runIn } from '../packages/telemetry/test/support/process.ts';
import {
  attributeOf,
  type Receiver,
  startReceiver,
} from '../packages/telemetry/test/support/receiver.ts';
import { itOfReport } from '../tools/reports.ts';
import { ROOT } from '../tools/repository.ts';
import { REGISTER, ROWS, type Row, sdkRows } from './neighbours/rows.ts';
import { installed } from './support/installed.ts';
import { type SentrySink, startSentry } from './support/sentry.ts';

const SOURCES = 'e2e/services/neighbours';

const service = installed({
  dependencies: {
    '@opentelemetry/api': '1.10.0',
    '@opentelemetry/exporter-trace-otlp-http': '0.300.0',
    '@opentelemetry/exporter-prometheus': '0.300.0',
    '@opentelemetry/instrumentation-http': '0.300.0',
    '@opentelemetry/sdk-node': '0.300.0',
    'api-1-9': 'npm:@opentelemetry/api@1.9.1',
    'dd-trace': '6.21.0',
    'prom-client': '15.1.3',
    'sentry-10': 'npm:@sentry/node@10.78.0',
    'sentry-11': 'npm:@sentry/node@11.12.0',
    express: '5.3.0',
  },
  sources: SOURCES,
});

/** A separate installation with its own copies, as an operator mounts it. */
function apart(api: string, sdk: string): string {
  return installed({
    packages: [],
    dependencies: {
      '@opentelemetry/api': api,
      '@opentelemetry/exporter-trace-otlp-http': sdk,
      '@opentelemetry/instrumentation-http': sdk,
      '@opentelemetry/sdk-node': sdk,
    },
    sources: SOURCES,
  });
}

const SDK_ROWS = [
  ...sdkRows('3', './own-sdk.mjs', true),
  ...sdkRows('2', join(apart('1.9.1', '0.223.0'), 'own-sdk.mjs'), true),
  ...sdkRows('1', join(apart('1.9.0', '0.57.2'), 'own-sdk.mjs'), false),
];

let receiver: Receiver;
let theirs: Receiver;
let sentry: SentrySink;

beforeEach(async () => {
  [receiver, theirs, sentry] = await Promise.all([startReceiver(), startReceiver(), startSentry()]);
});

afterEach(() => Promise.all([receiver.close(), theirs.close(), sentry.close()]));

function runJob(
  imports: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  const options = imports.flatMap((one) => ['--import', one]);
  return runIn(service, ['node', ...options, 'app.mjs'], {
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
    OTEL_SERVICE_NAME: 'shop',
    THEIR_SINK: theirs.url,
    SENTRY_SINK: sentry.dsn,
    ...env,
  }).ended;
}

function totalOf(name: string): number {
  const points = receiver.metrics.filter((metric) => metric.name === name);
  return points
    .flatMap(({ sum, gauge }) => (sum ?? gauge)?.dataPoints ?? [])
    .reduce((total, { asDouble, asInt }) => total + Number(asDouble ?? asInt), 0);
}

function namesOf(spans: Receiver['spans']): string[] {
  return spans.map(({ name }) => name).sort();
}

function codesOf({ stderr }: Ended): string[] {
  return [...stderr.matchAll(/\[(MONEYTRAIL_\w+)\]/g)].map(([, code]) => String(code)).sort();
}

/** Checks for all neighbours: the payment is recorded once, nothing leaks, and the process ends. */
function expectComplete(ended: Ended, row: Row): void {
  expect(ended.code).toBe(0);
  expect(codesOf(ended)).toEqual([...row.codes].sort());
  const events = receiver.records.filter(({ eventName }) => eventName !== undefined);
  expect(events.map((event) => attributeOf(event, 'payment.id'))).toEqual(['pi_1']);
  expect(totalOf('moneytrail.payment.outcomes')).toBe(1);
  expect(totalOf('shop.orders')).toBe(row.hasOwnCounter ? 1 : 0);
  expect(namesOf(receiver.spans)).toEqual(row.spans);
  const [, traceId = 'none'] = /"trace_id":"(\w+)"/.exec(ended.stdout) ?? [];
  expect(new Set(receiver.records.map((record) => record.traceId))).toEqual(new Set([traceId]));
  expect(receiver.bodies.join('')).not.toContain('ada@example.org');
}

it('the documentation has a row for each neighbour, with the codes that are printed', () => {
  const table = readFileSync(`${ROOT}docs/neighbours.md`, 'utf8').split('\n');
  for (const { name, codes } of [...ROWS, ...SDK_ROWS]) {
    const line = table.find((one) => one.startsWith(`| ${name} |`));
    const documented = [...(line?.matchAll(/`(MONEYTRAIL_\w+)`/g) ?? [])].map(([, code]) => code);
    expect([name, documented]).toEqual([name, codes]);
  }
});

describe.each(ROWS)('next to $name', (row) => {
  it('everything arrives once, and the neighbour gets its own data', async () => {
    expectComplete(await runJob(row.imports, row.env), row);
    const types = sentry.items.map(({ type }) => type).filter((type) => type !== 'client_report');
    expect([...new Set(types)].sort()).toEqual(row.sentry ?? []);
    const errors = sentry.items.filter(({ type }) => type === 'event');
    expect(errors.every(({ text }) => text.includes('card machine on fire'))).toBe(true);
  });
});

describe.each(SDK_ROWS)('next to $name', (row) => {
  it('its spans go to both endpoints, redacted to ours', async () => {
    expectComplete(await runJob(row.imports, row.env), row);
    expect(namesOf(theirs.spans)).toEqual(row.theirs ?? []);
    const first = row.imports[0] === REGISTER ? 0 : 1;
    expect(totalOf('moneytrail.telemetry.other_sdk')).toBeGreaterThanOrEqual(first);
  });
});

it('an SDK that the operator of Kubernetes injects sends to the same Collector: each span arrives once, redacted', async () => {
  const folder = installed({
    packages: [],
    dependencies: {
      '@opentelemetry/api': '1.9.0',
      '@opentelemetry/auto-instrumentations-node': '0.62.0',
    },
  });
  const package_ = join(folder, 'node_modules/@opentelemetry/auto-instrumentations-node');
  const ended = await runJob([REGISTER], {
    NODE_OPTIONS: `--require ${join(package_, 'build/src/register.js')}`,
    OTEL_NODE_DISABLED_INSTRUMENTATIONS: 'dns,net',
  });
  expectComplete(ended, {
    name: 'the operator',
    imports: [],
    codes: ['MONEYTRAIL_ANOTHER_SDK'],
    // The Express layer is its own; with us it also sees imported Express.
    spans: ['GET', 'GET /pay/:id', 'charge [redacted]', 'request handler'],
    hasOwnCounter: true,
  });
});

describe.each([
  ['3', '1.10.0', '0.300.0'],
  ['2', '1.9.1', '0.223.0'],
])('a service with its own SDK %s and @moneytrail/metrics alone', (_, api, sdk) => {
  it('scrapes and pushes the series of the catalogue, and sends the event', async () => {
    const folder = installed({
      packages: ['catalogue', 'metrics'],
      dependencies: {
        '@opentelemetry/api': api,
        '@opentelemetry/exporter-metrics-otlp-http': sdk,
        '@opentelemetry/exporter-prometheus': sdk,
        '@opentelemetry/sdk-metrics': sdk.replace('0.300', '3.0').replace('0.223.0', '2.12.0'),
        '@opentelemetry/sdk-node': sdk,
      },
      sources: SOURCES,
    });
    const { stdout } = await runIn(folder, ['node', 'producer.mjs'], {
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
    }).ended;
    expect(stdout).toMatch(/^moneytrail_payment_outcomes_total\{[^}]*succeeded[^}]*\} 1/m);
    expect(totalOf('moneytrail.payment.outcomes')).toBe(1);
    expect(receiver.records.map((event) => attributeOf(event, 'payment.id'))).toEqual(['pi_1']);
  });
});

const REPORT = 'another-opentelemetry-first';

itOfReport(REPORT, 'nothing is lost where an older API or Sentry was first', async (folder) => {
  const reported = installed({
    dependencies: { '@sentry/node': '10.78.0', 'api-1-9': 'npm:@opentelemetry/api@1.9.1' },
    manifest: { type: 'module' },
  });
  cpSync(folder, reported, { recursive: true, filter: (path) => !path.endsWith('package.json') });
  for (const [file, codes] of [
    ['diagnostics-first.mjs', []],
    ['sentry-first.mjs', ['MONEYTRAIL_ANOTHER_SDK']],
  ] as const) {
    receiver.records.length = 0;
    const env = { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url };
    const ended = await runIn(reported, ['node', file], env).ended;
    expect([file, codesOf(ended)]).toEqual([file, codes]);
    expect(receiver.records.map((event) => attributeOf(event, 'payment.id'))).toEqual(['pi_1']);
  }
});
