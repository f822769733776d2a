import type { Database } from '../db/database.ts';
import { ATTRIBUTES, type Place, readColumn } from '../db/json.ts';
import { amountFields, present } from './exact.ts';
import type { EventRow, LogRow } from './types.ts';

/** A stored event, with the columns that `toEvent` reads. */
export interface StoredEvent {
  readonly id: number;
  readonly event_id: string;
  readonly event: string;
  readonly at_us: number;
  readonly severity: string;
  readonly trace_id: string | null;
  readonly span_id: string | null;
  readonly amount_minor: number | null;
  readonly currency: string | null;
  readonly attributes: string;
}

/** Columns of `StoredEvent`. */
export const EVENT_COLUMNS =
  'id, event_id, event, at_us, severity, trace_id, span_id, amount_minor, currency, attributes';

/** An event as the APIs write it. */
export function toEvent(db: Database, row: StoredEvent): EventRow {
  return {
    id: row.event_id,
    event: row.event,
    at_ms: row.at_us / 1000,
    severity: row.severity,
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

/** A condition on log lines; `lines` and `events` are the tables it may name. */
export interface LogFilter {
  /** SQL on columns that lines and events have both. */
  readonly sql: string;
  readonly values: readonly (string | number)[];
  /** Whether business events, which are log records too, are among the answer. */
  readonly withEvents: boolean;
  readonly limit: number;
}

/** The newest log lines of a filter, oldest first. */
export function readLogs(db: Database, filter: LogFilter): LogRow[] {
  const select = (table: Place['table'], event: string): string =>
    `SELECT * FROM (SELECT id, '${table}' AS kind, at_us, severity, body, resource_id, ${event} AS event, trace_id, span_id, attributes
     FROM ${table} WHERE ${filter.sql} ORDER BY at_us DESC, id DESC LIMIT ?)`;
  const lines = select('logs', 'event');
  const both = filter.withEvents
    ? `${lines} UNION ALL ${select('events', "'moneytrail.' || event")}`
    : lines;
  const values = [...filter.values, filter.limit];
  const rows = db.all<StoredLog>(
    `SELECT found.id, kind, at_us, severity, body, service, event, trace_id, span_id, found.attributes
     FROM (${both}) AS found JOIN resources ON resources.id = resource_id ORDER BY at_us DESC, found.id DESC LIMIT ?`,
    ...values,
    ...(filter.withEvents ? values : []),
    filter.limit,
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
