import protobuf from 'protobufjs/light.js';
import { checkProtobuf } from './budget.ts';

/**
 * The messages of OTLP 1.x that the store reads and writes, a line each: `name number type`, `[]` for repeated fields.
 * Fields that are not listed are skipped when read.
 */
const MESSAGES: Readonly<Record<string, string>> = {
  TracesRequest: 'resourceSpans 1 ResourceSpans[]',
  ResourceSpans: 'resource 1 Resource, scopeSpans 2 ScopeSpans[]',
  ScopeSpans: 'scope 1 Scope, spans 2 Span[]',
  Span:
    'traceId 1 bytes, spanId 2 bytes, parentSpanId 4 bytes, name 5 string, kind 6 int32, startTimeUnixNano 7 fixed64, ' +
    'endTimeUnixNano 8 fixed64, attributes 9 KeyValue[], events 11 SpanEvent[], links 13 SpanLink[], status 15 Status',
  SpanEvent: 'timeUnixNano 1 fixed64, name 2 string, attributes 3 KeyValue[]',
  SpanLink: 'traceId 1 bytes, spanId 2 bytes, attributes 4 KeyValue[]',
  Status: 'message 2 string, code 3 int32',

  MetricsRequest: 'resourceMetrics 1 ResourceMetrics[]',
  ResourceMetrics: 'resource 1 Resource, scopeMetrics 2 ScopeMetrics[]',
  ScopeMetrics: 'scope 1 Scope, metrics 2 Metric[], schemaUrl 3 string',
  Metric:
    'name 1 string, description 2 string, unit 3 string, gauge 5 Gauge, sum 7 Sum, histogram 9 Histogram, ' +
    'exponentialHistogram 10 Unsupported, summary 11 Unsupported',
  Gauge: 'dataPoints 1 NumberPoint[]',
  Sum: 'dataPoints 1 NumberPoint[], aggregationTemporality 2 int32, isMonotonic 3 bool',
  Histogram: 'dataPoints 1 HistogramPoint[], aggregationTemporality 2 int32',
  Unsupported: 'dataPoints 1 UnsupportedPoint[]',
  NumberPoint:
    'startTimeUnixNano 2 fixed64, timeUnixNano 3 fixed64, asDouble 4 double, asInt 6 sfixed64, attributes 7 KeyValue[], flags 8 uint32',
  HistogramPoint:
    'startTimeUnixNano 2 fixed64, timeUnixNano 3 fixed64, count 4 fixed64, sum 5 double, bucketCounts 6 fixed64[], ' +
    'explicitBounds 7 double[], attributes 9 KeyValue[], flags 10 uint32',
  UnsupportedPoint: '',

  LogsRequest: 'resourceLogs 1 ResourceLogs[]',
  ResourceLogs: 'resource 1 Resource, scopeLogs 2 ScopeLogs[]',
  ScopeLogs: 'scope 1 Scope, logRecords 2 LogRecord[]',
  LogRecord:
    'timeUnixNano 1 fixed64, severityNumber 2 int32, severityText 3 string, body 5 AnyValue, attributes 6 KeyValue[], ' +
    'traceId 9 bytes, spanId 10 bytes, observedTimeUnixNano 11 fixed64, eventName 12 string',

  Resource: 'attributes 1 KeyValue[]',
  Scope: 'name 1 string, version 2 string, attributes 3 KeyValue[]',
  KeyValue: 'key 1 string, value 2 AnyValue',
  AnyValue:
    'stringValue 1 string, boolValue 2 bool, intValue 3 int64, doubleValue 4 double, arrayValue 5 ArrayValue, ' +
    'kvlistValue 6 KeyValueList, bytesValue 7 bytes',
  ArrayValue: 'values 1 AnyValue[]',
  KeyValueList: 'values 1 KeyValue[]',

  TracesResponse: 'partialSuccess 1 RejectedSpans',
  RejectedSpans: 'rejectedSpans 1 int64, errorMessage 2 string',
  MetricsResponse: 'partialSuccess 1 RejectedDataPoints',
  RejectedDataPoints: 'rejectedDataPoints 1 int64, errorMessage 2 string',
  LogsResponse: 'partialSuccess 1 RejectedLogRecords',
  RejectedLogRecords: 'rejectedLogRecords 1 int64, errorMessage 2 string',
  RpcStatus: 'code 1 int32, message 2 string',
};

/** A decoded message: own properties are the fields that were sent. */
export type Message = Readonly<Record<string, unknown>>;

const root = buildRoot();

/** Decodes a protobuf message of the table. Throws on malformed or truncated bytes, and `TooCostly`. */
export function decodeMessage(name: string, bytes: Uint8Array): Message {
  const type = root.lookupType(name);
  checkProtobuf(type, bytes);
  return Object.fromEntries(Object.entries(type.decode(bytes)));
}

/** Encodes a message of the table. */
export function encodeMessage(name: string, fields: Message): Uint8Array {
  return root.lookupType(name).encode(fields).finish();
}

function buildRoot(): protobuf.Root {
  const built = new protobuf.Root();
  for (const [name, fields] of Object.entries(MESSAGES)) built.add(buildType(name, fields));
  built.resolveAll();
  return built;
}

function buildType(name: string, fields: string): protobuf.Type {
  const type = new protobuf.Type(name);
  for (const [, field = '', number, kind = '', many] of fields.matchAll(
    /(\w+) (\d+) (\w+)(\[\])?/g,
  )) {
    type.add(new protobuf.Field(field, Number(number), kind, many ? 'repeated' : undefined));
  }
  return type;
}
