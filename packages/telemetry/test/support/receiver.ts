/** An OTLP/HTTP endpoint for tests: it keeps what it is sent as JSON, takes protobuf unread, and can be made to misbehave. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

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
  readonly attributes: readonly Attribute[];
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
  readonly sum?: { readonly isMonotonic: boolean; readonly dataPoints: readonly Point[] };
  readonly gauge?: { readonly dataPoints: readonly Point[] };
}

/** What to do with a request: answer with a status and a body, never, or break the first connection. */
export type Behaviour =
  | 'hang'
  | 'reset once'
  | { readonly status: number; readonly answer?: unknown };

export interface Receiver {
  readonly url: string;
  readonly spans: Span[];
  readonly records: LogRecord[];
  /** The metrics of the newest request. */
  readonly metrics: Metric[];
  readonly resource: Attribute[];
  /** Content type of the newest request by path. */
  readonly encodings: Record<string, string>;
  behaviour: Behaviour;
  close(): Promise<void>;
}

export async function startReceiver(): Promise<Receiver> {
  const server = createServer((request, response) => void receive(receiver, request, response));
  const receiver: Receiver = {
    url: '',
    spans: [],
    records: [],
    metrics: [],
    resource: [],
    encodings: {},
    behaviour: { status: 200 },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return Object.assign(receiver, { url: `http://127.0.0.1:${port}` });
}

async function receive(
  receiver: Receiver,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await buffer(request);
  const isJson = request.headers['content-type'] === 'application/json';
  receiver.encodings[request.url ?? ''] = request.headers['content-type'] ?? '';
  if (receiver.behaviour === 'hang') return;
  if (receiver.behaviour === 'reset once') {
    receiver.behaviour = { status: 200 };
    request.socket.destroy();
    return;
  }
  const { status, answer } = receiver.behaviour;
  if (status < 300 && isJson) keep(receiver, JSON.parse(body.toString()));
  response
    .writeHead(status, { 'content-type': 'application/json' })
    .end(isJson ? JSON.stringify(answer ?? {}) : '');
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
