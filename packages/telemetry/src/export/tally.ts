// The books of one signal.
import type { AttributeValue } from '@moneytrail/catalogue';
import { count } from '@moneytrail/metrics';
import type { Signal } from '../settings.ts';

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

  constructor(signal: Signal) {
    this.#signal = signal;
  }

  /** Notes items that the service made. */
  recorded(items: number): void {
    this.pending += items;
    count('telemetry.recorded', { 'telemetry.signal': this.#signal }, items);
  }

  /** Notes items that the endpoint accepted. */
  exported(items: number): void {
    this.pending -= items;
    count('telemetry.exported', { 'telemetry.signal': this.#signal }, items);
  }

  /** Notes items that are lost. */
  dropped(items: number, cause: DropCause): void {
    this.pending -= items;
    const attributes = { 'telemetry.signal': this.#signal, 'telemetry.cause': cause };
    count('telemetry.dropped', attributes, items);
  }
}
