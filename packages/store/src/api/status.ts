/** The store itself: size, limits, services. */
import type { Database } from '../db/database.ts';
import { readMeta } from '../db/meta.ts';
import { type Limits, sizeBytes } from '../db/retention.ts';
import { SCHEMA_VERSION } from '../db/schema.ts';
import type { StoreClock } from '../db/store-clock.ts';
import type { LiveChange, StoreStatus } from './types.ts';

const MINUTE_MS = 60_000;

/** `GET /api/status`: the store itself. */
export function status(
  db: Database,
  limits: Limits,
  clock: StoreClock,
  version: string,
): StoreStatus {
  const oldest = oldestArrival(db);
  return {
    version,
    schema_version: SCHEMA_VERSION,
    since_ms: readMeta(db, 'since_ms'),
    size_bytes: sizeBytes(limits.dataDir),
    max_bytes: limits.maxBytes,
    keep_ms: limits.keepMs,
    ...(oldest !== undefined && { oldest_ms: Math.max(0, clock.now() - oldest) }),
    services: services(db),
    payments_per_second: live(db).payments_per_second,
  };
}

/** What a live message has in addition to the signals. */
export function live(db: Database): Omit<LiveChange, 'signals'> {
  const recent = db.get<{ count: number }>(
    'SELECT count(*) AS count FROM payments WHERE updated_ms > ?',
    Date.now() - MINUTE_MS,
  );
  const newest = db.get<{ revision: number | null }>(
    'SELECT max(revision) AS revision FROM payments',
  );
  return {
    revision: newest?.revision ?? 0,
    payments_per_second: Math.round(((recent?.count ?? 0) / 60) * 100) / 100,
  };
}

/** Rows with the lowest ids are those that arrived first. */
function oldestArrival(db: Database): number | undefined {
  const first = (table: string): string =>
    `SELECT * FROM (SELECT arrived_ms FROM ${table} ORDER BY id LIMIT 1)`;
  const tables = [
    first('events'),
    first('logs'),
    first('spans'),
    'SELECT min(arrived_ms) FROM points',
  ];
  const row = db.get<{ oldest: number | null }>(
    `SELECT min(arrived_ms) AS oldest FROM (${tables.join(' UNION ALL ')})`,
  );
  return row?.oldest ?? undefined;
}

/** The newest run of each service. */
function services(db: Database): StoreStatus['services'] {
  const rows = db.all<{ name: string; version: string; last_ms: number }>(
    // SQLite takes the other columns from the row of the maximum.
    'SELECT service AS name, version, max(last_ms) AS last_ms FROM resources GROUP BY service ORDER BY service',
  );
  return rows.map(({ name, version, last_ms }) => ({
    name,
    ...(version !== '' && { version }),
    last_ms,
  }));
}
