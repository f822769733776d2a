/** Whose trace is continued, and who gets to see ours. */
import { get } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { run } from './support/process.ts';
import { type Receiver, startReceiver } from './support/receiver.ts';

const FIXTURE = new URL('./fixtures/neighbours.ts', import.meta.url).pathname;
const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const SERVER = 2;

interface Answer {
  readonly incoming: readonly unknown[];
  readonly sent: readonly (readonly [url: string, hasTrace: boolean, baggage?: string])[];
}

let receiver: Receiver;

beforeAll(async () => {
  receiver = await startReceiver();
});

beforeEach(() => {
  receiver.spans.length = 0;
});

afterAll(() => receiver.close());

/** Starts the service, asks it once from an address of this machine, and ends it. */
async function ask(
  hosts: readonly string[],
  {
    env = {},
    headers = {},
  }: { env?: Record<string, string>; headers?: Record<string, string> } = {},
): Promise<Answer> {
  const service = run([FIXTURE, ...hosts], { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, ...env });
  const [, port = ''] = await service.seen(/listening on (\d+)/);
  const answer = await new Promise<string>((resolve, reject) => {
    get({ port, headers }, (response) => resolve(text(response))).on('error', reject);
  });
  service.kill('SIGTERM');
  await service.ended;
  return JSON.parse(answer);
}

describe('trace headers and baggage', () => {
  it.each<[string, Record<string, string>, boolean]>([
    ['127.0.0.1', {}, true],
    ['localhost', {}, true],
    ['payments', {}, true],
    ['payments.prod.svc.cluster.local', {}, true],
    ['ledger.internal', {}, true],
    ['api.stripe.com', {}, false],
    ['localhost.evil.example', {}, false],
    ['internal.example.com', {}, false],
    ['api.example.com', { MONEYTRAIL_OWN_HOSTS: 'api.example.com' }, true],
    ['eu.api.example.com', { MONEYTRAIL_OWN_HOSTS: '*.example.com' }, true],
    ['badexample.com', { MONEYTRAIL_OWN_HOSTS: '*.example.com' }, false],
    ['api.stripe.com', { MONEYTRAIL_OWN_HOSTS: 'all' }, true],
    ['payments', { MONEYTRAIL_OWN_HOSTS: 'none' }, false],
    ['api.stripe.com', { OTEL_TRACES_SAMPLER: 'always_off' }, false],
    ['payments', { OTEL_TRACES_SAMPLER: 'always_off' }, true],
  ])('to %s with %j: %s', async (host, env, isSent) => {
    const { sent } = await ask([host], { env });
    const baggage = isSent ? 'plan=gold' : undefined;
    expect(sent.map(([url, hasTrace, carried]) => [url, hasTrace, carried ?? undefined])).toEqual([
      [`/http/${host}`, isSent, baggage],
      [`/undici/${host}`, isSent, baggage],
    ]);
  });
});

describe('a caller that sends a trace', () => {
  const headers = (flags: string): Record<string, string> => ({
    traceparent: `00-${TRACE}-00f067aa0ba902b7-${flags}`,
    tracestate: 'vendor=secret',
    baggage: 'user=ada',
  });
  const root = ():
    | { traceId?: string; parentSpanId?: string; links?: { traceId: string }[] }
    | undefined => receiver.spans.find(({ kind }) => kind === SERVER);

  it.each(['00', '01'])(
    'of this machine, with the flags %s, is linked and not continued',
    async (flags) => {
      const { incoming } = await ask([], { headers: headers(flags) });
      expect(root()?.traceId).toMatch(/^[0-9a-f]{32}$/);
      expect(root()?.traceId).not.toBe(TRACE);
      expect(root()?.parentSpanId ?? '').toBe('');
      expect(root()?.links?.map(({ traceId }) => traceId)).toEqual([TRACE]);
      expect(receiver.spans.map(({ name }) => name)).toContain('pay');
      expect(incoming).toEqual([]);
    },
  );

  it.each<[string, Record<string, string>]>([
    ['all', {}],
    ['loopback', {}],
    ['127.0.0.0/8', { 'x-forwarded-for': '203.0.113.7' }],
  ])('is continued where %s is trusted', async (trusted, more) => {
    const env = { MONEYTRAIL_TRUSTED_CALLERS: trusted };
    const { incoming } = await ask([], { env, headers: { ...headers('01'), ...more } });
    expect(root()?.traceId).toBe(TRACE);
    expect(incoming).toHaveLength(1);
  });

  it('is not continued where nobody is trusted', async () => {
    await ask([], { env: { MONEYTRAIL_TRUSTED_CALLERS: 'none' }, headers: headers('01') });
    expect(root()?.traceId).not.toBe(TRACE);
  });

  it.each<[string, string | undefined, boolean]>([
    ['10.0.0.7', undefined, true],
    ['172.31.255.255', undefined, true],
    ['::ffff:192.168.1.2', undefined, true],
    ['fd00::7', undefined, true],
    ['172.32.0.1', undefined, false],
    ['203.0.113.7', undefined, false],
    ['2001:db8::7', undefined, false],
    ['10.0.0.7', 'x-forwarded-for', false],
    ['10.0.0.7', 'forwarded', false],
    ['10.0.0.7', 'via', false],
  ])('from %s with the header %s is continued: %s', async (address, header, isContinued) => {
    const more = header === undefined ? {} : { [header]: 'for=203.0.113.7' };
    await ask([], { env: { PEER: address }, headers: { ...headers('01'), ...more } });
    expect(root()?.traceId === TRACE).toBe(isContinued);
  });
});
