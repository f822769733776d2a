import { hash } from 'node:crypto';
import type { Batch, Resource } from '../otlp/batch.ts';
import type { Fact, LogItem } from '../otlp/logs.ts';
import { asText } from '../otlp/read.ts';
import type { Database } from './database.ts';
import { derive, type Touched, untouched } from './derive.ts';
import { resourceIds } from './resources.ts';

/** What a batch of log records added. */
export interface InsertedLogs {
  readonly lines: number;
  readonly events: number;
  /** Facts that are stored with another amount, which stands. */
  readonly conflicts: number;
}

interface Row {
  readonly item: LogItem;
  readonly resourceId: number;
  /** What tells a record that is sent again: the fact's id, else a digest of the content. */
  readonly key: string;
  readonly nowMs: number;
}

/** Stores log records and facts. What is stored already, by fact or by content, changes nothing. */
export function insertLogs(db: Database, batch: Batch<LogItem>, nowMs: number): InsertedLogs {
  const idOf = resourceIds(db, nowMs);
  const digestOf = digests();
  const touched = untouched();
  let lines = 0;
  let events = 0;
  let conflicts = 0;
  for (const { resource, item } of batch.items) {
    const key = item.fact?.id || digestOf(resource, item);
    const row = { item, resourceId: idOf(resource), key, nowMs };
    if (!item.fact) lines += insertLine(db, row);
    else if (insertEvent(db, row, item.fact) > 0) {
      events += 1;
      touch(touched, item);
    } else if (isConflict(db, key, item.fact)) {
      conflicts += 1;
      lines += insertLine(db, { ...row, key: digestOf(resource, item) });
    }
  }
  derive(db, touched, nowMs);
  return { lines, events, conflicts };
}

/**
 * Names a record by its content, so that a batch that is sent again changes nothing. Equal lines within one batch are told
 * apart by their number.
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

function insertEvent(db: Database, row: Row, fact: Fact): number {
  const { item, resourceId, key, nowMs } = row;
  return db.run(
    `INSERT INTO events (id, event_id, event, at_us, arrived_ms, severity, body, resource_id, trace_id, span_id,
       payment_id, commission_id, payout_id, amount_minor, currency, attributes)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (event_id) DO NOTHING`,
    ...[db.nextId(), key, fact.event, item.atUs || nowMs * 1000, nowMs, item.severity, item.body],
    ...[resourceId, item.traceId || null, item.spanId || null, objectId(item, 'payment.id')],
    ...[objectId(item, 'commission.id'), objectId(item, 'payout.id')],
    ...[fact.amountMinor, fact.currency, JSON.stringify(item.attributes)],
  );
}

/** Whether the fact is stored with another amount. */
function isConflict(db: Database, eventId: string, { amountMinor, currency }: Fact): boolean {
  const stored = db.get<{ amount_minor: number | null; currency: string | null }>(
    'SELECT amount_minor, currency FROM events WHERE event_id = ?',
    eventId,
  );
  if (amountMinor === undefined || stored?.amount_minor == null) return false;
  return stored.amount_minor !== amountMinor || stored.currency !== currency;
}

function insertLine(db: Database, { item, resourceId, key, nowMs }: Row): number {
  return db.run(
    `INSERT INTO logs (id, digest, at_us, arrived_ms, severity, body, event, resource_id, trace_id, span_id, payment_id, attributes)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (digest) DO NOTHING`,
    ...[db.nextId(), key, item.atUs || nowMs * 1000, nowMs, item.severity, item.body],
    ...[item.event || null, resourceId, item.traceId || null, item.spanId || null],
    ...[objectId(item, 'payment.id'), JSON.stringify(item.attributes)],
  );
}

function touch(touched: Touched, item: LogItem): void {
  const payment = objectId(item, 'payment.id');
  const commission = objectId(item, 'commission.id');
  if (payment !== undefined) touched.payments.add(payment);
  if (commission !== undefined) touched.commissions.add(commission);
}

function objectId({ attributes }: LogItem, name: string): string | undefined {
  return asText(attributes[name]) || undefined;
}
