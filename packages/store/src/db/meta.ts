/** Numbers that the store remembers of its file. */
import type { Database } from './database.ts';
import { META } from './schema.ts';

/** What the store remembers of its file: since when it counts, until when points were thinned out, and how late it was. */
type Key = 'since_ms' | 'thinned_ms' | 'seen_ms';

/** A remembered number; 0 when it was never written. */
export function readMeta(db: Database, key: Key): number {
  return db.get<{ value: number }>('SELECT value FROM meta WHERE key = ?', key)?.value ?? 0;
}

/** Remembers a number. */
export function writeMeta(db: Database, key: Key, value: number): void {
  META.upsert(db, { key, value });
}
