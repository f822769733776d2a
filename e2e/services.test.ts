/** Typical services with our packages installed from tarballs, and with their own database, loggers and metrics. */
import { execFileSync } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Ended, runIn } from '../packages/telemetry/test/support/process.ts';
import {
  attributeOf,
  type Metric,
  type Receiver,
  type Span,
  startReceiver,
} from '../packages/telemetry/test/support/receiver.ts';
import { freePort, scrape } from '../packages/telemetry/test/support/scrape.ts';
import { ROOT } from '../tools/repository.ts';
import { eventually } from './support/eventually.ts';
import { compile } from './support/frameworks.ts';
import { installed } from './support/installed.ts';
import { startPostgres } from './support/postgres.ts';
import { startRedis } from './support/redis.ts';
import { type SentrySink, startSentry } from './support/sentry.ts';
import { sharedServer } from './support/shared-server.ts';

const REGISTER = '@moneytrail/telemetry/register';
const IMPORTED = ['node', '--import', REGISTER] as const;

/** The banner of docs/bundlers.md for a bundle that is an ES module. */
const REQUIRE =
  "import { createRequire as requireOfNode } from 'node:module'; const require = requireOfNode(import.meta.url);";

/** A line of our logger, which is sent as well. */
const OURS = 'by ours';

const DEPENDENCIES = {
  '@hono/node-server': '2.1.9',
  '@nestjs/common': '11.1.0',
  '@nestjs/core': '11.1.0',
  '@nestjs/platform-express': '11.1.0',
  '@opentelemetry/api': '1.10.0',
  '@sentry/node': '11.12.0',
  express: '4.21.0',
  fastify: '5.12.8',
  hono: '4.13.19',
  ioredis: '5.8.0',
  pg: '8.16.0',
  pino: '10.1.0',
  'reflect-metadata': '0.2.2',
  rxjs: '7.8.2',
  tsx: '4.20.0',
  winston: '3.19.0',
};

/** A service and its expected results. */
interface Service {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
  /** The span of its database. */
  readonly query: 'SELECT pg_tables' | 'get';
  /** Lines that it prints with the ids of their trace. */
  readonly lines: readonly string[];
  /** Its exit code, or the signal that ended it. */
  readonly end: number | NodeJS.Signals;
}

const SQL = { query: 'SELECT pg_tables' } as const;
const REDIS = { query: 'get' } as const;
const EXPRESS = { ...SQL, lines: ['by pino', 'by winston'], end: 0 } as const;
const TYPESCRIPT = { ...SQL, lines: ['by pino'], end: 'SIGTERM' } as const;

const SERVICES: readonly Service[] = [
  { name: 'Express 4, required', command: ['node', '-r', REGISTER, 'express.cjs'], ...EXPRESS },
  { name: 'Express 4, imported', command: [...IMPORTED, 'express.cjs'], ...EXPRESS },
  {
    name: 'Express 4, next to Sentry',
    command: [...IMPORTED, '--import', './sentry.mjs', 'express.cjs'],
    ...EXPRESS,
  },
  { name: 'Express 4, bundled', command: [...IMPORTED, 'bundled/express.cjs'], ...EXPRESS },
  {
    name: 'Fastify 5',
    command: [...IMPORTED, 'fastify.mjs'],
    ...REDIS,
    lines: ['by Fastify'],
    end: 0,
  },
  {
    name: 'NestJS',
    command: ['node', '-r', REGISTER, 'nest.js'],
    ...SQL,
    lines: [OURS],
    end: 'SIGTERM',
  },
  {
    name: 'TypeScript, by the flag',
    command: [...IMPORTED, '--import', 'tsx', 'typescript.mts'],
    ...TYPESCRIPT,
  },
  {
    name: 'TypeScript, by tsx',
    command: ['node_modules/.bin/tsx', '--import', REGISTER, 'typescript.mts'],
    ...TYPESCRIPT,
    // The exit code by which tsx reports the signal.
    end: 143,
  },
  {
    name: 'TypeScript, by its first line',
    command: ['node', '--import', 'tsx', 'first.mts'],
    ...TYPESCRIPT,
  },
  {
    name: 'TypeScript, bundled with its first line',
    command: ['node', 'bundled/first.mjs'],
    ...TYPESCRIPT,
  },
  { name: 'Hono', command: [...IMPORTED, 'hono.mjs'], ...REDIS, lines: [OURS], end: 'SIGTERM' },
];

let receiver: Receiver;
let sentry: SentrySink;
let folder: string;
let env: Record<string, string>;
const postgres = sharedServer(startPostgres);
const redis = sharedServer(startRedis);

beforeAll(async () => {
  [receiver, sentry] = await Promise.all([startReceiver(), startSentry()]);
  folder = installed({ dependencies: DEPENDENCIES, sources: 'e2e/services/shops' });
  compile(folder);
  bundle('express.cjs', 'bundled/express.cjs');
  bundle('bundle.mts', 'bundled/first.mjs', '--format=esm', `--banner:js=${REQUIRE}`);
  env = {
    DATABASE_URL: postgres(),
    REDIS_URL: redis(),
    SENTRY_SINK: sentry.dsn,
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
  };
}, 300_000);

beforeEach(() => {
  for (const list of [receiver.records, receiver.spans, receiver.metrics]) list.length = 0;
});

afterAll(() => Promise.all([receiver?.close(), sentry?.close()]));

/** Bundles a service into one file; its packages stay external. */
function bundle(entry: string, file: string, ...options: readonly string[]): void {
  const fixed = ['--bundle', '--platform=node', '--packages=external', '--log-level=error'];
  execFileSync(
    `${ROOT}node_modules/.bin/esbuild`,
    [entry, `--outfile=${file}`, ...fixed, ...options],
    { cwd: folder, stdio: 'inherit' },
  );
}

/** Requests an order and a failing one from a service, and ends it. */
async function serve(command: Service['command']): Promise<Ended> {
  const service = runIn(folder, command, env);
  const [, port] = await service.seen(/port (\d+)/);
  for (const path of ['/orders/pi_1', '/fails/1']) {
    await (await fetch(`http://127.0.0.1:${port}${path}`)).text();
  }
  service.kill('SIGTERM');
  return await service.ended;
}

const metric = (name: string): Metric | undefined =>
  receiver.metrics.find((one) => one.name === name);

const spanOf = (name: string): Span | undefined =>
  receiver.spans.find((span) => span.name === name);

function expectOwnMetrics(): void {
  expect(metric('shop.orders')?.sum?.dataPoints.map(({ asDouble }) => asDouble)).toEqual([1]);
  expect(metric('shop.items')?.histogram?.dataPoints).toHaveLength(1);
  const paid = metric('moneytrail.payment.outcomes')?.sum?.dataPoints ?? [];
  expect(paid.filter((point) => Number(point.asInt ?? point.asDouble) === 1)).toHaveLength(1);
}

/** The span of the failed request, with everything needed for debugging. */
function expectError(span: Span | undefined): void {
  expect(span?.status.code).toBe(2);
  const [exception = { attributes: [] }] = span?.events ?? [];
  expect(attributeOf(exception, 'exception.type')).toBe('TypeError');
  expect(attributeOf(exception, 'exception.message')).toBe('no such order');
  expect(attributeOf(exception, 'exception.stacktrace')).toMatch(
    /^TypeError: no such order\n {4}at .*\.fail /,
  );
}

/** The payment and the lines, all in one trace; lines of our logger are sent, too. */
function expectLines(stdout: string, lines: readonly string[], traceId: string | undefined): void {
  const events = receiver.records.filter(({ eventName }) => eventName !== undefined);
  expect(events.map((event) => attributeOf(event, 'payment.id'))).toEqual(['pi_1']);
  const sent = receiver.records.filter(({ eventName }) => eventName === undefined);
  expect(sent.map(({ body }) => body?.stringValue)).toEqual(lines.filter((line) => line === OURS));
  for (const record of receiver.records) expect(record.traceId).toBe(traceId);
  for (const line of lines) {
    expect(stdout.split('\n').find((text) => text.includes(line))).toContain(traceId);
  }
}

describe('a service sends its requests, errors, queries, lines, metrics and payments', () => {
  it.each(SERVICES)('$name', async ({ command, query, lines, end }) => {
    const { stdout, code, signal } = await serve(command);
    expect(signal ?? code).toBe(end);
    const order = spanOf('GET /orders/:id');
    const names = receiver.spans
      .filter(({ traceId }) => traceId === order?.traceId)
      .map(({ name }) => name);
    expect(names.sort()).toEqual(['GET /orders/:id', query].sort());
    expectError(spanOf('GET /fails/:id'));
    const requests = metric('http.server.request.duration')?.histogram?.dataPoints ?? [];
    expect(requests.map((point) => attributeOf(point, 'http.route')).sort()).toEqual([
      '/fails/:id',
      '/orders/:id',
    ]);
    expectLines(stdout, lines, order?.traceId);
    expectOwnMetrics();
  });
});

describe('a job', () => {
  it.each([
    ['required', ['-r', REGISTER]],
    ['imported', ['--import', REGISTER]],
  ])('sends everything and keeps its code: %s', async (_, flags) => {
    const { code, stdout } = await runIn(folder, ['node', ...flags, 'cron.cjs'], env).ended;
    expect(code).toBe(3);
    const settled = spanOf('orders.settle');
    expect(spanOf('SELECT pg_tables')?.traceId).toBe(settled?.traceId);
    expectError(spanOf('orders.refund'));
    expectLines(stdout, [OURS], settled?.traceId);
    expectOwnMetrics();
  });
});

describe('a cluster', () => {
  const paid = async (port: number): Promise<number> => {
    const { series } = await scrape(port);
    const volumes = [...series].filter(([key]) =>
      key.startsWith('moneytrail_payment_volume_total{'),
    );
    return volumes.reduce((sum, [, value]) => sum + value, 0);
  };

  it('shows the sum of all workers at every scrape, and sends it at its end', async () => {
    const metricsPort = await freePort();
    const service = runIn(folder, [...IMPORTED, 'cluster.mjs'], {
      ...env,
      MONEYTRAIL_METRICS_PORT: String(metricsPort),
    });
    const [, port] = await service.seen(/port (\d+)/);
    const amounts: number[] = [];
    for (let request = 0; request < 30; request += 1) {
      amounts.push(Number(await (await fetch(`http://127.0.0.1:${port}/`)).text()));
    }
    expect(new Set(amounts)).toEqual(new Set([10, 20, 30]));
    const total = amounts.reduce((sum, euros) => sum + euros, 0);
    await eventually(
      () => paid(metricsPort),
      (seen) => seen === total,
    );
    for (let scrapes = 0; scrapes < 20; scrapes += 1) {
      expect(await paid(metricsPort)).toBe(total);
      // The text is cached for a second.
      await wait(100);
    }
    service.kill('SIGTERM');
    await service.ended;
    const payments = (): number =>
      new Set(receiver.records.map((record) => attributeOf(record, 'payment.id'))).size;
    expect(await eventually(payments, (count) => count >= 30)).toBe(30);
  });
});
