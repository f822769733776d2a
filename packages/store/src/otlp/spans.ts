import { type Batch, type Located, readRecords, timeUs } from './batch.ts';
import type { Message } from './messages.ts';
import { type Attributes, attributes, child, children, hexId, int32, text } from './read.ts';

/** A span that can be stored. */
export interface SpanItem {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentId: string;
  readonly name: string;
  readonly kind: number;
  readonly startUs: number;
  readonly endUs: number;
  readonly status: number;
  readonly statusMessage: string;
  readonly scope: string;
  readonly attributes: Attributes;
  readonly events: readonly SpanEventItem[];
  readonly links: readonly SpanLinkItem[];
}

/** Something that happened within a span. */
export interface SpanEventItem {
  readonly atUs: number;
  readonly name: string;
  readonly attributes: Attributes;
}

/** A span of another trace that a span follows from. */
export interface SpanLinkItem {
  readonly traceId: string;
  readonly spanId: string;
}

/** Reads the spans of a request; those without valid ids or times, and malformed ones, are refused one by one. */
export function readSpans(request: Message): Batch<SpanItem> {
  const levels = { resources: 'resourceSpans', scopes: 'scopeSpans', records: 'spans' };
  return readRecords(request, levels, readSpan, () => 1);
}

function readSpan({ record, scope }: Located): SpanItem | 'invalid_id' | 'invalid_time' {
  const traceId = hexId(record, 'traceId', 16);
  const spanId = hexId(record, 'spanId', 8);
  const parentId = hexId(record, 'parentSpanId', 8);
  const startUs = timeUs(record, 'startTimeUnixNano');
  const endUs = timeUs(record, 'endTimeUnixNano');
  if (!traceId || !spanId || parentId === undefined) return 'invalid_id';
  if (!startUs || endUs === undefined || endUs < startUs) return 'invalid_time';
  const status = child(record, 'status');
  return {
    traceId,
    spanId,
    parentId,
    name: text(record, 'name'),
    kind: int32(record, 'kind'),
    startUs,
    endUs,
    status: int32(status, 'code'),
    statusMessage: text(status, 'message'),
    scope: scope.name,
    attributes: attributes(record),
    events: children(record, 'events').map((event) => ({
      atUs: timeUs(event, 'timeUnixNano') ?? startUs,
      name: text(event, 'name'),
      attributes: attributes(event),
    })),
    links: children(record, 'links').flatMap(readLink),
  };
}

function readLink(link: Message): SpanLinkItem[] {
  const traceId = hexId(link, 'traceId', 16);
  const spanId = hexId(link, 'spanId', 8);
  return traceId && spanId ? [{ traceId, spanId }] : [];
}
