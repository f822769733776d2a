/** Traces, in the shape of Jaeger's query API. */
import type { Database } from '../db/database.ts';
import { ATTRIBUTES, readColumn, SPAN_EVENTS, SPAN_LINKS } from '../db/json.ts';
import { SPANS, type StoredSpan } from '../db/schema.ts';
import type { Attributes } from '../otlp/read.ts';
import type { SpanLinkItem } from '../otlp/spans.ts';
import { readTraceId } from './parameters.ts';
import type { JaegerResponse, JaegerSpan, JaegerTag, JaegerTrace } from './types.ts';

const KINDS = ['unspecified', 'internal', 'server', 'client', 'producer', 'consumer'];
const STATUSES = ['', 'OK', 'ERROR'];
const ERROR = 2;

/** `GET /api/traces/ID` in the shape of Jaeger's query API; an unknown trace has a response of its own. */
export function trace(
  db: Database,
  id: string,
): { readonly status: number; readonly body: JaegerResponse } {
  const traceId = readTraceId(id);
  const spans = db.all<StoredSpan>(
    `SELECT ${SPANS.columns} FROM spans WHERE trace_id = ? ORDER BY start_us, end_us DESC, id`,
    traceId,
  );
  const frame = { total: 0, limit: 0, offset: 0 };
  if (spans.length === 0) {
    return {
      status: 404,
      body: { data: [], ...frame, errors: [{ code: 404, msg: 'trace not found' }] },
    };
  }
  const processes = readProcesses(db, traceId);
  const data = [
    { traceID: traceId, spans: spans.map((span) => toSpan(db, span)), processes, warnings: null },
  ];
  return { status: 200, body: { data, ...frame, errors: null } };
}

function readProcesses(db: Database, traceId: string): JaegerTrace['processes'] {
  const rows = db.all<{ id: number; service: string; attributes: string }>(
    `SELECT id, service, attributes FROM resources
     WHERE id IN (SELECT resource_id FROM spans WHERE trace_id = ?)`,
    traceId,
  );
  const processes = rows.map(({ id, service, attributes: json }) => {
    const { 'service.name': _, ...attributes } = readColumn(
      db,
      { table: 'resources', id },
      json,
      ATTRIBUTES,
    );
    return [`p${id}`, { serviceName: service, tags: toTags(attributes) }] as const;
  });
  return Object.fromEntries(processes);
}

function toSpan(db: Database, span: StoredSpan): JaegerSpan {
  const place = { table: 'spans', id: span.id } as const;
  return {
    traceID: span.trace_id,
    spanID: span.span_id,
    operationName: span.name,
    references: references(span, readColumn(db, place, span.links, SPAN_LINKS)),
    startTime: span.start_us,
    duration: span.end_us - span.start_us,
    tags: [...toTags(readColumn(db, place, span.attributes, ATTRIBUTES)), ...spanTags(span)],
    logs: readColumn(db, place, span.events, SPAN_EVENTS).map(({ atUs, name, attributes }) => ({
      timestamp: atUs,
      fields: toTags({ event: name, ...attributes }),
    })),
    processID: `p${span.resource_id}`,
    warnings: null,
  };
}

function references(span: StoredSpan, stored: readonly SpanLinkItem[]): JaegerSpan['references'] {
  const parent = {
    refType: 'CHILD_OF',
    traceID: span.trace_id,
    spanID: span.parent_id ?? '',
  } as const;
  const links = stored.map(
    ({ traceId, spanId }) =>
      ({ refType: 'FOLLOWS_FROM', traceID: traceId, spanID: spanId }) as const,
  );
  return span.parent_id === null ? links : [parent, ...links];
}

/** What OTLP has as fields of a span and Jaeger as tags. */
function spanTags(span: StoredSpan): JaegerTag[] {
  const fields = {
    'span.kind': KINDS[span.kind] ?? 'unspecified',
    ...(span.scope !== '' && { 'otel.scope.name': span.scope }),
    ...(span.status > 0 && { 'otel.status_code': STATUSES[span.status] ?? '' }),
    ...(span.status_message !== '' && { 'otel.status_description': span.status_message }),
    ...(span.status === ERROR && { error: true }),
  };
  return toTags(fields);
}

function toTags(attributes: Attributes): JaegerTag[] {
  return Object.entries(attributes).map(([key, value]) => {
    if (typeof value === 'boolean') return { key, type: 'bool', value };
    if (typeof value === 'number')
      return { key, type: Number.isInteger(value) ? 'int64' : 'float64', value };
    return {
      key,
      type: 'string',
      value: typeof value === 'string' ? value : JSON.stringify(value),
    };
  });
}
