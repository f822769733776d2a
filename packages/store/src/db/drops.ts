/** Counts records that are not in the store. */
import type { Database } from './database.ts';
import { DROPS, type StoredDrop } from './schema.ts';

/** Records that are not in the store, and the cause. */
export type Drop = Pick<StoredDrop, 'signal' | 'cause' | 'service' | 'count'>;

/**
 * Counts what is lost. Counts wait in memory until they can be written: the moment of a full disk is the one in which
 * they must not be lost.
 */
export class DropCounter {
  readonly #db: Database;
  readonly #waiting = new Map<string, StoredDrop>();

  constructor(db: Database) {
    this.#db = db;
  }

  /** Counts; it reaches the file with the next `flush`. */
  add(drop: Drop, nowMs: number): void {
    if (drop.count <= 0) return;
    const key = JSON.stringify([drop.signal, drop.cause, drop.service]);
    const before = this.#waiting.get(key);
    this.#waiting.set(key, {
      ...drop,
      count: drop.count + (before?.count ?? 0),
      first_ms: before?.first_ms ?? nowMs,
      last_ms: nowMs,
    });
  }

  /** Writes what waits. Call it outside a transaction; on failure the counts go on waiting. */
  flush(): void {
    if (this.#waiting.size === 0) return;
    try {
      this.#db.transaction(() => {
        for (const drop of this.#waiting.values()) this.#write(drop);
      });
      this.#waiting.clear();
    } catch {
      // The disk is still full: the counts stay in memory and `read` shows them all the same.
    }
  }

  /** All counts, written or waiting. */
  read(): StoredDrop[] {
    const stored = this.#db.all<StoredDrop>(`SELECT ${DROPS.columns} FROM drops`);
    return [...stored, ...this.#waiting.values()];
  }

  #write(drop: StoredDrop): void {
    DROPS.insert(
      this.#db,
      drop,
      'UPDATE SET count = count + excluded.count, last_ms = excluded.last_ms',
    );
  }
}
