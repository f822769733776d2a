import type { LiveChange } from './api/types.ts';
import type { Arrival } from './db/arrival.ts';
import type { Database } from './db/database.ts';
import type { DropCounter } from './db/drops.ts';
import { insertLogs, NO_LOGS } from './db/insert-logs.ts';
import { type InsertedPoints, insertMetrics } from './db/insert-metrics.ts';
import { insertSpans } from './db/insert-spans.ts';
import { type Batch, refuse } from './otlp/batch.ts';
import type { Signal } from './otlp/decode.ts';
import { readLogs } from './otlp/logs.ts';
import type { Message } from './otlp/messages.ts';
import { readMetrics } from './otlp/metrics.ts';
import { readSpans } from './otlp/spans.ts';

/** The result of a request: rejected records by cause, and the signals that have new data. */
export interface Ingested {
  readonly refused: ReadonlyMap<string, number>;
  /** Older records that were deleted to make room. */
  readonly deleted?: number;
  /** Events that are stored in another form than they arrived in: conflicts with the first event, and completed events. */
  readonly amended?: Readonly<Record<'conflict' | 'completed', number>>;
  readonly changed: LiveChange['signals'];
}

/**
 * Stores one request in one transaction, so that it is kept whole or not at all, and counts what it refused. Throws
 * `MalformedRequest` before anything is written, and SQLite's error when the file cannot take more.
 */
export function ingest(
  db: Database,
  drops: DropCounter,
  signal: Signal,
  request: Message,
  arrival: Arrival,
): Ingested {
  const ingested = WRITERS[signal](db, request, arrival);
  const { refused, deleted = 0, amended = {} } = ingested;
  for (const [cause, count] of [
    ...refused,
    ...Object.entries({ retention: deleted, ...amended }),
  ]) {
    drops.add({ signal, cause, service: '', count }, arrival.nowMs);
  }
  drops.flush();
  return ingested;
}

type Writer = (db: Database, request: Message, arrival: Arrival) => Ingested;

const WRITERS: Readonly<Record<Signal, Writer>> = {
  traces: storeSpans,
  metrics: storeMetrics,
  logs: storeLogs,
};

function storeSpans(db: Database, request: Message, arrival: Arrival): Ingested {
  const batch = readSpans(request);
  const added = write(db, batch, () => insertSpans(db, batch, arrival)) ?? 0;
  return { refused: batch.refused, changed: added > 0 ? ['traces'] : [] };
}

function storeMetrics(db: Database, request: Message, arrival: Arrival): Ingested {
  const batch = readMetrics(request);
  const { refused, deleted } =
    write(db, batch, () => insertMetrics(db, batch, arrival)) ?? NOTHING_INSERTED;
  refuse(batch, 'series_limit', refused);
  const changed: Ingested['changed'] = batch.items.length > refused ? ['metrics'] : [];
  return { refused: batch.refused, deleted, changed };
}

const NOTHING_INSERTED: InsertedPoints = { refused: 0, deleted: 0 };

function storeLogs(db: Database, request: Message, arrival: Arrival): Ingested {
  const batch = readLogs(request);
  const counts = write(db, batch, () => insertLogs(db, batch, arrival)) ?? NO_LOGS;
  const { line, added, completed, conflict } = counts;
  const lines: Ingested['changed'] = line + conflict > 0 ? ['logs'] : [];
  return {
    refused: batch.refused,
    amended: { conflict, completed },
    changed: added + completed > 0 ? [...lines, 'events'] : lines,
  };
}

/** Nothing to store needs no transaction. */
function write<Result>(
  db: Database,
  batch: Batch<unknown>,
  insert: () => Result,
): Result | undefined {
  return batch.items.length === 0 ? undefined : db.transaction(insert);
}
