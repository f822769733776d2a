/** Stores spans. */
import type { Batch } from '../otlp/batch.ts';
import { objectId, providerOf } from '../otlp/objects.ts';
import type { SpanItem } from '../otlp/spans.ts';
import type { Arrival } from './arrival.ts';
import type { Database } from './database.ts';
import { Touched } from './derive.ts';
import { resourceIds } from './resources.ts';
import { SPANS } from './schema.ts';

/** Stores spans; a span that is stored already changes nothing. Returns how many were new. */
export function insertSpans(db: Database, batch: Batch<SpanItem>, arrival: Arrival): number {
  const idOf = resourceIds(db, arrival.nowMs);
  const traces = new Set<string>();
  let added = 0;
  for (const { resource, item } of batch.items) {
    if (insertSpan(db, item, idOf(resource), arrival.arrivedMs) === 0) continue;
    added += 1;
    traces.add(item.traceId);
  }
  const touched = new Touched();
  for (const trace of traces) {
    for (const id of paymentsOf(db, trace)) touched.add('payment', id);
  }
  touched.derive(db, arrival.nowMs);
  return added;
}

function insertSpan(db: Database, item: SpanItem, resourceId: number, arrivedMs: number): number {
  return SPANS.insert(db, {
    id: db.nextId(),
    trace_id: item.traceId,
    span_id: item.spanId,
    parent_id: item.parentId || undefined,
    name: item.name,
    kind: item.kind,
    start_us: item.startUs,
    end_us: item.endUs,
    arrived_ms: arrivedMs,
    status: item.status,
    status_message: item.statusMessage,
    scope: item.scope,
    resource_id: resourceId,
    payment_id: objectId(item.attributes, 'payment'),
    provider: providerOf(item.attributes),
    attributes: JSON.stringify(item.attributes),
    events: JSON.stringify(item.events),
    links: JSON.stringify(item.links),
  });
}

/** Payments that have events and were worked on in a trace: the length of it may be theirs. */
function paymentsOf(db: Database, traceId: string): string[] {
  const rows = db.all<{ id: string }>(
    `SELECT DISTINCT id FROM payments WHERE id IN (
       SELECT payment_id FROM spans WHERE trace_id = ? AND payment_id IS NOT NULL AND name GLOB 'payment.*'
       UNION SELECT event_objects.id FROM events JOIN event_objects ON event_objects.event_id = events.id
         WHERE trace_id = ? AND event GLOB 'payment.*' AND event_objects.kind = 'payment')`,
    ...[traceId, traceId],
  );
  return rows.map(({ id }) => id);
}
