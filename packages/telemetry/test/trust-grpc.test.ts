/** Whose trace a gRPC service continues, and who gets to see its own. */

import { Client, credentials, Metadata } from '@grpc/grpc-js';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { run } from './support/process.ts';
import { type Receiver, type Span, startReceiver } from './support/receiver.ts';

const FIXTURE = new URL('./fixtures/grpc-neighbours.ts', import.meta.url).pathname;
const REGISTER = ['--import', '@moneytrail/telemetry/register'];
const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const SPAN = '00f067aa0ba902b7';
const SERVER = 2;
const CLIENT = 3;

interface Answer {
  readonly incoming: readonly unknown[];
  readonly sent: readonly (readonly [hasTrace: boolean, baggage: string | null])[];
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

const encode = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));
const decode = (bytes: Buffer): Answer => JSON.parse(bytes.toString());

/** Asks by one answer, or by a stream of them. */
function call(client: Client, method: string, metadata: Metadata): Promise<Answer> {
  const path = `/shop.Shop/${method}`;
  return new Promise((resolve, reject) => {
    if (method === 'Ask') {
      client.makeUnaryRequest(path, encode, decode, {}, metadata, (error, value) =>
        value ? resolve(value) : reject(error),
      );
    } else {
      const stream = client.makeBidiStreamRequest(path, encode, decode, metadata);
      stream.on('data', resolve).on('error', reject).end();
    }
  });
}

/** Starts the service, asks it once from an address of this machine, and ends it. */
async function ask(
  targets: readonly string[],
  {
    env = {},
    headers = {},
    method = 'Ask',
  }: { env?: Record<string, string>; headers?: Record<string, string>; method?: string } = {},
): Promise<Answer> {
  const service = run([...REGISTER, FIXTURE, ...targets], {
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
    ...env,
  });
  const [, port = ''] = await service.seen(/listening on (\d+)/);
  const client = new Client(`127.0.0.1:${port}`, credentials.createInsecure());
  const metadata = new Metadata();
  for (const [name, value] of Object.entries(headers)) metadata.set(name, value);
  const answer = await call(client, method, metadata);
  client.close();
  service.kill('SIGTERM');
  await service.ended;
  return answer;
}

const EVERY_CALL = 4;

describe('trace headers and baggage of a gRPC client', () => {
  // All calls share one object of metadata, as services have it: what one call carries must not stay there for the next.
  it.each<[Record<string, string>, [string, boolean][]]>([
    [
      {},
      [
        ['127.0.0.1:PORT', true],
        ['ipv4:127.0.0.1:PORT', true],
        ['dns:///payments:PORT', true],
        ['ledger.internal:PORT', true],
        ['api.bank.example:PORT', false],
        ['dns:///api.bank.example:PORT', false],
      ],
    ],
    [
      { OTEL_TRACES_SAMPLER: 'always_off' },
      [
        ['payments:PORT', true],
        ['api.bank.example:PORT', false],
      ],
    ],
    [
      { MONEYTRAIL_OWN_HOSTS: '*.bank.example' },
      [
        ['api.bank.example:PORT', true],
        ['payments:PORT', false],
      ],
    ],
    [{ MONEYTRAIL_OWN_HOSTS: 'all' }, [['api.bank.example:PORT', true]]],
    [{ MONEYTRAIL_OWN_HOSTS: 'none' }, [['payments:PORT', false]]],
    [
      { PROXY: 'own' },
      [
        ['payments:443', true],
        ['api.bank.example:443', false],
      ],
    ],
    [
      { HOW: 'require' },
      [
        ['payments:PORT', true],
        ['api.bank.example:PORT', false],
      ],
    ],
  ])('with %j go to own hosts alone', async (env, targets) => {
    const { sent } = await ask(
      targets.map(([target]) => target),
      { env },
    );
    const expected = targets.flatMap(([, isSent]) =>
      Array(EVERY_CALL).fill([isSent, isSent ? 'plan=gold' : null]),
    );
    expect(sent).toEqual(expected);
  });

  it.each(['import', 'require'])('leave a span of each call, by %s', async (how) => {
    await ask(['payments:PORT'], { env: { HOW: how } });
    expect(receiver.spans.filter(({ kind }) => kind === CLIENT)).toHaveLength(EVERY_CALL);
    // The service's own server, and the one that is called.
    expect(receiver.spans.filter(({ kind }) => kind === SERVER)).toHaveLength(1 + EVERY_CALL);
  });
});

describe('a gRPC caller that sends a trace', () => {
  const headers = (flags: string): Record<string, string> => ({
    traceparent: `00-${TRACE}-${SPAN}-${flags}`,
    tracestate: 'vendor=secret',
    baggage: 'user=ada',
  });
  const root = (): Span | undefined => receiver.spans.find(({ kind }) => kind === SERVER);

  it.each([
    ['Ask', '00'],
    ['Ask', '01'],
    ['Watch', '00'],
    ['Watch', '01'],
  ])('by %s, with the flags %s, is linked and not continued', async (method, flags) => {
    const { incoming } = await ask([], { method, headers: headers(flags) });
    expect(root()?.traceId).toMatch(/^[0-9a-f]{32}$/);
    expect(root()?.traceId).not.toBe(TRACE);
    expect(root()?.parentSpanId ?? '').toBe('');
    expect(root()?.links).toEqual([expect.objectContaining({ traceId: TRACE, spanId: SPAN })]);
    expect(receiver.spans.map(({ name }) => name)).toContain('pay');
    expect(receiver.bodies.join()).not.toContain('vendor=secret');
    expect(incoming).toEqual([]);
  });

  it.each<[Record<string, string>, Record<string, string>, boolean]>([
    [{ MONEYTRAIL_TRUSTED_CALLERS: 'all' }, {}, true],
    [{ MONEYTRAIL_TRUSTED_CALLERS: 'loopback' }, {}, true],
    [{ MONEYTRAIL_TRUSTED_CALLERS: '127.0.0.0/8' }, { 'x-forwarded-for': '203.0.113.7' }, true],
    [{ MONEYTRAIL_TRUSTED_CALLERS: 'none' }, {}, false],
    [{ MONEYTRAIL_TRUSTED_CALLERS: 'none', PEER: '10.0.0.7' }, {}, false],
    [{ PEER: '10.0.0.7' }, {}, true],
    [{ PEER: 'fd00::7' }, {}, true],
    [{ PEER: '203.0.113.7' }, {}, false],
    [{ PEER: '2001:db8::7' }, {}, false],
    [{ PEER: '10.0.0.7' }, { 'x-forwarded-for': '203.0.113.7' }, false],
    [{ PEER: '10.0.0.7' }, { 'x-envoy-external-address': '203.0.113.7' }, false],
    [{ PEER: '10.0.0.7', HOW: 'require' }, { via: '2 proxy' }, false],
  ])('with %j and the headers %j is continued: %s', async (env, more, isContinued) => {
    const { incoming } = await ask([], { env, headers: { ...headers('01'), ...more } });
    expect(root()?.traceId === TRACE).toBe(isContinued);
    expect(incoming).toHaveLength(isContinued ? 1 : 0);
  });
});
