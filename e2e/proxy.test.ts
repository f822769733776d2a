/** Telemetry uses the proxy from Node's environment variables, like the `fetch` of the service. */
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, request, type Server } from 'node:http';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { run } from '../packages/telemetry/test/support/process.ts';
import { type Receiver, startReceiver } from '../packages/telemetry/test/support/receiver.ts';
import { itOfReport } from '../tools/reports.ts';
import { makeCertificates } from './variables/certificates.ts';

const APP = new URL('./variables/app.ts', import.meta.url).pathname;
const REGISTER = ['--import', '@moneytrail/telemetry/register'];
const HOST = 'collector.corp.example';

let folder: string;
let plain: Receiver;
let secure: Receiver;
let proxy: Server;
const seen: string[] = [];

/** A forward proxy that sends all requests to the receivers, regardless of their host. */
function startProxy(): Server {
  const server = createServer((incoming, outgoing) => {
    seen.push(`${incoming.method} ${incoming.url}`);
    forward(incoming).on('response', (response) => {
      outgoing.writeHead(response.statusCode ?? 502, response.headers);
      response.pipe(outgoing);
    });
  });
  server.on('connect', (incoming: IncomingMessage, client: Socket) => {
    seen.push(`CONNECT ${incoming.url}`);
    const target = connect(Number(new URL(secure.url).port), '127.0.0.1', () => {
      client.write('HTTP/1.1 200 OK\r\n\r\n');
      target.pipe(client).pipe(target);
    });
    for (const socket of [client, target]) socket.on('error', () => socket.destroy());
  });
  return server.listen(0, '127.0.0.1');
}

function forward(incoming: IncomingMessage): ReturnType<typeof request> {
  const { pathname } = new URL(incoming.url ?? '');
  const { method, headers } = incoming;
  return incoming.pipe(request(plain.url + pathname, { method, headers }));
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'moneytrail-proxy-'));
  plain = await startReceiver();
  secure = await startReceiver({ ...makeCertificates(folder), requestCert: false });
  proxy = startProxy();
  await once(proxy, 'listening');
});

beforeEach(() => {
  seen.length = 0;
  for (const { records } of [plain, secure]) records.length = 0;
});

afterAll(async () => {
  proxy.close();
  proxy.closeAllConnections();
  await Promise.all([plain.close(), secure.close()]);
  rmSync(folder, { recursive: true });
});

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function serve(env: Record<string, string>, flags: string[] = []): Promise<string> {
  const url = `http://127.0.0.1:${portOf(proxy)}`;
  const { stderr } = await run([...flags, ...REGISTER, APP], {
    HTTP_PROXY: url,
    HTTPS_PROXY: url,
    NO_PROXY: 'localhost,127.0.0.1',
    OTEL_EXPORTER_OTLP_CERTIFICATE: join(folder, 'ca.pem'),
    ...env,
  }).ended;
  return stderr;
}

const events = ({ records }: Receiver): number =>
  records.filter(({ eventName }) => eventName !== undefined).length;

describe('with NODE_USE_ENV_PROXY', () => {
  it('sends HTTP requests through the proxy', async () => {
    await serve({ NODE_USE_ENV_PROXY: '1', OTEL_EXPORTER_OTLP_ENDPOINT: `http://${HOST}:4318` });
    expect(events(plain)).toBe(1);
    expect(new Set(seen)).toEqual(
      new Set(['traces', 'metrics', 'logs'].map((one) => `POST http://${HOST}:4318/v1/${one}`)),
    );
  });

  it('sends HTTPS requests through a tunnel of the proxy, and checks the certificate of the endpoint', async () => {
    await serve({ NODE_USE_ENV_PROXY: '1', OTEL_EXPORTER_OTLP_ENDPOINT: `https://${HOST}:4318` });
    expect(events(secure)).toBe(1);
    expect(new Set(seen)).toEqual(new Set([`CONNECT ${HOST}:4318`]));
  });

  it('bypasses the proxy for hosts in NO_PROXY', async () => {
    await serve({ NODE_USE_ENV_PROXY: '1', OTEL_EXPORTER_OTLP_ENDPOINT: plain.url });
    expect(events(plain)).toBe(1);
    expect(seen).toEqual([]);
  });

  it.each(['http', 'https'])('ends in time when the proxy never responds, %s', async (scheme) => {
    const silent = createServer()
      .on('request', () => {})
      .on('connect', () => {});
    silent.listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const url = `http://127.0.0.1:${portOf(silent)}`;
    const startMs = performance.now();
    const stderr = await serve({
      NODE_USE_ENV_PROXY: '1',
      HTTP_PROXY: url,
      HTTPS_PROXY: url,
      OTEL_EXPORTER_OTLP_ENDPOINT: `${scheme}://${HOST}:4318`,
    });
    silent.close();
    silent.closeAllConnections();
    expect(performance.now() - startMs).toBeLessThan(10_000);
    expect(stderr).toContain('[MONEYTRAIL_TELEMETRY_DROPPED]');
  });
});

it('the flag --use-env-proxy enables the proxy, too', async () => {
  await serve({ OTEL_EXPORTER_OTLP_ENDPOINT: `http://${HOST}:4318` }, ['--use-env-proxy']);
  expect(events(plain)).toBe(1);
  expect(seen).not.toEqual([]);
});

it('the proxy is not used without either, like in fetch', async () => {
  await serve({ OTEL_EXPORTER_OTLP_ENDPOINT: plain.url, NO_PROXY: '' });
  expect(events(plain)).toBe(1);
  expect(seen).toEqual([]);
});

itOfReport(
  'proxy-of-the-environment',
  'the reported environment sends through its proxy',
  async (reported) => {
    const text = readFileSync(join(reported, 'environment'), 'utf8');
    const env = Object.fromEntries(
      text
        .trim()
        .split('\n')
        .map((pair) => pair.split('=')),
    );
    await serve({ ...env, HTTP_PROXY: `http://127.0.0.1:${portOf(proxy)}` });
    expect(events(plain)).toBe(1);
    expect(seen).toContain('POST http://collector.corp.example:4318/v1/logs');
  },
);
