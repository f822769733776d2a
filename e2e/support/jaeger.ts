import { field, getJson, list, text } from './read-json.ts';

/** A span as Jaeger's HTTP API returns it. */
export interface JaegerSpan {
  readonly traceId: string;
  readonly spanId: string;
  /** Empty for a span without parent in the same trace. */
  readonly parentSpanId: string;
  readonly name: string;
  readonly service: string;
  readonly startMicros: number;
  readonly durationMicros: number;
  /** Attributes; values that are not strings as JSON. They include `span.kind` and `otel.status_code`. */
  readonly tags: Readonly<Record<string, string>>;
  /** Resource attributes, except the service name. */
  readonly resource: Readonly<Record<string, string>>;
  readonly events: readonly Readonly<Record<string, string>>[];
  /** Links and parents, unchanged. */
  readonly references: readonly unknown[];
}

/** Number of ids per request, which keeps the address short. */
const IDS_AT_ONCE = 50;

/** The spans of the traces that Jaeger has, by trace id; missing traces are not in the map. */
export async function tracesById(
  url: string,
  traceIds: readonly string[],
): Promise<Map<string, JaegerSpan[]>> {
  const found = new Map<string, JaegerSpan[]>();
  for (let at = 0; at < traceIds.length; at += IDS_AT_ONCE) {
    const traceID = traceIds.slice(at, at + IDS_AT_ONCE);
    for (const [id, spans] of readTraces(await getJson(`${url}/api/traces`, { traceID }))) {
      found.set(id, spans);
    }
  }
  return found;
}

/** The spans of one trace; empty when it is missing. The embedded store has the same API. */
export async function traceOf(url: string, traceId: string): Promise<JaegerSpan[]> {
  const response = await fetch(`${url}/api/traces/${traceId}`);
  return [...readTraces(await response.json()).values()].flat();
}

/** The newest traces of a service, at most `limit`, with parameters of Jaeger's search such as `tags` or `operation`. */
export async function searchTraces(
  url: string,
  service: string,
  query: Readonly<Record<string, string>> = {},
  limit = 1000,
): Promise<Map<string, JaegerSpan[]>> {
  const asked = { service, limit: String(limit), lookback: '1h', ...query };
  return readTraces(await getJson(`${url}/api/traces`, asked));
}

/** The names of all services with spans. */
export async function servicesOf(url: string): Promise<string[]> {
  return list(await getJson(`${url}/api/services`), 'data').map(String);
}

/** The names of the operations of a service. */
export async function operationsOf(url: string, service: string): Promise<string[]> {
  const path = `${url}/api/services/${encodeURIComponent(service)}/operations`;
  return list(await getJson(path), 'data').map(String);
}

function readTraces(body: unknown): Map<string, JaegerSpan[]> {
  return new Map(
    list(body, 'data').map((trace) => [
      // Jaeger omits leading zeros of ids.
      text(trace, 'traceID').padStart(32, '0'),
      list(trace, 'spans').map((span) => readSpan(span, field(trace, 'processes'))),
    ]),
  );
}

function readSpan(span: unknown, processes: unknown): JaegerSpan {
  const process = field(processes, text(span, 'processID'));
  const references = list(span, 'references');
  const traceId = text(span, 'traceID');
  const parent = references.find(
    (reference) =>
      text(reference, 'refType') === 'CHILD_OF' && text(reference, 'traceID') === traceId,
  );
  return {
    traceId: traceId.padStart(32, '0'),
    spanId: text(span, 'spanID').padStart(16, '0'),
    parentSpanId: parent === undefined ? '' : text(parent, 'spanID').padStart(16, '0'),
    name: text(span, 'operationName'),
    service: text(process, 'serviceName'),
    startMicros: Number(text(span, 'startTime')),
    durationMicros: Number(text(span, 'duration')),
    tags: readTags(list(span, 'tags')),
    resource: readTags(list(process, 'tags')),
    events: list(span, 'logs').map((log) => readTags(list(log, 'fields'))),
    references,
  };
}

function readTags(tags: readonly unknown[]): Readonly<Record<string, string>> {
  return Object.fromEntries(tags.map((tag) => [text(tag, 'key'), text(tag, 'value')]));
}
