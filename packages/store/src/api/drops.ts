/** Drops: records that are not in the store, and why. */
import { OTHER, PREFIX } from '../catalogue.ts';
import type { Database } from '../db/database.ts';
import type { DropCounter } from '../db/drops.ts';
import { LABELS, readColumn } from '../db/json.ts';
import { readMeta } from '../db/meta.ts';
import type { Labels } from './series.ts';
import type { DropRow, Drops } from './types.ts';

/** Counters of what services dropped, with the labels of signal and cause. */
const COUNTERS: Readonly<Record<string, (labels: Labels) => { signal: string; cause: string }>> = {
  [`${PREFIX}telemetry.dropped`]: (labels) => ({
    signal: labels['telemetry_signal'] ?? OTHER,
    cause: labels['telemetry_cause'] ?? OTHER,
  }),
  [`${PREFIX}business_events.dropped`]: (labels) => ({
    signal: 'events',
    cause: labels['drop_reason'] ?? OTHER,
  }),
};

/** `GET /api/drops`: records that are not in the store, and why, without rows of zero. */
export function drops(db: Database, counter: DropCounter): Drops {
  const store = counter.read().map((row): DropRow => ({ ...row, by: 'store' }));
  const rows = merge([...serviceDrops(db), ...store, ...damagedRows(db)]).filter(
    ({ count }) => count > 0,
  );
  return {
    since_ms: readMeta(db, 'since_ms'),
    drops: rows.toSorted((a, b) => b.last_ms - a.last_ms),
  };
}

function serviceDrops(db: Database): DropRow[] {
  const names = Object.keys(COUNTERS);
  const rows = db.all<{
    id: number;
    name: string;
    labels: string;
    total: number;
    first_ms: number;
    changed_ms: number;
    service: string;
  }>(
    `SELECT series.id, name, labels, total, first_ms, changed_ms, service FROM series
     JOIN resources ON resources.id = resource_id WHERE name IN (?, ?) AND total > 0`,
    ...names,
  );
  return rows.flatMap(({ id, name, labels, total, first_ms, changed_ms, service }) => {
    const place = { table: 'series', id } as const;
    const words = COUNTERS[name]?.(readColumn(db, place, labels, LABELS));
    return words
      ? [{ ...words, by: 'service', service, count: total, first_ms, last_ms: changed_ms }]
      : [];
  });
}

/** Rows of the file in which something could not be read. */
function damagedRows(db: Database): DropRow[] {
  return db.all<DropRow>(
    `SELECT signal, 'damaged' AS cause, 'store' AS by, '' AS service, count(*) AS count, min(seen_ms) AS first_ms,
       max(seen_ms) AS last_ms FROM damaged GROUP BY signal`,
  );
}

/** A service that ran several times has a series for each run; they become one row. */
function merge(rows: readonly DropRow[]): DropRow[] {
  const merged = new Map<string, DropRow>();
  for (const row of rows) {
    const key = JSON.stringify([row.signal, row.cause, row.by, row.service]);
    const before = merged.get(key);
    merged.set(key, {
      ...row,
      count: row.count + (before?.count ?? 0),
      first_ms: Math.min(row.first_ms, before?.first_ms ?? row.first_ms),
      last_ms: Math.max(row.last_ms, before?.last_ms ?? row.last_ms),
    });
  }
  return [...merged.values()];
}
