/** A service with the one line, seen from the endpoint that it sends to. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Ended, run } from './support/process.ts';
import { attributeOf, type Receiver, type Span, startReceiver } from './support/receiver.ts';

const FIXTURE = new URL('./fixtures/service.ts', import.meta.url).pathname;
const POOL = new URL('./fixtures/pool.ts', import.meta.url).pathname;
const UNIX_SOCKET = new URL('./fixtures/unix-socket.ts', import.meta.url).pathname;
const OTHER_NODE = new URL('./fixtures/other-node.cjs', import.meta.url).pathname;
const LIFECYCLE = new URL('./fixtures/lifecycle.ts', import.meta.url).pathname;
const SERVER = 2;
const CLIENT = 3;

let receiver: Receiver;

beforeAll(async () => {
  receiver = await startReceiver();
});

beforeEach(() => {
  receiver.spans.length = 0;
  receiver.behaviour = { status: 200 };
});

afterAll(() => receiver.close());

/** Starts the service, asks it once, ends it. */
async function ask(path: string, env: Record<string, string> = {}): Promise<Ended> {
  const service = run([FIXTURE], { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, ...env });
  const [, address] = await service.seen(/listening on (\S+)/);
  await (await fetch(address + path)).text();
  service.kill('SIGTERM');
  return service.ended;
}

function spanOf(kind: number, path: string): Span | undefined {
  return receiver.spans.find(
    (span) =>
      span.kind === kind &&
      (attributeOf(span, 'url.path') ?? attributeOf(span, 'url.full'))?.includes(path),
  );
}

describe('a query that waits for a connection', () => {
  it('belongs to who asked, not to who gave the connection back', async () => {
    const { stdout } = await run([POOL], { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url }).ended;
    const asked = [...stdout.matchAll(/query.* of (\w+) under (\w+)/g)];
    expect(asked).toHaveLength(9);
    expect(asked.filter(([, asker, span]) => asker !== span)).toEqual([]);
  });
});

describe('a request', () => {
  it('makes one span for each call, in one trace', async () => {
    await ask('/outer', { MONEYTRAIL_TRUSTED_CALLERS: 'loopback' });
    const [outer, call, inner] = [
      spanOf(SERVER, '/outer'),
      spanOf(CLIENT, '/inner'),
      spanOf(SERVER, '/inner'),
    ];
    expect(receiver.spans).toHaveLength(3);
    expect(call?.parentSpanId).toBe(outer?.spanId);
    expect(inner?.parentSpanId).toBe(call?.spanId);
  });

  it.each(['http/json', 'http/protobuf'])(
    'makes no spans of its export over %s',
    async (protocol) => {
      const { stdout } = await ask('/outer', {
        OTEL_EXPORTER_OTLP_PROTOCOL: protocol,
        OTEL_BSP_SCHEDULE_DELAY: '1',
        OTEL_TRACES_EXPORTER: 'otlp,console',
      });
      expect(stdout.match(/timestamp:/g)).toHaveLength(3);
    },
  );

  it.each([
    ['', 'application/json', 'application/x-protobuf'],
    ['http/json', 'application/json', 'application/json'],
    ['http/protobuf', 'application/x-protobuf', 'application/x-protobuf'],
  ])('with protocol %j sends traces as %s and metrics as %s', async (protocol, traces, metrics) => {
    await ask('/outer', { OTEL_EXPORTER_OTLP_PROTOCOL: protocol });
    expect(receiver.encodings).toMatchObject({ '/v1/traces': traces, '/v1/metrics': metrics });
  });

  it('says which exporter it is, unless a header of the environment says something else', async () => {
    await ask('/outer');
    expect([...receiver.userAgents]).toEqual(['Moneytrail-OTLP-Exporter-JavaScript']);
    receiver.userAgents.clear();
    await ask('/outer', { OTEL_EXPORTER_OTLP_HEADERS: 'user-agent=checkout' });
    expect([...receiver.userAgents]).toEqual(['checkout']);
  });

  it('sends below the path of the endpoint, whose query stays', async () => {
    const { url } = receiver;
    await ask('/outer', { OTEL_EXPORTER_OTLP_ENDPOINT: `${url}/otlp/?tenant=a` });
    const paths = ['traces', 'metrics'].map((signal) => `/otlp/v1/${signal}?tenant=a`);
    expect(Object.keys(receiver.encodings)).toEqual(expect.arrayContaining(paths));
  });

  it('leaves no value of a query string on a span', async () => {
    await ask('/outer?card=4242424242424242&secret');
    const call = spanOf(CLIENT, '/inner');
    const outer = spanOf(SERVER, '/outer');
    expect(call && attributeOf(call, 'url.full')).toMatch(/\/inner\?token=REDACTED&REDACTED$/);
    expect(outer && attributeOf(outer, 'url.query')).toBe('card=REDACTED&REDACTED');
    expect(JSON.stringify(receiver.spans)).not.toMatch(/sk_live|4242|secret/);
  });
});

it('a span of a request that came in does not show from where', async () => {
  await ask('/outer');
  const outer = spanOf(SERVER, '/outer');
  for (const name of ['client.address', 'network.peer.address']) {
    expect([name, outer && attributeOf(outer, name)]).toEqual([name, 'REDACTED']);
  }
});

describe('the resource', () => {
  it.each<[Record<string, string>, string, string]>([
    [{}, 'service.name', '@moneytrail/telemetry'],
    [{}, 'service.version', '0.1.0'],
    [{ OTEL_SERVICE_NAME: 'checkout' }, 'service.name', 'checkout'],
    [{ OTEL_RESOURCE_ATTRIBUTES: 'service.name=shop' }, 'service.name', 'shop'],
    [{ NODE_ENV: 'staging' }, 'deployment.environment.name', 'staging'],
    [
      { NODE_ENV: 'x', OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=production' },
      'deployment.environment.name',
      'production',
    ],
  ])('with %j has %s %s', async (env, name, value) => {
    await ask('/outer', env);
    expect(attributeOf({ attributes: receiver.resource }, name)).toBe(value);
  });

  it('distinguishes the instance and names neither a person nor a command line', async () => {
    await ask('/outer');
    const names = receiver.resource.map(({ key }) => key);
    expect(names).toEqual(
      expect.arrayContaining(['service.instance.id', 'host.name', 'process.pid']),
    );
    expect(names).not.toEqual(expect.arrayContaining(['process.owner']));
    expect(names.filter((name) => name.startsWith('process.command'))).toEqual([]);
  });
});

describe('an endpoint that does not answer', () => {
  it('is reported once for each signal and cause, on the channel for warnings', async () => {
    const { stderr } = await ask('/outer', { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1' });
    const warnings = stderr.match(/\[MONEYTRAIL_\w+\] MoneytrailWarning: (\d+ items of )?\w+/g);
    expect(new Set(warnings).size).toBe(warnings?.length);
    expect(stderr).toMatch(
      /\[MONEYTRAIL_TELEMETRY_DROPPED\].* 3 items of traces.*export_failed.*127\.0\.0\.1:1\/v1\/traces.*ECONNREFUSED/,
    );
  });

  it('is reported while the service runs, before anything is lost', async () => {
    const service = run([FIXTURE], {
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1',
      OTEL_BSP_SCHEDULE_DELAY: '1',
    });
    const [, address] = await service.seen(/listening on (\S+)/);
    await (await fetch(`${address}/outer`)).text();
    await service.warned(
      /\[MONEYTRAIL_EXPORT_FAILED\].*traces do not reach http:\/\/127\.0\.0\.1:1/,
    );
    service.kill('SIGTERM');
    await service.ended;
  });

  it.each([
    [401, 'Unauthorized'],
    [403, 'Forbidden'],
  ])('is asked for its token when it answers %d', async (status, reason) => {
    receiver.behaviour = { status };
    const { stderr } = await ask('/outer', { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url });
    expect(stderr).toContain(`${reason} (is its token in OTEL_EXPORTER_OTLP_HEADERS?);`);
  });

  it.each<[string, Record<string, string>, RegExp, RegExp]>([
    ['fault of the same signal', {}, /of traces .*Bad Request/, /of traces .*Unauthorized/],
    [
      'signal',
      { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://127.0.0.1:1/v1/traces' },
      /traces do not reach .*ECONNREFUSED/,
      /of metrics .*Unauthorized/,
    ],
  ])('does not silence another %s', async (_, env, first, second) => {
    receiver.behaviour = { status: 400 };
    const service = run([FIXTURE], {
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      OTEL_BSP_SCHEDULE_DELAY: '1',
      OTEL_METRIC_EXPORT_INTERVAL: '500',
      ...env,
    });
    const [, address] = await service.seen(/listening on (\S+)/);
    await (await fetch(`${address}/outer`)).text();
    await service.warned(first);
    receiver.behaviour = { status: 401 };
    await (await fetch(`${address}/outer`)).text();
    await service.warned(second);
    service.kill('SIGTERM');
    await service.ended;
  });

  it('gets the spans later, when it is back', async () => {
    receiver.behaviour = { status: 503 };
    const service = run([FIXTURE], {
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      OTEL_BSP_SCHEDULE_DELAY: '1',
    });
    const [, address] = await service.seen(/listening on (\S+)/);
    await (await fetch(`${address}/outer`)).text();
    receiver.behaviour = { status: 200 };
    const deadlineMs = Date.now() + 10_000;
    while (receiver.spans.length < 3 && Date.now() < deadlineMs) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    service.kill('SIGTERM');
    expect((await service.ended).stderr).not.toContain('MONEYTRAIL_TELEMETRY_DROPPED');
    expect(receiver.spans).toHaveLength(3);
  });
});

describe('a wrong variable', () => {
  it('ends the start with one error that names its page', async () => {
    const { code, stderr } = await run([FIXTURE], { OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' }).ended;
    expect(code).toBe(1);
    expect(stderr.match(/MoneytrailError: MONEYTRAIL_PROTOCOL_NOT_BUILT_IN/g)).toHaveLength(1);
    expect(stderr).toContain('(docs/errors.md#moneytrail_protocol_not_built_in)');
  });

  it.each(['OTEL_EXPORTER_OTLP_CERTIFICATE', 'OTEL_EXPORTER_OTLP_CLIENT_KEY'])(
    'that names a missing file is refused: %s',
    async (variable) => {
      const { code, stderr } = await run([FIXTURE], {
        OTEL_EXPORTER_OTLP_ENDPOINT: 'https://127.0.0.1:4318',
        [variable]: '/missing.pem',
      }).ended;
      expect(code).toBe(1);
      expect(stderr).toContain(`MONEYTRAIL_CERTIFICATE_UNREADABLE: ${variable} is /missing.pem`);
    },
  );
});

describe('Node.js', () => {
  const REGISTER = '@moneytrail/telemetry/register';

  it.each(['--import', '-r'])('%s: an older one than 22.15 is a coded error', async (option) => {
    for (const version of ['18.20.8', '20.20.2', '22.14.0']) {
      const start = ['-r', OTHER_NODE, option, REGISTER, '-e', ''];
      const { code, stderr } = await run(start, { OTHER_NODE: version }).ended;
      expect([version, code]).toEqual([version, 1]);
      expect(stderr).toContain(`MONEYTRAIL_NODE_TOO_OLD: this is Node.js ${version}`);
    }
  });

  it.each(['22.15.0', '24.0.0'])('%s is new enough', async (version) => {
    const env = { OTHER_NODE: version, OTEL_SDK_DISABLED: 'true' };
    const { code } = await run(['-r', OTHER_NODE, '--import', REGISTER, '-e', ''], env).ended;
    expect(code).toBe(0);
  });

  it('has nothing imported by name that an older one does not have', () => {
    // There the import itself would be a syntax error, before the version is looked at.
    const hooks = readFileSync(new URL('../src/sdk/module-hooks.ts', import.meta.url), 'utf8');
    expect(hooks).not.toMatch(/import[^;]*\{[^}]*\bregisterHooks\b[^}]*\}[^;]*node:module/);
  });
});

it('starts once, stops once, and throws at neither', async () => {
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url };
  const { code, stdout, stderr } = await run([LIFECYCLE], env).ended;
  expect(code).toBe(0);
  expect(stderr).toMatch(/1 items of logs were dropped \(shutdown\).*the telemetry is shut down/);
  expect(stdout).toBe('one\nlisteners left: 0 0 0\n');
});

it('does nothing at all when it is switched off', async () => {
  await ask('/outer', { OTEL_SDK_DISABLED: 'true' });
  expect(receiver.spans).toEqual([]);
});

it('a server on a Unix socket has its spans, with and without a port for metrics', async () => {
  for (const env of [{}, { MONEYTRAIL_METRICS_PORT: '19999' }]) {
    receiver.spans.length = 0;
    const endpoint = { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url };
    const { code } = await run([UNIX_SOCKET], { ...endpoint, ...env }).ended;
    expect(code).toBe(0);
    expect(receiver.spans.filter(({ kind }) => kind === SERVER)).toHaveLength(5);
  }
});
