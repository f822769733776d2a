/** What is recorded of a request: what was thrown, and nothing where its path is ignored. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { run } from './support/process.ts';
import { attributeOf, type Receiver, type Span, startReceiver } from './support/receiver.ts';

const FIXTURE = new URL('./fixtures/throwing.mjs', import.meta.url).pathname;

let receiver: Receiver;

beforeAll(async () => {
  receiver = await startReceiver();
});

beforeEach(() => {
  receiver.spans.length = 0;
  receiver.records.length = 0;
});

afterAll(() => receiver.close());

/** Starts the service, sends it requests such as `GET /orders`, ends it; returns the server's spans. */
async function ask(
  requests: readonly string[],
  env: Record<string, string> = {},
  parameters = ['--import', '@moneytrail/telemetry/register', FIXTURE],
): Promise<Span[]> {
  const service = run(parameters, { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, ...env });
  const [, port] = await service.seen(/port (\d+)/);
  for (const request of requests) {
    const [method = '', path] = request.split(' ');
    const response = await fetch(`http://127.0.0.1:${port}${path}`, { method });
    await response.text();
  }
  service.kill('SIGTERM');
  await service.ended;
  return receiver.spans.filter(({ kind }) => kind === 2);
}

/** Type, message and stack of each exception of a span; of the stack, the lines that say what was thrown. */
function exceptionsOf(span: Span | undefined): (readonly (string | undefined)[])[] {
  const events = span?.events?.filter(({ name }) => name === 'exception') ?? [];
  return events.map((event) => {
    const stack = attributeOf(event, 'exception.stacktrace');
    const lines = stack?.split('\n').filter((line) => !line.startsWith('    at '));
    return [
      attributeOf(event, 'exception.type'),
      attributeOf(event, 'exception.message'),
      lines?.join('\n'),
    ];
  });
}

describe('what a handler throws', () => {
  const THROWN = [
    ['error', 'Error', 'plain', 'Error: plain'],
    ['class', 'PaymentError', 'declined', 'Error: declined'],
    ['name', 'Stopped', 'stopped', 'Stopped: stopped'],
    ['code', 'Error', 'connect', 'Error: connect'],
    ['dom', 'AbortError', 'too late', 'AbortError: too late'],
    ['cause', 'TypeError', 'outer', 'TypeError: outer\ncaused by: Error: inner'],
    ['text', 'Error', 'outer', 'Error: outer\ncaused by: string: a text'],
    [
      'several',
      'AggregateError',
      'all of them',
      'AggregateError: all of them\ncaused by: Error: one\ncaused by: string: two',
    ],
    ['loop', 'Error', 'first', 'Error: first\ncaused by: Error: second'],
    ['string', 'string', 'only a text', undefined],
    ['number', 'number', '42', undefined],
    ['object', 'Object', 'a mere object', undefined],
    ['bare', 'Object', undefined, undefined],
    ['unreadable', 'unknown', 'a thrown value that cannot be read', undefined],
    [
      'secret',
      'Error',
      'no mail to [redacted] for [redacted]',
      'Error: no mail to [redacted] for [redacted]',
    ],
  ] as const;
  const exceptions = THROWN.map(([, ...exception]) => exception);

  it.each(['throws', 'rejects'])('is on the span of the request: %s', async (how) => {
    const spans = await ask(THROWN.map(([what]) => `GET /${how}/${what}`));
    expect(spans.map(exceptionsOf)).toEqual(exceptions.map((exception) => [exception]));
    expect(spans.map(({ status }) => status.code)).toEqual(THROWN.map(() => 2));
    expect(receiver.spans).toEqual(spans);
  });

  it('is on it although it is nothing', async () => {
    const [span] = await ask(['GET /undefined']);
    expect(exceptionsOf(span)).toEqual([['Error', 'Rejected promise', 'Error: Rejected promise']]);
  });

  it('is on it although it is handled, and the status is that of the response', async () => {
    const [span] = await ask(['GET /handled']);
    expect(exceptionsOf(span)).toEqual([['PaymentError', 'handled', 'Error: handled']]);
    expect(span?.status.code ?? 0).toBe(0);
  });

  it('is on it when the answer of a route is 404, and not when no route takes the request', async () => {
    const [missing, nowhere] = await ask(['GET /throws/missing', 'PUT /nowhere/jane@example.com']);
    expect(exceptionsOf(missing)).toEqual([['Missing', 'no such order', 'Error: no such order']]);
    expect(missing?.status.code ?? 0).toBe(0);
    expect(exceptionsOf(nowhere)).toEqual([]);
    expect(nowhere?.name).toBe('PUT');
  });

  it('is not on it where the instrumentation is off', async () => {
    const [span] = await ask(['GET /throws/error'], {
      OTEL_NODE_DISABLED_INSTRUMENTATIONS: 'express',
    });
    expect(exceptionsOf(span)).toEqual([]);
  });
});

it('an instrumentation of the service sees what is imported, in the place of ours', async () => {
  const entry = new URL('./fixtures/own-instrumentation.mjs', import.meta.url).pathname;
  await ask(['GET /anything'], {}, [entry]);
  expect(receiver.spans.map(({ name }) => name)).toEqual(['sent', 'GET']);
});

describe('a path that is ignored', () => {
  const IGNORED = { MONEYTRAIL_IGNORE_INCOMING_PATHS: '/healthz, /static/*, /asks' };

  it.each([
    ['is not recorded', ['/healthz', '/healthz?full=1', '/static/', '/static/css/page.css'], []],
    [
      'is recorded where it differs',
      ['/healthz/', '/Healthz', '/static', '/other?/healthz'],
      ['/*rest'],
    ],
  ])('%s: %j', async (_, paths, routes) => {
    const spans = await ask(
      paths.map((path) => `GET ${path}`),
      IGNORED,
    );
    expect(spans).toHaveLength(routes.length * paths.length);
    expect(receiver.spans).toEqual(spans);
    const duration = receiver.metrics.find(({ name }) => name === 'http.server.request.duration');
    const points = duration?.histogram?.dataPoints ?? [];
    expect(points.map((point) => attributeOf(point, 'http.route'))).toEqual(routes);
  });

  it('has no span of what its handler asks for, and its payment is recorded', async () => {
    await ask(['GET /asks'], IGNORED);
    expect(receiver.spans.map(({ name }) => name)).toEqual(['GET /throws/:what']);
    expect(receiver.records.map((record) => attributeOf(record, 'payment.id'))).toEqual(['pi_1']);
  });
});
