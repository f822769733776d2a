/** Stores log records: lines, and events, which are lines too when their amount contradicts the first one. */
import { hash } from 'node:crypto';
import type { Batch, Resource } from '../otlp/batch.ts';
import { type BusinessEvent, conflictOf, type LogItem } from '../otlp/logs.ts';
import { objectId, providerOf } from '../otlp/objects.ts';
import type { Arrival } from './arrival.ts';
import type { Database } from './database.ts';
import { Touched } from './derive.ts';
import { type EventOutcome, EventWriter, type LogRecord } from './insert-events.ts';
import { resourceIds } from './resources.ts';
import { LOGS } from './schema.ts';

/** Outcome of a log record: a new line, or the outcome of an event. A contradiction counts when it first arrives. */
type Outcome = 'line' | EventOutcome;

/** Number of records of a batch by outcome. */
export type InsertedLogs = Readonly<Record<Outcome, number>>;

/** The counts of an empty batch. */
export const NO_LOGS: InsertedLogs = { line: 0, added: 0, completed: 0, conflict: 0, known: 0 };

/** Stores log records and events. What is stored already, by event or by content, changes nothing. */
export function insertLogs(db: Database, batch: Batch<LogItem>, arrival: Arrival): InsertedLogs {
  const idOf = resourceIds(db, arrival.nowMs);
  const digestOf = digests();
  const touched = new Touched();
  const events = new EventWriter(db, touched);
  const counts = { ...NO_LOGS };
  for (const { resource, item } of batch.items) {
    const record = { item, resourceId: idOf(resource), service: resource.service, arrival };
    const key = item.business?.id || item.conflict || digestOf(resource, item);
    counts[insertRecord(db, events, record, key)] += 1;
  }
  touched.derive(db, arrival.nowMs);
  return counts;
}

function insertRecord(db: Database, events: EventWriter, record: LogRecord, key: string): Outcome {
  const { business, conflict } = record.item;
  if (!business) return insertLine(db, record, key, conflict === undefined ? 'line' : 'conflict');
  const outcome = events.write(record, business, key);
  return outcome === 'conflict'
    ? insertLine(db, record, conflictKey(key, business), outcome)
    : outcome;
}

/**
 * Names a record by its content, so that a batch that is sent again changes nothing. Equal lines within one batch are
 * numbered.
 */
function digests(): (resource: Resource, item: LogItem) => string {
  const seen = new Map<string, number>();
  return (resource, item) => {
    const { service, instance } = resource;
    const digest = hash('sha1', JSON.stringify([service, instance, item]), 'base64url');
    const times = seen.get(digest) ?? 0;
    seen.set(digest, times + 1);
    return times === 0 ? digest : `${digest}.${times}`;
  };
}

/** The same contradiction has the same key, however often, when and from where it arrives. */
function conflictKey(id: string, { event, amountMinor, currency }: BusinessEvent): string {
  return conflictOf(event, `${id}/${amountMinor}-${currency}`);
}

function insertLine<Kind extends Outcome>(
  db: Database,
  { item, resourceId, arrival }: LogRecord,
  digest: string,
  kind: Kind,
): Kind | 'known' {
  const added = LOGS.insert(db, {
    id: db.nextId(),
    digest,
    at_us: item.atUs || arrival.nowMs * 1000,
    arrived_ms: arrival.arrivedMs,
    severity: item.severity,
    body: item.body,
    event: item.event || undefined,
    resource_id: resourceId,
    trace_id: item.traceId || undefined,
    span_id: item.spanId || undefined,
    payment_id: objectId(item.attributes, 'payment'),
    provider: providerOf(item.attributes),
    attributes: JSON.stringify(item.attributes),
  });
  return added > 0 ? kind : 'known';
}
