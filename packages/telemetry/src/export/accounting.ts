// Accounts for the items of one signal: the self-metrics `telemetry.recorded`, `telemetry.exported` and `telemetry.dropped`.
import type { AttributeValue } from '@moneytrail/catalogue';
import { count } from '@moneytrail/metrics';
import type { Signal } from '../config/environment.ts';

/** Why telemetry was lost. */
export type DropCause = Exclude<AttributeValue<'telemetry.cause'>, '_OTHER'>;

/**
 * At any time, the recorded items are the sum of the exported, dropped and pending ones. The same numbers are counters of the catalogue,
 * so a loss is visible wherever metrics are visible.
 */
export class ExportAccounting {
  readonly #signal: Signal;
  /** Items recorded and neither exported nor dropped yet. */
  pending = 0;
  /** Recorded items that are not added to the counter yet. */
  #uncounted = 0;

  constructor(signal: Signal) {
    this.#signal = signal;
    // Recorded minus exported and dropped has a value from the start.
    count('telemetry.dropped', { 'telemetry.signal': signal, 'telemetry.cause': 'queue_full' }, 0);
  }

  /** Adds recorded items. Those of one turn are counted together, because a counter costs more than an addition. */
  recorded(items: number): void {
    this.pending += items;
    if (this.#uncounted === 0) queueMicrotask(this.#countRecorded);
    this.#uncounted += items;
  }

  /** Adds items that the endpoint accepted. */
  exported(items: number): void {
    this.#countRecorded();
    this.pending -= items;
    count('telemetry.exported', { 'telemetry.signal': this.#signal }, items);
  }

  /** Adds items that were lost. */
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
