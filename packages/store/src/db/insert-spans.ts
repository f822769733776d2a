import type { Batch } from '../otlp/batch.ts';
import { asText } from '../otlp/read.ts';
import type { SpanItem } from '../otlp/spans.ts';
import type { Arrival } from './arrival.ts';
import type { Database } from './database.ts';
import { derive, untouched } from './derive.ts';
import { resourceIds } from './resources.ts';

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
  const touched = untouched();
  for (const trace of traces) for (const id of paymentsOf(db, trace)) touched.payments.add(id);
  derive(db, touched, arrival.nowMs);
  return added;
}

function insertSpan(db: Database, item: SpanItem, resourceId: number, arrivedMs: number): number {
  return db.run(
    `INSERT INTO spans (id, trace_id, span_id, parent_id, name, kind, start_us, end_us, arrived_ms, status,
       status_message, scope, resource_id, payment_id, attributes, events, links)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (trace_id, span_id) DO NOTHING`,
    ...[db.nextId(), item.traceId, item.spanId, item.parentId || null, item.name, item.kind],
    ...[
      item.startUs,
      item.endUs,
      arrivedMs,
      item.status,
      item.statusMessage,
      item.scope,
      resourceId,
    ],
    ...[asText(item.attributes['payment.id']) || null, JSON.stringify(item.attributes)],
    ...[JSON.stringify(item.events), JSON.stringify(item.links)],
  );
}

/** Payments that have facts and were worked on in a trace: the length of it may be theirs. */
function paymentsOf(db: Database, traceId: string): string[] {
  const rows = db.all<{ id: string }>(
    `SELECT id FROM payments WHERE id IN (
       SELECT payment_id FROM spans WHERE trace_id = ? AND payment_id IS NOT NULL AND name GLOB 'payment.*'
       UNION SELECT payment_id FROM events WHERE trace_id = ? AND event GLOB 'payment.*')`,
    ...[traceId, traceId],
  );
  return rows.map(({ id }) => id);
}
