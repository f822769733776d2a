/** Whose trace is continued, and who gets to see ours. */
import { get } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { run } from './support/process.ts';
import { type Receiver, startReceiver } from './support/receiver.ts';

const FIXTURE = new URL('./fixtures/neighbours.ts', import.meta.url).pathname;
const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const SPAN = '00f067aa0ba902b7';
const SERVER = 2;

/** What proxies, gateways and delivery networks add. */
const FORWARDING = [
  'forwarded',
  'via',
  'cdn-loop',
  'cf-connecting-ip',
  'cf-ray',
  'client-ip',
  'cloudfront-viewer-address',
  'do-connecting-ip',
  'fastly-client-ip',
  'fly-client-ip',
  'proxy-client-ip',
  'true-client-ip',
  'wl-proxy-client-ip',
  'X-Amz-Cf-Id',
  'x-amzn-trace-id',
  'x-appengine-user-ip',
  'x-arr-log-id',
  'x-azure-socketip',
  'x-client-ip',
  'x-cloud-trace-context',
  'x-cluster-client-ip',
  'x-envoy-external-address',
  'x-forwarded',
  'X-Forwarded-For',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-nf-client-connection-ip',
  'x-original-forwarded-for',
  'x-original-uri',
  'x-proxyuser-ip',
  'x-real-ip',
  'x-remote-addr',
  'x-request-start',
  'x-varnish',
  'x-vercel-id',
];

/** What a service may send by itself. */
const OTHERS = [
  'accept',
  'authorization',
  'idempotency-key',
  'if-match',
  'max-forwards',
  'origin',
  'referer',
  'user-agent',
  'x-api-key',
  'x-client-name',
  'x-correlation-id',
  'x-original-amount',
  'x-request-id',
  'x-tenant',
];

type Headers = Record<string, string>;

interface Answer {
  readonly incoming: readonly unknown[];
  readonly sent: readonly (readonly [host: string, hasTrace: boolean, baggage: string | null])[];
}

interface Span {
  readonly traceId?: string;
  readonly parentSpanId?: string;
  readonly links?: readonly Record<string, unknown>[];
}

let receiver: Receiver;

beforeAll(async () => {
  receiver = await startReceiver();
});

beforeEach(() => {
  receiver.spans.length = 0;
  receiver.bodies.length = 0;
});

afterAll(() => receiver.close());

/** Starts the service, asks it from an address of this machine, once for each set of headers, and ends it. */
async function askEach(
  hosts: readonly string[],
  env: Record<string, string>,
  requests: readonly Headers[],
): Promise<Answer[]> {
  const service = run([FIXTURE, ...hosts], { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, ...env });
  const [, port = ''] = await service.seen(/listening on (\d+)/);
  const answers: Answer[] = [];
  for (const headers of requests) {
    const answer = await new Promise<string>((resolve, reject) => {
      get({ port, headers }, (response) => resolve(text(response))).on('error', reject);
    });
    answers.push(JSON.parse(answer));
  }
  service.kill('SIGTERM');
  await service.ended;
  return answers;
}

async function ask(
  hosts: readonly string[],
  { env = {}, headers = {} }: { env?: Record<string, string>; headers?: Headers } = {},
): Promise<Answer> {
  const [answer] = await askEach(hosts, env, [headers]);
  return answer ?? { incoming: [], sent: [] };
}

/** Both requests of each host carry the headers, or neither does. */
function both(hosts: readonly (readonly [host: string, isSent: boolean])[]): unknown[] {
  return hosts.flatMap(([host, isSent]) =>
    Array(2).fill(isSent ? [host, true, 'plan=gold'] : [host, false, null]),
  );
}

describe('trace headers and baggage', () => {
  it.each<[string, Record<string, string>, boolean]>([
    ['api.example.com', { MONEYTRAIL_OWN_HOSTS: 'api.example.com' }, true],
    ['eu.api.example.com', { MONEYTRAIL_OWN_HOSTS: '*.example.com' }, true],
    ['badexample.com', { MONEYTRAIL_OWN_HOSTS: '*.example.com' }, false],
    ['api.stripe.com', { MONEYTRAIL_OWN_HOSTS: 'all' }, true],
    ['payments', { MONEYTRAIL_OWN_HOSTS: 'none' }, false],
    ['api.stripe.com', { OTEL_TRACES_SAMPLER: 'always_off' }, false],
    ['payments', { OTEL_TRACES_SAMPLER: 'always_off' }, true],
    ['8.8.8.8', { MONEYTRAIL_OWN_HOSTS: '0x08080808' }, true],
    ['134744072', { MONEYTRAIL_OWN_HOSTS: '8.8.8.8' }, true],
    ['::ffff:808:808', { MONEYTRAIL_OWN_HOSTS: '8.8.8.8' }, true],
    ['EU.Example.COM', { MONEYTRAIL_OWN_HOSTS: '*.example.com' }, true],
  ])('to %s with %j: %s', async (host, env, isSent) => {
    const { sent } = await ask([host], { env });
    expect(sent).toEqual(both([[host, isSent]]));
  });

  it.each<[string, [string, boolean][]]>([
    [
      'names',
      [
        ['localhost', true],
        ['LOCALHOST', true],
        ['localhost.', true],
        ['payments', true],
        ['Payments', true],
        ['payments.', false],
        ['payments.prod.svc.cluster.local', true],
        ['ledger.internal', true],
        ['LEDGER.Internal.', true],
        ['api.stripe.com', false],
        ['API.STRIPE.COM.', false],
        ['localhost.evil.example', false],
        ['internal.example.com', false],
        ['odd=payments..', false],
        ['odd=payments%.evil.example', false],
        ['odd=8.8.8.8.9', false],
      ],
    ],
    [
      'addresses, however they are written',
      [
        ['127.0.0.1', true],
        ['2130706433', true],
        ['0x7f.1', true],
        ['0300.0250.0.1', true],
        ['8.8.8.8', false],
        ['134744072', false],
        ['0x08080808', false],
        ['0X8080808', false],
        ['010.010.010.010', false],
        ['8.526344', false],
        ['8.8.8.8.', false],
        ['odd=08.8.8.8', false],
        ['::1', true],
        ['[::1]', true],
        ['fd00::7', true],
        ['odd=fe80::1%eth0', true],
        ['::ffff:10.0.0.7', true],
        ['[::FFFF:a00:7]', true],
        ['::ffff:8.8.8.8', false],
        ['[::ffff:808:808]', false],
        ['0:0:0:0:0:ffff:808:808', false],
        ['::1:808', false],
        ['64:ff9b::a00:7', false],
        ['::8.8.8.8', false],
        ['2001:db8::7', false],
      ],
    ],
    [
      'a target behind a proxy of an own address',
      [
        ['absolute=api.bank.example', false],
        ['absolute=134744072', false],
        ['absolute=payments', true],
        ['connect=api.bank.example', false],
        ['connect=payments', true],
        ['header=api.bank.example', false],
        ['header=payments', true],
      ],
    ],
  ])('to %s, by the host that counts', async (_, hosts) => {
    const { sent } = await ask(hosts.map(([host]) => host));
    expect(sent).toEqual(both(hosts));
  });
});

describe('a caller that sends a trace', () => {
  const headers = (flags: string, traceId = TRACE): Headers => ({
    traceparent: `00-${traceId}-${SPAN}-${flags}`,
    tracestate: 'vendor=secret',
    baggage: 'user=ada',
  });
  const root = (): Span | undefined => receiver.spans.find(({ kind }) => kind === SERVER);

  it.each(['00', '01'])(
    'of this machine, with the flags %s, is linked and not continued',
    async (flags) => {
      const { incoming } = await ask([], { headers: headers(flags) });
      expect(root()?.traceId).toMatch(/^[0-9a-f]{32}$/);
      expect(root()?.traceId).not.toBe(TRACE);
      expect(root()?.parentSpanId ?? '').toBe('');
      expect(root()?.links).toEqual([expect.objectContaining({ traceId: TRACE, spanId: SPAN })]);
      expect(receiver.spans.map(({ name }) => name)).toContain('pay');
      expect(incoming).toEqual([]);
    },
  );

  it('gives the link its two ids and nothing else', async () => {
    await ask([], { headers: headers('01') });
    expect(root()?.links).toHaveLength(1);
    expect(root()?.links?.[0]).not.toHaveProperty('traceState');
    expect(receiver.bodies.join()).not.toContain('vendor');
  });

  it.each<[string, Headers]>([
    ['all', { 'x-forwarded-for': '203.0.113.7' }],
    ['loopback', {}],
    ['127.0.0.0/8', { 'x-forwarded-for': '203.0.113.7' }],
  ])('is continued where %s is trusted', async (trusted, more) => {
    const env = { MONEYTRAIL_TRUSTED_CALLERS: trusted };
    const { incoming } = await ask([], { env, headers: { ...headers('01'), ...more } });
    expect(root()?.traceId).toBe(TRACE);
    expect(incoming).toHaveLength(1);
  });

  it.each<[string, Headers]>([
    ['none', {}],
    ['loopback', { 'x-forwarded-for': '203.0.113.7' }],
  ])('is not continued where %s is trusted, with %j', async (trusted, more) => {
    const env = { MONEYTRAIL_TRUSTED_CALLERS: trusted };
    await ask([], { env, headers: { ...headers('01'), ...more } });
    expect(root()?.traceId).not.toBe(TRACE);
  });

  it.each<[string, boolean]>([
    ['10.0.0.7', true],
    ['172.31.255.255', true],
    ['::ffff:192.168.1.2', true],
    ['fd00::7', true],
    ['172.32.0.1', false],
    ['203.0.113.7', false],
    ['2001:db8::7', false],
  ])('from %s is continued: %s', async (address, isContinued) => {
    await ask([], { env: { PEER: address }, headers: headers('01') });
    expect(root()?.traceId === TRACE).toBe(isContinued);
  });

  /** Which of these headers leave the trace of a caller with a private address continued. */
  async function continuedWith(names: readonly string[]): Promise<string[]> {
    const traceOf = (index: number): string => String(index + 1).padStart(32, '0');
    const requests = names.map((name, index) => ({
      ...headers('01', traceOf(index)),
      [name]: '203.0.113.7',
    }));
    await askEach([], { PEER: '10.0.0.7' }, requests);
    const traces = new Set(receiver.spans.map(({ traceId }) => traceId));
    return names.filter((_, index) => traces.has(traceOf(index)));
  }

  it('is not continued with a private address and a header that shows forwarding', async () => {
    expect(await continuedWith(FORWARDING)).toEqual([]);
  });

  it('is continued with a private address and any other header', async () => {
    expect(await continuedWith(OTHERS)).toEqual(OTHERS);
  });
});
