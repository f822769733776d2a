/** An OTLP/HTTP endpoint for tests: it keeps what it is sent as JSON, takes protobuf unread, and can be made to misbehave. */
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type RequestListener,
  type ServerResponse,
} from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { decodeMessage } from '../../../store/src/otlp/messages.ts';

export interface Attribute {
  readonly key: string;
  readonly value: { readonly stringValue?: string; readonly intValue?: number | string };
}

export interface Span {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: number;
  readonly scope: string;
  readonly events: readonly { readonly name: string; readonly attributes: readonly Attribute[] }[];
  readonly links: readonly { readonly attributes: readonly Attribute[] }[];
  readonly attributes: readonly Attribute[];
  readonly status: { readonly code?: number };
}

export interface LogRecord {
  readonly eventName?: string;
  readonly traceId?: string;
  readonly body?: { readonly stringValue?: string };
  readonly attributes: readonly Attribute[];
}

export interface Point {
  readonly attributes: readonly Attribute[];
  readonly asDouble?: number;
  readonly asInt?: number | string;
}

export interface Metric {
  readonly name: string;
  readonly unit: string;
  readonly sum?: {
    readonly isMonotonic: boolean;
    readonly aggregationTemporality: number;
    readonly dataPoints: readonly Point[];
  };
  readonly exponentialHistogram?: object;
  readonly histogram?: { readonly dataPoints: readonly Point[] };
  readonly gauge?: { readonly dataPoints: readonly Point[] };
}

/**
 * What to do with a request: answer with a status and a body, after a while, and with another status where the request
 * matches a pattern; or never; or break the first connection.
 */
export type Behaviour =
  | 'hang'
  | 'reset once'
  | {
      readonly status: number;
      readonly answer?: unknown;
      readonly delayMs?: number;
      readonly refuses?: { readonly pattern: RegExp; readonly status: number };
    };

export interface Receiver {
  readonly url: string;
  readonly spans: Span[];
  readonly records: LogRecord[];
  /** The metrics of the newest request. */
  readonly metrics: Metric[];
  readonly resource: Attribute[];
  /** Content type of the newest request by path. */
  readonly encodings: Record<string, string>;
  /** Headers of the newest request by path. */
  readonly headers: Record<string, IncomingHttpHeaders>;
  readonly userAgents: Set<string>;
  behaviour: Behaviour;
  /** Requests so far. */
  requests: number;
  /** The bytes of all requests, one character each. */
  readonly bodies: string[];
  /** Length of the largest request in bytes. */
  largestRequest: number;
  /** What was wrong with requests that no Collector would read. */
  readonly unreadable: string[];
  close(): Promise<void>;
}

/** What a server needs to speak TLS. */
export interface Tls {
  readonly key: string;
  readonly cert: string;
  readonly ca: string;
  /** Whether clients need a certificate. */
  readonly requestCert: boolean;
}

export async function startReceiver(tls?: Tls): Promise<Receiver> {
  const listener: RequestListener = (request, response) =>
    void receive(receiver, request, response);
  const server = tls ? createSecureServer(tls, listener) : createServer(listener);
  const receiver: Receiver = {
    url: '',
    spans: [],
    records: [],
    metrics: [],
    resource: [],
    encodings: {},
    headers: {},
    userAgents: new Set(),
    behaviour: { status: 200 },
    requests: 0,
    bodies: [],
    largestRequest: 0,
    unreadable: [],
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return Object.assign(receiver, { url: `${tls ? 'https' : 'http'}://127.0.0.1:${port}` });
}

async function receive(
  receiver: Receiver,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const sent = await buffer(request);
  const body = request.headers['content-encoding'] === 'gzip' ? gunzipSync(sent) : sent;
  receiver.headers[request.url ?? ''] = request.headers;
  receiver.requests += 1;
  receiver.bodies.push(body.toString('latin1'));
  receiver.largestRequest = Math.max(receiver.largestRequest, body.byteLength);
  const isJson = request.headers['content-type'] === 'application/json';
  receiver.userAgents.add(String(request.headers['user-agent']));
  receiver.encodings[request.url ?? ''] = request.headers['content-type'] ?? '';
  if (receiver.behaviour === 'hang') return;
  if (receiver.behaviour === 'reset once') {
    receiver.behaviour = { status: 200 };
    request.socket.destroy();
    return;
  }
  const { answer, delayMs = 0 } = receiver.behaviour;
  const status = statusOf(receiver.behaviour, body);
  if (status < 300) read(receiver, request, body);
  await wait(delayMs);
  response
    .writeHead(status, { 'content-type': request.headers['content-type'] })
    .end(isJson ? JSON.stringify(answer ?? {}) : '');
}

function read(receiver: Receiver, { url = '', headers }: IncomingMessage, body: Buffer): void {
  if (headers['content-type'] === 'application/json') keep(receiver, readJson(receiver, body));
  else readProtobuf(receiver, url, body);
}

function statusOf(
  { status, refuses }: Extract<Behaviour, { readonly status: number }>,
  body: Buffer,
): number {
  return refuses?.pattern.test(body.toString()) ? refuses.status : status;
}

/** As strict as a Collector: integers have 64 bits, numbers are numbers, texts are well formed. */
function readJson(receiver: Receiver, body: Buffer): Payload {
  const check = (key: string, value: unknown): unknown => {
    const isNumber = key === 'intValue' || key === 'doubleValue' || key === 'asDouble';
    const isWrong =
      (isNumber && (value === null || !Number.isFinite(Number(value)))) ||
      (key === 'intValue' && !/^-?\d{1,19}$/.test(String(value))) ||
      (typeof value === 'string' && !value.isWellFormed());
    if (isWrong) receiver.unreadable.push(`${key}: ${String(value)}`);
    return value;
  };
  return JSON.parse(body.toString(), check);
}

const MESSAGES = { traces: 'TracesRequest', metrics: 'MetricsRequest', logs: 'LogsRequest' };

function readProtobuf(receiver: Receiver, url: string, body: Buffer): void {
  const signal = Object.entries(MESSAGES).find(([name]) => url.endsWith(name));
  try {
    decodeMessage(signal?.[1] ?? '', body);
  } catch (error) {
    receiver.unreadable.push(String(error));
  }
}

interface Payload {
  readonly resourceSpans?: {
    readonly resource: { readonly attributes: Attribute[] };
    readonly scopeSpans: { readonly scope: { readonly name: string }; readonly spans: Span[] }[];
  }[];
  readonly resourceLogs?: { readonly scopeLogs: { readonly logRecords: LogRecord[] }[] }[];
  readonly resourceMetrics?: {
    readonly resource: { readonly attributes: Attribute[] };
    readonly scopeMetrics: { readonly metrics: Metric[] }[];
  }[];
}

function keep(receiver: Receiver, { resourceSpans, resourceLogs, resourceMetrics }: Payload): void {
  for (const { resource, scopeSpans } of resourceSpans ?? []) {
    receiver.resource.splice(0, Number.POSITIVE_INFINITY, ...resource.attributes);
    for (const { scope, spans } of scopeSpans) {
      receiver.spans.push(...spans.map((span) => ({ ...span, scope: scope.name })));
    }
  }
  for (const { scopeLogs } of resourceLogs ?? []) {
    receiver.records.push(...scopeLogs.flatMap(({ logRecords }) => logRecords));
  }
  for (const { scopeMetrics } of resourceMetrics ?? []) {
    const metrics = scopeMetrics.flatMap((one) => one.metrics);
    receiver.metrics.splice(0, Number.POSITIVE_INFINITY, ...metrics);
  }
}

/** The value of an attribute as text, or `undefined`. */
export function attributeOf(
  { attributes }: { readonly attributes: readonly Attribute[] },
  name: string,
): string | undefined {
  const value = attributes.find(({ key }) => key === name)?.value;
  const found = value && Object.values(value)[0];
  return found === undefined ? undefined : String(found);
}
