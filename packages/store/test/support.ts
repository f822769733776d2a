import { mkdtempSync, rmSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Store, type StoreOptions, startStore } from '@moneytrail/store';

/** Base time of the generated telemetry: a minute ago, so that it is within the look-back of Prometheus. */
export const NOW_MS: number = Date.now() - 60_000;

/** Creates a temporary folder; `cleanUp` removes it. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'moneytrail-store-'));
  folders.push(folder);
  return folder;
}

const folders: string[] = [];
const stores: Store[] = [];

/** Starts a store on a free port; `cleanUp` closes it. */
export async function start(options: Partial<StoreOptions> = {}): Promise<Store> {
  const store = await startStore({ port: 0, dataDir: temporaryFolder(), ...options });
  stores.push(store);
  return store;
}

/** Closes the stores and removes the folders of a test file. */
export async function cleanUp(): Promise<void> {
  for (const store of stores.splice(0)) await store.close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

/** A response; `Body` is the expected type of its JSON. */
export interface Reply<Body> {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: Body;
}

/** OTLP response in JSON: success, partial success or an error. */
export interface OtlpResponse {
  readonly partialSuccess?: Readonly<Record<string, string>>;
  readonly code?: number;
  readonly message?: string;
}

async function reply<Body>(response: Response): Promise<Reply<Body>> {
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') && text !== '';
  return {
    status: response.status,
    headers: response.headers,
    text,
    json: JSON.parse(isJson ? text : 'null'),
  };
}

export async function get<Body = unknown>(
  store: Store,
  path: string,
  init: RequestInit = {},
): Promise<Reply<Body>> {
  return reply<Body>(await fetch(store.url + path, init));
}

export async function postBytes(
  store: Store,
  path: string,
  body: Uint8Array | string,
  headers: Record<string, string>,
): Promise<Reply<OtlpResponse>> {
  return reply(await fetch(store.url + path, { method: 'POST', headers, body: body as BodyInit }));
}

export async function post(
  store: Store,
  path: string,
  body: unknown,
): Promise<Reply<OtlpResponse>> {
  return postBytes(store, path, JSON.stringify(body), { 'content-type': 'application/json' });
}

/** A request with any headers, `Host` too, which `fetch` does not allow. */
export function raw(
  store: Store,
  options: { method?: string; path: string; headers?: Record<string, string>; body?: string },
): Promise<{ status: number; headers: Record<string, unknown>; text: string }> {
  const { port } = new URL(store.url);
  return new Promise((resolve, reject) => {
    const { method = 'GET', path, headers = {}, body } = options;
    const sent = httpRequest({ host: '127.0.0.1', port, method, path, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
      );
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

type Plain = string | number | boolean;

export function attributes(plain: Readonly<Record<string, Plain | undefined>>): unknown[] {
  return Object.entries(plain)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ({ key, value: anyValue(value) }));
}

function anyValue(value: Plain | undefined): unknown {
  if (typeof value === 'boolean') return { boolValue: value };
  if (typeof value === 'number')
    return Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value };
  return { stringValue: value };
}

export function nanos(ms: number): string {
  return `${Math.round(ms * 1000)}000`;
}

export function resource(service = 'shop', more: Record<string, Plain> = {}): unknown {
  return {
    attributes: attributes({
      'service.name': service,
      'service.version': '1.2.3',
      'service.instance.id': 'i-1',
      ...more,
    }),
  };
}

export interface EventInput {
  readonly id?: string;
  readonly event: string;
  readonly atMs?: number;
  readonly minor?: Plain;
  readonly currency?: string;
  readonly traceId?: string;
  readonly more?: Readonly<Record<string, Plain | undefined>>;
}

/** The log record of a business event, as the SDK sends it. */
export function eventRecord(input: EventInput): unknown {
  const { event, minor, currency = 'EUR', atMs = NOW_MS, traceId, more } = input;
  const money =
    minor === undefined ? {} : { 'money.amount_minor': minor, 'money.currency': currency };
  return {
    timeUnixNano: nanos(atMs),
    observedTimeUnixNano: nanos(atMs),
    severityNumber: 9,
    eventName: `moneytrail.${event}`,
    body: { stringValue: event },
    ...(traceId && { traceId, spanId: '00f067aa0ba902b7' }),
    attributes: attributes({
      'event.name': `moneytrail.${event}`,
      'moneytrail.event.id': input.id,
      'payment.provider': 'stripe',
      ...money,
      ...more,
    }),
  };
}

export function line(body: string, more: Record<string, unknown> = {}): unknown {
  return { timeUnixNano: nanos(NOW_MS), severityNumber: 9, body: { stringValue: body }, ...more };
}

export function logsRequest(logRecords: readonly unknown[], from: unknown = resource()): unknown {
  return {
    resourceLogs: [{ resource: from, scopeLogs: [{ scope: { name: 'test' }, logRecords }] }],
  };
}

export function span(more: Record<string, unknown> = {}): unknown {
  return {
    traceId: TRACE,
    spanId: '00f067aa0ba902b7',
    name: 'payment.process',
    kind: 1,
    startTimeUnixNano: nanos(NOW_MS),
    endTimeUnixNano: nanos(NOW_MS + 412),
    attributes: [],
    ...more,
  };
}

export const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';

export function tracesRequest(spans: readonly unknown[], from: unknown = resource()): unknown {
  return { resourceSpans: [{ resource: from, scopeSpans: [{ scope: { name: 'test' }, spans }] }] };
}

export function metricsRequest(
  metrics: readonly unknown[],
  from: unknown = resource(),
  scope: unknown = { name: '@moneytrail/metrics' },
): unknown {
  return { resourceMetrics: [{ resource: from, scopeMetrics: [{ scope, metrics }] }] };
}

export function point(
  value: number,
  more: Record<string, Plain> = {},
  atMs = NOW_MS,
  startMs = NOW_MS - 60_000,
): unknown {
  return {
    timeUnixNano: nanos(atMs),
    startTimeUnixNano: nanos(startMs),
    asDouble: value,
    attributes: attributes(more),
  };
}

export function counter(name: string, dataPoints: readonly unknown[], unit = '{item}'): unknown {
  return { name, unit, sum: { aggregationTemporality: 2, isMonotonic: true, dataPoints } };
}

export function gauge(name: string, dataPoints: readonly unknown[], unit = '{item}'): unknown {
  return { name, unit, gauge: { dataPoints } };
}

/** Repeats a request until its result is as expected, for ten seconds at most. */
export async function eventually<Result>(
  ask: () => Promise<Result>,
  isDone: (result: Result) => boolean,
): Promise<Result> {
  const deadline = Date.now() + 10_000;
  for (;;) {
    const result = await ask();
    if (isDone(result) || Date.now() > deadline) return result;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** A histogram with one value, in one bucket. */
export function histogram(name: string, labels: Readonly<Record<string, string>> = {}): unknown {
  return {
    name,
    histogram: {
      aggregationTemporality: 2,
      dataPoints: [
        {
          timeUnixNano: nanos(NOW_MS),
          count: '1',
          sum: 1,
          bucketCounts: ['1', '0'],
          explicitBounds: [1],
          attributes: attributes(labels),
        },
      ],
    },
  };
}
