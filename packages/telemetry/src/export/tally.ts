// The books of one signal.
import type { AttributeValue } from '@moneytrail/catalogue';
import { count } from '@moneytrail/metrics';
import type { Signal } from '../environment.ts';

/** Why telemetry was lost. */
export type DropCause = Exclude<AttributeValue<'telemetry.cause'>, '_OTHER'>;

/**
 * At any time, what was recorded equals what was exported, what was dropped and what is still pending. The same numbers are
 * counters of the catalogue, so that a loss shows wherever the metrics are looked at.
 */
export class Tally {
  readonly #signal: Signal;
  /** Items recorded and neither exported nor dropped yet. */
  pending = 0;
  /** Recorded items that the counter does not have yet. */
  #uncounted = 0;

  constructor(signal: Signal) {
    this.#signal = signal;
    // What was recorded, less what was exported and dropped, is a number from the start.
    count('telemetry.dropped', { 'telemetry.signal': signal, 'telemetry.cause': 'queue_full' }, 0);
  }

  /** Notes items that the service made. Those of one turn are counted together, because a counter costs more than an addition. */
  recorded(items: number): void {
    this.pending += items;
    if (this.#uncounted === 0) queueMicrotask(this.#countRecorded);
    this.#uncounted += items;
  }

  /** Notes items that the endpoint accepted. */
  exported(items: number): void {
    this.#countRecorded();
    this.pending -= items;
    count('telemetry.exported', { 'telemetry.signal': this.#signal }, items);
  }

  /** Notes items that are lost. */
  dropped(items: number, cause: DropCause): void {
    this.#countRecorded();
    this.pending -= items;
    const attributes = { 'telemetry.signal': this.#signal, 'telemetry.cause': cause };
    count('telemetry.dropped', attributes, items);
  }

  readonly #countRecorded = (): void => {
    const items = this.#uncounted;
    this.#uncounted = 0;
    if (items > 0) count('telemetry.recorded', { 'telemetry.signal': this.#signal }, items);
  };
}
