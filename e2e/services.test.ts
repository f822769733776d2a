/** Services as their authors write them, with our packages installed from their tarballs, a database, loggers and metrics of their own. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Ended, runIn } from '../packages/telemetry/test/support/process.ts';
import {
  attributeOf,
  type Receiver,
  startReceiver,
} from '../packages/telemetry/test/support/receiver.ts';
import { compile } from './support/frameworks.ts';
import { installed } from './support/installed.ts';
import { startPostgres } from './support/postgres.ts';
import { startRedis } from './support/redis.ts';
import { sharedServer } from './support/shared-server.ts';

const REGISTER = '@moneytrail/telemetry/register';
const DEPENDENCIES = {
  '@hono/node-server': '2.1.9',
  '@nestjs/common': '11.1.0',
  '@nestjs/core': '11.1.0',
  '@nestjs/platform-express': '11.1.0',
  '@opentelemetry/api': '1.10.0',
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

/** A service, its command, the span of its database, and the lines that carry the ids of their trace. */
const SERVICES: readonly (readonly [string, readonly string[], string, readonly string[]])[] = [
  [
    'Express 4, required',
    ['node', '-r', REGISTER, 'express.cjs'],
    'SELECT pg_tables',
    ['by pino', 'by winston'],
  ],
  [
    'Express 4, imported',
    ['node', '--import', REGISTER, 'express.cjs'],
    'SELECT pg_tables',
    ['by pino', 'by winston'],
  ],
  ['Fastify 5', ['node', '--import', REGISTER, 'fastify.mjs'], 'get', ['by Fastify']],
  ['NestJS', ['node', '-r', REGISTER, 'nest.js'], 'SELECT pg_tables', []],
  [
    'TypeScript, by the flag',
    ['node', '--import', REGISTER, '--import', 'tsx', 'typescript.mts'],
    'SELECT pg_tables',
    ['by pino'],
  ],
  [
    'TypeScript, by tsx',
    ['node_modules/.bin/tsx', '--import', REGISTER, 'typescript.mts'],
    'SELECT pg_tables',
    ['by pino'],
  ],
  [
    'TypeScript, by its first line',
    ['node', '--import', 'tsx', 'first.mts'],
    'SELECT pg_tables',
    ['by pino'],
  ],
  ['Hono', ['node', '--import', REGISTER, 'hono.mjs'], 'get', []],
];

let receiver: Receiver;
let folder: string;
let env: Record<string, string>;
const postgres = sharedServer(startPostgres);
const redis = sharedServer(startRedis);

beforeAll(async () => {
  receiver = await startReceiver();
  folder = installed({ dependencies: DEPENDENCIES, sources: 'e2e/services/shops' });
  compile(folder);
  env = {
    DATABASE_URL: postgres(),
    REDIS_URL: redis(),
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
  };
}, 300_000);

beforeEach(() => {
  receiver.records.length = 0;
  receiver.spans.length = 0;
  receiver.metrics.length = 0;
});

afterAll(() => receiver.close());

/** Asks a service for an order and for one that fails, and ends it. */
async function serve(command: readonly string[]): Promise<Ended> {
  const [program = 'node', ...parameters] = command;
  const service = runIn(folder, [program, ...parameters], env);
  const [, port] = await service.seen(/port (\d+)/);
  for (const path of ['/orders/pi_1', '/fails/1']) {
    await (await fetch(`http://127.0.0.1:${port}${path}`)).text();
  }
  service.kill('SIGTERM');
  return await service.ended;
}

function expectOwnMetrics(): void {
  const named = (name: string) => receiver.metrics.find((metric) => metric.name === name);
  expect(named('shop.orders')?.sum?.dataPoints.map(({ asDouble }) => asDouble)).toEqual([1]);
  expect(named('shop.items')?.histogram?.dataPoints).toHaveLength(1);
  const paid = named('moneytrail.payment.outcomes')?.sum?.dataPoints ?? [];
  expect(paid.filter((point) => Number(point.asInt ?? point.asDouble) === 1)).toHaveLength(1);
}

describe('a service', () => {
  it.each(SERVICES)(
    'of %s sends its requests, errors, queries, metrics and payments',
    async (_, command, query, lines) => {
      const { stdout } = await serve(command);
      const order = receiver.spans.find(({ name }) => name === 'GET /orders/:id');
      const failed = receiver.spans.find(({ name }) => name === 'GET /fails/:id');
      const names = receiver.spans
        .filter(({ traceId }) => traceId === order?.traceId)
        .map(({ name }) => name);
      expect(names.sort()).toEqual(['GET /orders/:id', query].sort());
      const [exception = { attributes: [] }] = failed?.events ?? [];
      expect(attributeOf(exception, 'exception.type')).toBe('TypeError');
      expect(attributeOf(exception, 'exception.message')).toBe('no such order');
      expect(attributeOf(exception, 'exception.stacktrace')).toContain('shop.cjs');
      expect(failed?.status.code).toBe(2);
      expect(receiver.records).toEqual([expect.objectContaining({ traceId: order?.traceId })]);
      expectOwnMetrics();
      for (const line of lines) {
        expect(stdout.split('\n').find((text) => text.includes(line))).toContain(order?.traceId);
      }
    },
  );
});

describe('a job', () => {
  it.each([
    ['required', ['-r', REGISTER]],
    ['imported', ['--import', REGISTER]],
  ])('sends everything and keeps its code: %s', async (_, flags) => {
    const { code } = await runIn(folder, ['node', ...flags, 'cron.cjs'], env).ended;
    expect(code).toBe(3);
    const names = receiver.spans.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['orders.settle', 'SELECT pg_tables']));
    expect(receiver.records.map((record) => attributeOf(record, 'payment.id'))).toEqual(['pi_1']);
    expectOwnMetrics();
  });
});
