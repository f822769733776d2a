import type { Database } from './database.ts';
import { readMeta, writeMeta } from './meta.ts';

/** How much faster than time itself the clock may go while it catches up with the machine's. */
const CATCH_UP = 4;

/**
 * The time by which records age. It goes on only while the store runs, so that a machine whose clock is wrong at the start, or
 * jumps, makes nothing old at once. Behind the machine's clock, because the store was not running or because that clock has jumped, it
 * catches up at four times its speed.
 */
export class StoreClock {
  readonly #db: Database;
  #seenMs: number;
  #lookedAtMs = performance.now();

  constructor(db: Database) {
    this.#db = db;
    this.#seenMs = readMeta(db, 'seen_ms') || Date.now();
  }

  /** Unix time in milliseconds, never ahead of the machine's. */
  now(): number {
    const elapsedMs = performance.now() - this.#lookedAtMs;
    this.#lookedAtMs += elapsedMs;
    const behindMs = Date.now() - this.#seenMs;
    this.#seenMs += Math.max(elapsedMs, Math.min(elapsedMs * CATCH_UP, behindMs));
    return Math.min(Date.now(), this.#seenMs);
  }

  /** Remembers it for the next start. */
  save(): void {
    this.now();
    writeMeta(this.#db, 'seen_ms', Math.round(this.#seenMs));
  }
}
