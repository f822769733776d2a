/** Events and log lines as the APIs write them. */
import { type Database, marks } from '../db/database.ts';
import { ATTRIBUTES, type Place, readColumn } from '../db/json.ts';
import type { Mentions } from '../db/objects.ts';
import { EVENTS, type StoredEvent } from '../db/schema.ts';
import { amountFields, present } from './exact.ts';
import type { Condition } from './parameters.ts';
import type { EventRow, LogRow } from './types.ts';

/** A stored event and who sent it. */
export type FoundEvent = StoredEvent & { readonly service: string };

/** Events that meet a condition on `events`; `rest` is what follows the condition. */
export function findEvents(
  db: Database,
  { sql, values }: Condition,
  rest: string,
): readonly FoundEvent[] {
  const service = '(SELECT service FROM resources WHERE resources.id = resource_id) AS service';
  return db.all(`SELECT ${EVENTS.columns}, ${service} FROM events WHERE ${sql} ${rest}`, ...values);
}

/** An event as the APIs write it. */
export function toEvent(db: Database, row: FoundEvent): EventRow {
  return {
    id: row.event_id,
    name: row.name,
    event: row.event,
    at_ms: row.at_us / 1000,
    severity: row.severity,
    body: row.body,
    service: row.service,
    ...present('trace_id', row.trace_id),
    ...present('span_id', row.span_id),
    ...amountFields(row.amount_minor, row.currency),
    attributes: readColumn(db, { table: 'events', id: row.id }, row.attributes, ATTRIBUTES),
  };
}

interface StoredLog {
  readonly id: number;
  readonly kind: 'logs' | 'events';
  readonly at_us: number;
  readonly severity: string;
  readonly body: string;
  readonly service: string;
  readonly event: string | null;
  readonly trace_id: string | null;
  readonly span_id: string | null;
  readonly attributes: string;
}

/** The condition of log lines and spans that name a payment. */
export function linesNaming({ id, providers }: Mentions): Condition {
  return {
    sql: `payment_id = ? AND provider IN (${marks(providers)})`,
    values: [id, ...providers],
  };
}

/** Which records are asked for. */
export interface LogFilter {
  /** A condition on `logs`. */
  readonly lines: Condition;
  /** A condition on `events`, which are log records too; without it they are left out. */
  readonly events?: Condition;
  readonly limit: number;
}

/** The newest records of a filter, oldest first. */
export function readLogs(db: Database, { lines, events, limit }: LogFilter): LogRow[] {
  const select = (table: Place['table'], event: string, { sql }: Condition): string =>
    `SELECT * FROM (SELECT id, '${table}' AS kind, at_us, severity, body, resource_id, ${event} AS event, trace_id, span_id, attributes
     FROM ${table} WHERE ${sql} ORDER BY at_us DESC, id DESC LIMIT ?)`;
  const selects = [
    select('logs', 'event', lines),
    ...(events ? [select('events', 'name', events)] : []),
  ];
  const rows = db.all<StoredLog>(
    `SELECT found.id, kind, at_us, severity, body, service, event, trace_id, span_id, found.attributes
     FROM (${selects.join(' UNION ALL ')}) AS found JOIN resources ON resources.id = resource_id
     ORDER BY at_us DESC, found.id DESC LIMIT ?`,
    ...[...lines.values, limit],
    ...(events ? [...events.values, limit] : []),
    limit,
  );
  return rows.reverse().map((row) => toLog(db, row));
}

function toLog(db: Database, row: StoredLog): LogRow {
  return {
    id: row.id,
    at_ms: row.at_us / 1000,
    severity: row.severity,
    body: row.body,
    service: row.service,
    ...present('event', row.event),
    ...present('trace_id', row.trace_id),
    ...present('span_id', row.span_id),
    attributes: readColumn(db, { table: row.kind, id: row.id }, row.attributes, ATTRIBUTES),
  };
}
