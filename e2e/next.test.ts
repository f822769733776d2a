/** A Next.js service from the files of docs/next.md. */
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  attributeOf,
  type Metric,
  type Receiver,
  type Span,
  startReceiver,
} from '../packages/telemetry/test/support/receiver.ts';
import { installed } from './support/installed.ts';
import { countedPayments, runCommand, start, writeFiles } from './support/loaded.ts';
import { recipesOf } from './support/pages.ts';

const { files = {}, commands = [] } = recipesOf('docs/next.md').get('Next.js') ?? {};

let receiver: Receiver;
let folder: string;

beforeAll(async () => {
  receiver = await startReceiver();
  const dependencies = {
    '@opentelemetry/api': '1.10.0',
    next: '16.4.6',
    react: '19.2.0',
    'react-dom': '19.2.0',
  };
  folder = installed({ dependencies, sources: 'e2e/services/next' });
  writeFiles(folder, files);
  rmSync(join(folder, '.next'), { recursive: true, force: true });
  runCommand(folder, commands[0] ?? '');
}, 240_000);

beforeEach(() => {
  for (const list of [receiver.spans, receiver.records, receiver.metrics]) list.length = 0;
});

afterAll(() => receiver.close());

/** Starts the service, requests each path, and ends it, which sends the rest. */
async function telemetryOf(
  place: string,
  command: string,
  variables: Readonly<Record<string, string>>,
): Promise<{ readonly seen: object; readonly stderr: string }> {
  const service = start(place, [command], {
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
    NEXT_TELEMETRY_DISABLED: '1',
    HOSTNAME: '127.0.0.1',
    PORT: '0',
    ...variables,
  });
  const [, port] = await service.seen(/Local:\s+http:\/\/\S+:(\d+)/);
  const statuses: number[] = [];
  for (const path of PATHS) {
    statuses.push((await fetch(`http://127.0.0.1:${port}/${path}`)).status);
  }
  service.kill('SIGTERM');
  const { stderr, stdout, code } = await service.ended;
  return { seen: { statuses, code, ...seenOf(stdout) }, stderr };
}

/** The received telemetry that does not depend on the time of the start. */
function seenOf(stdout: string): object {
  const paid = receiver.spans.find(({ name }) => name === 'GET /pay/[id]');
  const events = receiver.records.filter(({ eventName }) => eventName !== undefined);
  const lines = receiver.records.filter(({ eventName }) => eventName === undefined);
  const [, ofLine] = /"trace_id":"(\w+)".*"msg":"paying"/.exec(stdout) ?? [];
  const [exception = { attributes: [] }] =
    receiver.spans.find(({ name }) => name.endsWith('route (app) /fails/[id]'))?.events ?? [];
  return {
    payments: events.map((event) => attributeOf(event, 'payment.id')),
    counted: countedPayments(receiver),
    lines: lines.map(({ body }) => body?.stringValue),
    traces: new Set([paid?.traceId, ofLine, ...receiver.records.map(({ traceId }) => traceId)])
      .size,
    routes: routesOf(receiver.spans.filter(({ kind }) => kind === 2)),
    measured: routesOf(metric('http.server.request.duration')?.histogram?.dataPoints ?? []),
    own: metric('shop.orders')?.sum?.dataPoints.map(({ asDouble }) => asDouble),
    type: attributeOf(exception, 'exception.type'),
    stack: attributeOf(exception, 'exception.stacktrace')?.match(/^.*\n {4}at /)?.[0],
  };
}

const metric = (name: string): Metric | undefined =>
  receiver.metrics.find((one) => one.name === name);

function routesOf(all: readonly Pick<Span, 'attributes'>[]): readonly string[] {
  const routes = all.flatMap((one) => attributeOf(one, 'http.route') ?? []);
  return [...new Set(routes)].sort();
}

const PATHS = ['edge', 'nowhere', 'fails/1', 'pay/pi_1'];
const ROUTES = ['/fails/[id]', '/pay/[id]'];

const RIGHT = {
  statuses: [200, 404, 500, 200],
  // The exit code by which Next.js reports the signal.
  code: 143,
  payments: ['pi_1'],
  counted: 1,
  lines: ['paying'],
  traces: 1,
  routes: ROUTES,
  measured: ROUTES,
  own: [1],
  type: 'TypeError',
  stack: 'TypeError: no such order\n    at ',
};

describe('the standalone service, outside of the project', () => {
  let alone: string;

  beforeAll(() => {
    alone = `${folder}-standalone`;
    rmSync(alone, { recursive: true, force: true });
    cpSync(join(folder, '.next', 'standalone'), alone, { recursive: true, verbatimSymlinks: true });
  });

  afterAll(() => rmSync(alone, { recursive: true }));

  it('sends its routes, error, log line, counter and payment until its end', async () => {
    const { seen, stderr } = await telemetryOf(alone, 'node server.js', {});
    expect(seen).toEqual(RIGHT);
    expect(stderr).not.toContain('MONEYTRAIL');
  });

  it('does the same without the loader of ES modules, and reports that in one line', async () => {
    rmSync(join(alone, 'node_modules', 'import-in-the-middle', 'create-hook.mjs'));
    const { seen, stderr } = await telemetryOf(alone, 'node server.js', {});
    expect(seen).toEqual(RIGHT);
    expect(stderr.match(/MONEYTRAIL_\w+/g)).toEqual(['MONEYTRAIL_PACKAGES_NOT_SEEN']);
  });
});

it('a service whose telemetry starts before Next.js does the same', async () => {
  const variables = { NODE_OPTIONS: '--import @moneytrail/telemetry/register' };
  const { seen } = await telemetryOf(folder, 'npx next start', variables);
  expect(seen).toEqual(RIGHT);
});
