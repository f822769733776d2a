/** The time by which records age. */
import type { Arrival } from './arrival.ts';
import type { Database } from './database.ts';
import { readMeta, writeMeta } from './meta.ts';

/** How much faster than time itself the clock may go while it catches up with the machine's. */
const CATCH_UP = 4;

/**
 * The time that arrivals are stamped with, and by which they age. It goes on only while the store runs and never back, so that a
 * machine whose clock is wrong at the start, or jumps back and forth, makes nothing old at once. Behind the machine's clock, because the
 * store was not running or because that clock has jumped, it catches up at four times its speed. Ahead of it, because that clock was
 * put back, it goes on at its speed.
 */
export class StoreClock {
  readonly #db: Database;
  #ms: number;
  #lookedAtMs = performance.now();

  constructor(db: Database) {
    this.#db = db;
    this.#ms = readMeta(db, 'seen_ms') || Date.now();
  }

  /** Whole milliseconds. */
  now(): number {
    const elapsedMs = performance.now() - this.#lookedAtMs;
    this.#lookedAtMs += elapsedMs;
    const behindMs = Date.now() - this.#ms;
    this.#ms += Math.max(elapsedMs, Math.min(elapsedMs * CATCH_UP, behindMs));
    return Math.round(this.#ms);
  }

  /** The times of something that arrives now. */
  arrival(): Arrival {
    return { nowMs: Date.now(), arrivedMs: this.now() };
  }

  /** Remembers it for the next start. */
  save(): void {
    writeMeta(this.#db, 'seen_ms', this.now());
  }
}
