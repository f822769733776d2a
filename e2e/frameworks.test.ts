/** The telemetry of a request in each framework; every row of the table in `docs/frameworks.md` is tested here. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { runIn } from '../packages/telemetry/test/support/process.ts';
import {
  attributeOf,
  type Receiver,
  type Span,
  startReceiver,
} from '../packages/telemetry/test/support/receiver.ts';
import { installedFrameworks } from './support/frameworks.ts';

const PAGE = readFileSync(new URL('../docs/frameworks.md', import.meta.url), 'utf8');

const FLAG = ['--import', '@moneytrail/telemetry/register'];
const REQUIRED = ['-r', '@moneytrail/telemetry/register'];

/** Framework, version, start command and environment of each service. */
type Service = readonly [
  framework: string,
  time: 'newest' | 'before',
  parameters: readonly string[],
  env?: Readonly<Record<string, string>>,
];

const SERVICES: readonly Service[] = [
  ['Express 5', 'newest', [...REQUIRED, 'express.cjs']],
  ['Express 5', 'newest', ['first.mjs'], { APP: './express.cjs' }],
  ['Express 4', 'before', [...FLAG, 'express.cjs']],
  ['Express 4', 'before', ['first.cjs'], { APP: './express.cjs' }],
  ['Fastify 5', 'newest', [...FLAG, 'fastify.mjs']],
  ['Fastify 5', 'newest', ['first.mjs'], { APP: './fastify.mjs' }],
  ['Fastify 4', 'before', [...REQUIRED, 'fastify.mjs']],
  ['NestJS 12 on Express', 'newest', [...FLAG, 'nest.js'], { ADAPTER: 'express' }],
  ['NestJS 12 on Fastify', 'newest', [...REQUIRED, 'nest.js'], { ADAPTER: 'fastify' }],
  ['NestJS 11 on Express', 'before', [...REQUIRED, 'nest.js'], { ADAPTER: 'express' }],
  ['NestJS 11 on Fastify', 'before', [...FLAG, 'nest.js'], { ADAPTER: 'fastify' }],
  ['Koa 3', 'newest', [...REQUIRED, 'koa.cjs'], { ROUTER: '@koa/router' }],
  ['Koa 3', 'newest', [...FLAG, 'koa.mjs'], { ROUTER: '@koa/router' }],
  ['Koa 2', 'before', [...FLAG, 'koa.cjs'], { ROUTER: 'koa-router' }],
  ['Hono 4', 'newest', [...FLAG, 'hono.mjs'], { HONO: 'hono' }],
  ['Hono 4', 'newest', ['first.mjs'], { APP: './hono.mjs', HONO: 'hono/quick' }],
  ['Hono 4', 'newest', [...REQUIRED, 'hono.cjs'], { HONO: 'hono' }],
  ['Hono 4', 'before', [...REQUIRED, 'hono.mjs'], { HONO: 'hono/tiny' }],
  ['hapi 21', 'newest', [...FLAG, 'hapi.cjs']],
  ['hapi 21', 'before', [...REQUIRED, 'hapi.cjs']],
];

/** A request, its route, the status of its response and of its span, and the thrown error. */
const REQUESTS = [
  ['/orders/pi_1', '/orders/:id', 200, 'unset', ''],
  ['/fails/1', '/fails/:id', 500, 'error', 'TypeError: no such order'],
  ['/rejects/1', '/rejects/:id', 500, 'error', 'PaymentError: the provider does not respond'],
  ['/refuses/1', '/refuses/:id', 422, 'unset', 'Refusal: the amount is negative'],
  ['/breaks/1', '/breaks/:id', 200, 'error', 'RangeError: the page is missing'],
  ['/guarded/1', '/guarded/:id', 422, 'unset', 'Refusal: the amount is negative'],
  ['/parts/items/1', '/parts/items/:id', 200, 'unset', ''],
  ['/api/users/1', '/api/users/:id', 200, 'unset', ''],
  ['/api/invoices/1', '/api/invoices/:id', 200, 'unset', ''],
  ['/nowhere/1', undefined, 404, 'unset', ''],
  ['/api/nowhere', undefined, 404, 'unset', ''],
] as const;

let receiver: Receiver;
const folders = { newest: '', before: '' };

beforeAll(async () => {
  receiver = await startReceiver();
  folders.newest = installedFrameworks('newest');
  folders.before = installedFrameworks('before');
}, 300_000);

beforeEach(() => {
  receiver.records.length = 0;
  receiver.spans.length = 0;
});

afterAll(() => receiver.close());

/** Sends each request to a service and ends it; returns its output. */
async function serve([, time, parameters, env]: Service): Promise<string> {
  const service = runIn(folders[time], ['node', ...parameters], {
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
    ...env,
  });
  const [, port] = await service.seen(/port (\d+)/);
  for (const [path] of REQUESTS) await ask(`http://127.0.0.1:${port}${path}`);
  service.kill('SIGTERM');
  const { stdout } = await service.ended;
  return stdout;
}

/** An aborted response is valid too; Koa 2 does not even end it. */
async function ask(url: string): Promise<void> {
  const response = await fetch(url, { signal: AbortSignal.timeout(2000) });
  await response.text().catch(() => '');
}

function seenOf(span: Span): readonly unknown[] {
  const [exception] = span.events?.filter(({ name }) => name === 'exception') ?? [];
  const [type = '', message = ''] = ['type', 'message'].map(
    (name) => exception && attributeOf(exception, `exception.${name}`),
  );
  return [
    span.name,
    attributeOf(span, 'http.route'),
    Number(attributeOf(span, 'http.response.status_code')),
    span.status.code === 2 ? 'error' : 'unset',
    exception ? `${type}: ${message}` : '',
  ];
}

/** hapi has its own syntax for parameters. */
function expected(framework: string): readonly unknown[][] {
  return REQUESTS.map(([, route, ...rest]) => {
    const own = framework.startsWith('hapi') ? route?.replace(':id', '{id}') : route;
    return [own === undefined ? 'GET' : `GET ${own}`, own, ...rest];
  });
}

describe('a service', () => {
  it.each(SERVICES)(
    'on %s (%s, %j) has routes, errors, its counter and its payment',
    async (...service) => {
      const stdout = await serve(service);
      const [framework] = service;
      expect(new Set(receiver.spans.map(seenOf))).toEqual(new Set(expected(framework)));
      expect(receiver.spans).toHaveLength(REQUESTS.length);
      const duration = receiver.metrics.find(({ name }) => name === 'http.server.request.duration');
      const routes = duration?.histogram?.dataPoints.map((point) =>
        attributeOf(point, 'http.route'),
      );
      const known = expected(framework).map(([, route]) => route);
      expect(new Set(routes)).toEqual(new Set(known));
      const orders = receiver.metrics.find(({ name }) => name === 'shop.orders');
      expect(orders?.sum?.dataPoints.map(({ asDouble }) => asDouble)).toEqual([1]);
      expect(receiver.records.map((record) => attributeOf(record, 'payment.id'))).toEqual(['pi_1']);
      const { traceId } = receiver.spans.find(({ name }) => name.includes('/orders/')) ?? {};
      if (framework.startsWith('Fastify')) expect(stdout).toContain(`"trace_id":"${traceId}"`);
    },
  );
});

describe('an error', () => {
  it('has its stack, and the stack of its cause', async () => {
    await serve(['Express 5', 'newest', [...FLAG, 'express.cjs']]);
    const span = receiver.spans.find(({ name }) => name === 'GET /fails/:id');
    const stack = attributeOf(
      { attributes: span?.events?.[0]?.attributes ?? [] },
      'exception.stacktrace',
    );
    expect(stack).toMatch(
      /^TypeError: no such order\n {4}at .*shop\.cjs:[\s\S]*\ncaused by: Error: the row is gone\n {4}at /,
    );
  });
});

describe('the table of frameworks', () => {
  it('has a row for each framework in this test, and no others', () => {
    const rows = PAGE.split('\n').flatMap(
      (line) => /^\| ([^|]+?) \|.*\| (?:yes|no) \|/.exec(line)?.[1] ?? [],
    );
    expect(rows).toEqual([...new Set(SERVICES.map(([framework]) => framework))]);
  });
});
