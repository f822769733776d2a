/** Keeps the file within its limits of size and age. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { NamedObject } from '../otlp/objects.ts';
import type { Arrival } from './arrival.ts';
import type { Database } from './database.ts';
import { Touched } from './derive.ts';
import type { DropCounter } from './drops.ts';
import { readMeta, writeMeta } from './meta.ts';
import { FILE_NAME } from './open.ts';

/** How much and how long the store keeps. */
export interface Limits {
  readonly dataDir: string;
  readonly maxBytes: number;
  readonly keepMs: number;
}

/** Records that are deleted in one step. */
const STEP = 2000;

/** Order of deletion when space is short: spans and lines before points, money last. */
const ORDER = [
  { signal: 'traces', table: 'spans' },
  { signal: 'logs', table: 'logs' },
  { signal: 'metrics', table: 'points' },
  { signal: 'events', table: 'events' },
] as const;

type Kind = (typeof ORDER)[number];

/** Bytes of the file and of its write-ahead log. */
export function sizeBytes(dataDir: string): number {
  return ['', '-wal'].reduce(
    (sum, suffix) => sum + fileBytes(join(dataDir, FILE_NAME + suffix)),
    0,
  );
}

/**
 * Deletes what is older than the limit, by arrival, then the oldest until the files are below the limit of bytes and have
 * room for as many as `reserveBytes` more.
 */
export function enforceLimits(
  db: Database,
  limits: Limits,
  drops: DropCounter,
  { nowMs, arrivedMs }: Arrival,
  reserveBytes = 0,
): void {
  const deleteOldest = (kind: Kind, before?: number): number => {
    const deleted = db.transaction(() => deleteStep(db, kind, before, nowMs));
    drops.add({ signal: kind.signal, cause: 'retention', service: '', count: deleted }, nowMs);
    return deleted;
  };
  for (const kind of ORDER) {
    while (deleteOldest(kind, arrivedMs - limits.keepMs) === STEP);
  }
  if (!hasRoom(limits, reserveBytes)) db.exec(EMPTY_LOG);
  if (!hasRoom(limits, reserveBytes)) shrink(db, limits.maxBytes - reserveBytes, deleteOldest);
  thinPoints(db, arrivedMs);
  db.run(
    'DELETE FROM series WHERE last_ms < ? AND id NOT IN (SELECT series_id FROM points)',
    arrivedMs - limits.keepMs,
  );
  db.run('DELETE FROM former WHERE last_ms < ?', arrivedMs - limits.keepMs);
}

/** Whether the files may grow by so many bytes. */
export function hasRoom(limits: Limits, bytes: number): boolean {
  return sizeBytes(limits.dataDir) + bytes <= limits.maxBytes;
}

/** Below the limit by a tenth, so that the next request does not start it again. */
const TARGET = 0.9;

/** Moves what the write-ahead log holds into the file and empties the log. */
const EMPTY_LOG = 'PRAGMA wal_checkpoint(TRUNCATE)';

/** Pages that are released in one step, so that the write-ahead log stays small. */
const VACUUM_PAGES = 1000;

function shrink(db: Database, maxBytes: number, deleteOldest: (kind: Kind) => number): void {
  for (const kind of ORDER) {
    while (usedBytes(db) > maxBytes * TARGET && deleteOldest(kind) > 0);
  }
  for (let free = db.pragma('freelist_count'); free > 0; free -= VACUUM_PAGES) {
    db.exec(`PRAGMA incremental_vacuum(${VACUUM_PAGES})`);
  }
  db.exec(EMPTY_LOG);
}

function usedBytes(db: Database): number {
  return (db.pragma('page_count') - db.pragma('freelist_count')) * db.pragma('page_size');
}

/** Ids grow with arrival, so the lowest ids are the oldest; points have no ids but an index of their arrival. */
function deleteStep(
  db: Database,
  { table }: Kind,
  before: number | undefined,
  nowMs: number,
): number {
  const limit = before ?? Number.MAX_SAFE_INTEGER;
  if (table === 'points') return deletePoints(db, limit);
  const oldest = `SELECT id, arrived_ms FROM ${table} ORDER BY id LIMIT ${STEP}`;
  const last = db.get<{ id: number | null }>(
    `SELECT max(id) AS id FROM (${oldest}) WHERE arrived_ms < ?`,
    limit,
  )?.id;
  if (last === null || last === undefined) return 0;
  // Rows of older versions have the machine's time of their arrival, which does not always grow with the id.
  const old = 'WHERE id <= ? AND arrived_ms < ?';
  const touched = new Touched();
  if (table === 'events') {
    const sql = `SELECT DISTINCT kind, id FROM event_objects WHERE event_id IN (SELECT id FROM events ${old})`;
    touched.addAll(db.all<NamedObject>(sql, last, limit));
  }
  const deleted = db.run(`DELETE FROM ${table} ${old}`, last, limit);
  touched.derive(db, nowMs);
  return deleted;
}

function deletePoints(db: Database, before: number): number {
  return db.run(
    `DELETE FROM points WHERE (series_id, at_ms) IN (
       SELECT series_id, at_ms FROM points WHERE arrived_ms < ? ORDER BY arrived_ms LIMIT ${STEP})`,
    before,
  );
}

/** Points older than this are thinned out to one a minute: the charts show no more, and totals lose nothing by it. */
const FINE_MS = 3_600_000;
const COARSE_MS = 60_000;

function thinPoints(db: Database, arrivedMs: number): void {
  const until = readMeta(db, 'thinned_ms');
  const now = Math.floor((arrivedMs - FINE_MS) / COARSE_MS) * COARSE_MS;
  if (now <= until) return;
  db.transaction(() => {
    db.run(
      `DELETE FROM points WHERE arrived_ms >= ? AND arrived_ms < ? AND EXISTS (
         SELECT 1 FROM points AS later WHERE later.series_id = points.series_id
         AND later.at_ms > points.at_ms AND later.at_ms / ${COARSE_MS} = points.at_ms / ${COARSE_MS})`,
      ...[until, now],
    );
    writeMeta(db, 'thinned_ms', now);
  });
}

function fileBytes(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
