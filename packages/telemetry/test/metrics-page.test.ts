/** `/metrics`, as Prometheus sees it. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { prometheusName } from '@moneytrail/catalogue';
import { eventually } from '../../../e2e/support/eventually.ts';
import { type Program, run } from './support/process.ts';
import { type Metric, type Receiver, startReceiver } from './support/receiver.ts';

const FIXTURE = new URL('./fixtures/service.ts', import.meta.url).pathname;
const TOKEN = 'a long secret';

let receiver: Receiver;
let service: Program;
let page: string;

beforeAll(async () => {
  receiver = await startReceiver();
  ({ service, page } = await startService(receiver));
});

afterAll(async () => {
  service.kill('SIGKILL');
  await service.ended;
  await receiver.close();
});

/** A service that has answered a request, and the address of its metrics. */
async function startService({ url }: Receiver): Promise<{ service: Program; page: string }> {
  const port = await freePort();
  const started = run([FIXTURE], {
    OTEL_EXPORTER_OTLP_ENDPOINT: url,
    MONEYTRAIL_METRICS_PORT: String(port),
    MONEYTRAIL_METRICS_TOKEN: TOKEN,
  });
  const [, address] = await started.seen(/listening on (\S+)/);
  await (await fetch(`${address}/outer`)).text();
  return { service: started, page: `http://127.0.0.1:${port}/metrics` };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function authorized(): RequestInit {
  return { headers: { authorization: `Bearer ${TOKEN}` } };
}

describe('the standard way of asking for /metrics', () => {
  it('serves it at the port of the standard variable', async () => {
    const port = String(await freePort());
    const other = run([FIXTURE], {
      OTEL_METRICS_EXPORTER: 'prometheus',
      OTEL_TRACES_EXPORTER: 'none',
      OTEL_LOGS_EXPORTER: 'none',
      OTEL_EXPORTER_PROMETHEUS_PORT: port,
    });
    await other.seen(/listening on (\S+)/);
    const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    other.kill('SIGKILL');
    await other.ended;
    expect(text).toContain('target_info');
  });
});

describe('/metrics', () => {
  it.each<[string, RequestInit, number]>([
    ['', authorized(), 200],
    ['?name=x', authorized(), 200],
    ['', { ...authorized(), method: 'HEAD' }, 200],
    ['', {}, 401],
    ['', { headers: { authorization: `Bearer ${TOKEN}x` } }, 401],
    ['', { headers: { authorization: `bearer ${TOKEN.slice(1)}` } }, 401],
    ['', { headers: { authorization: TOKEN } }, 401],
    ['', { ...authorized(), method: 'POST' }, 405],
    ['/more', authorized(), 404],
    ['/../', authorized(), 404],
  ])('%s with %j answers %i', async (rest, init, status) => {
    expect((await fetch(page + rest, init)).status).toBe(status);
  });

  it('is text that Prometheus reads', async () => {
    const response = await fetch(page, authorized());
    expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    for (const line of (await response.text()).trim().split('\n')) {
      expect(line).toMatch(/^(?:#.*|[a-zA-Z_:][\w:]*(?:\{.*\})? \S+|)$/);
    }
  });

  it('shows what the service uses, its own losses at zero, and nothing of a business that it has not', async () => {
    const text = await (await fetch(page, authorized())).text();
    expect(text).toMatch(/moneytrail_telemetry_dropped_total\{[^}]*\} 0\n/);
    expect(text).toContain('http_server_request_duration_seconds_bucket{');
    expect(text).not.toMatch(/moneytrail_(?:payment|refund|dispute|payout|commission)/);
  });

  it('has the names that Prometheus makes of the same metrics over OTLP', async () => {
    const own = await startReceiver();
    const ending = await startService(own);
    // The delay of the event loop has no values in the first moments of a process.
    const text = await eventually(
      async () => (await fetch(ending.page, authorized())).text(),
      (page) => page.includes('nodejs_eventloop_delay_max'),
      10_000,
    );
    const shown = [...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name);
    ending.service.kill('SIGTERM');
    await ending.service.ended;
    await own.close();
    const sent = own.metrics.map((metric) =>
      prometheusName(metric.name, metric.unit, kindOf(metric)),
    );
    expect(sent.length).toBeGreaterThan(15);
    // Whether garbage was collected before the scrape, or between it and the end, is chance.
    const steady = (names: readonly (string | undefined)[]): unknown[] =>
      [...new Set(names)].filter((name) => name !== 'v8js_gc_duration_seconds').sort();
    expect(steady(shown)).toEqual(steady([...sent, 'target_info']));
  });
});

function kindOf({ sum, gauge }: Metric): 'counter' | 'gauge' | 'histogram' | 'updowncounter' {
  if (sum) return sum.isMonotonic ? 'counter' : 'updowncounter';
  return gauge ? 'gauge' : 'histogram';
}

it('cannot be had on a port that is taken', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  const { code, stderr } = await run([FIXTURE], { MONEYTRAIL_METRICS_PORT: String(port) }).ended;
  await new Promise((resolve) => server.close(resolve));
  expect(code).toBe(1);
  expect(stderr).toContain(
    `MONEYTRAIL_METRICS_PORT_TAKEN: /metrics cannot listen on 127.0.0.1, port ${port}`,
  );
});
