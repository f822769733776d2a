/** Hand-written OTLP in JSON, which can contain data that an SDK would not send. */

/** A value of an attribute. A whole number is an integer. */
export type Value =
  | string
  | number
  | bigint
  | boolean
  | readonly Value[]
  | { readonly [key: string]: Value };

/** Attributes by name. */
export type Attributes = Readonly<Record<string, Value>>;

/** Input of a test for a span. */
export interface SpanDraft {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly traceState?: string;
  readonly name: string;
  /** 1 internal, 2 server, 3 client. */
  readonly kind: number;
  readonly startMs: number;
  readonly durationMs: number;
  readonly attributes?: Attributes;
  readonly events?: readonly { readonly name: string; readonly attributes: Attributes }[];
  readonly links?: readonly Attributes[];
  /** 2 is an error. */
  readonly status?: { readonly code: number; readonly message?: string };
}

/** Input of a test for a log record. */
export interface LogDraft {
  readonly atMs: number;
  readonly body: Value;
  readonly severity?: 'INFO' | 'WARN' | 'ERROR';
  readonly eventName?: string;
  readonly attributes?: Attributes;
  readonly traceId?: string;
  readonly spanId?: string;
}

/** A point of a cumulative counter. */
export interface PointDraft {
  readonly name: string;
  readonly unit: string;
  readonly attributes: Attributes;
  readonly startMs: number;
  readonly atMs: number;
  readonly value: number;
  /** Attributes of the exemplar. */
  readonly exemplar?: Attributes;
}

/** The body of a request to `/v1/traces`. */
export function traceRequest(
  resource: Attributes,
  spans: readonly SpanDraft[],
  scope: Attributes = {},
): string {
  const scopeSpans = [{ scope: toScope(scope), spans: spans.map(toSpan) }];
  return JSON.stringify({ resourceSpans: [{ resource: toResource(resource), scopeSpans }] });
}

/** The body of a request to `/v1/logs`. */
export function logRequest(
  resource: Attributes,
  logs: readonly LogDraft[],
  scope: Attributes = {},
): string {
  const scopeLogs = [{ scope: toScope(scope), logRecords: logs.map(toRecord) }];
  return JSON.stringify({ resourceLogs: [{ resource: toResource(resource), scopeLogs }] });
}

/** The body of a request to `/v1/metrics`. */
export function metricRequest(
  resource: Attributes,
  points: readonly PointDraft[],
  scope: Attributes = {},
): string {
  const metrics = points.map(({ name, unit, attributes, startMs, atMs, value, exemplar }) => ({
    name,
    unit,
    sum: {
      aggregationTemporality: 2,
      isMonotonic: true,
      dataPoints: [
        {
          attributes: toAttributes(attributes),
          startTimeUnixNano: toNanos(startMs),
          timeUnixNano: toNanos(atMs),
          asDouble: value,
          exemplars: exemplar === undefined ? [] : [toExemplar(exemplar, atMs)],
        },
      ],
    },
  }));
  const scopeMetrics = [{ scope: toScope(scope), metrics }];
  return JSON.stringify({ resourceMetrics: [{ resource: toResource(resource), scopeMetrics }] });
}

function toScope(attributes: Attributes): object {
  return { name: 'e2e', attributes: toAttributes(attributes) };
}

function toResource(attributes: Attributes): object {
  return { attributes: toAttributes(attributes) };
}

function toExemplar(attributes: Attributes, atMs: number): object {
  return { timeUnixNano: toNanos(atMs), asDouble: 1, filteredAttributes: toAttributes(attributes) };
}

function toSpan(span: SpanDraft): object {
  const { startMs, durationMs, attributes, events = [], links = [], ...rest } = span;
  return {
    ...rest,
    startTimeUnixNano: toNanos(startMs),
    endTimeUnixNano: toNanos(startMs + durationMs),
    attributes: toAttributes(attributes),
    events: events.map((event) => ({
      name: event.name,
      timeUnixNano: toNanos(startMs),
      attributes: toAttributes(event.attributes),
    })),
    links: links.map((link) => ({
      traceId: 'f'.repeat(32),
      spanId: 'e'.repeat(16),
      attributes: toAttributes(link),
    })),
  };
}

function toRecord(log: LogDraft): object {
  const { atMs, body, severity = 'INFO', attributes, ...rest } = log;
  return {
    ...rest,
    timeUnixNano: toNanos(atMs),
    // Without it, the Collector would set the time of each attempt, and a retry would be another line.
    observedTimeUnixNano: toNanos(atMs),
    severityText: severity,
    severityNumber: { INFO: 9, WARN: 13, ERROR: 17 }[severity],
    body: toValue(body),
    attributes: toAttributes(attributes),
  };
}

function toAttributes(attributes: Attributes = {}): object[] {
  return Object.entries(attributes).map(([key, value]) => ({ key, value: toValue(value) }));
}

function toValue(value: Value): object {
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'boolean') return { boolValue: value };
  if (typeof value === 'bigint') return { intValue: String(value) };
  if (typeof value === 'number') {
    return Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value };
  }
  if (isList(value)) return { arrayValue: { values: value.map(toValue) } };
  return { kvlistValue: { values: toAttributes(value) } };
}

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

function toNanos(ms: number): string {
  return String(BigInt(Math.round(ms * 1000)) * 1000n);
}
