import type {
  AttributeName,
  AttributeValue,
  InstrumentDefinition,
  InstrumentName,
  InstrumentOf,
  InstrumentOfKind,
  UnsaidAttribute,
} from '@moneytrail/catalogue';
import { RECORDER } from './recorder.ts';
import type { SeriesSnapshot } from './series.ts';

type KeyOf<Name extends InstrumentName> = InstrumentOf<Name>['attributes'][number] & AttributeName;

/** Attributes that an instrument asks for, each with its closed values. */
export type AttributesOf<Name extends InstrumentName> = {
  readonly [Key in Exclude<KeyOf<Name>, UnsaidAttribute>]: AttributeValue<Key>;
} & {
  readonly [Key in Extract<KeyOf<Name>, UnsaidAttribute>]?: AttributeValue<Key>;
};

/** One instrument with all its series, as a reader sees it. */
export interface InstrumentSnapshot {
  /** Name in the catalogue, without prefix. */
  readonly name: InstrumentName;
  readonly definition: InstrumentDefinition;
  /** Upper bounds of the buckets; empty for counters and gauges. */
  readonly bounds: readonly number[];
  readonly series: readonly SeriesSnapshot[];
}

/** What was wrong with a value, a closed word of `drop.reason`. */
export type DropReason = AttributeValue<'drop.reason'>;

/** Unix time in milliseconds since when the counters count. */
export const startTimeMs: number = RECORDER.startTimeMs;

/**
 * Adds to a counter of the catalogue. Values outside a closed set become `_OTHER` and are counted; a negative or
 * non-finite number is refused and counted. It never throws.
 *
 * @example
 * ```ts
 * import { count } from '@moneytrail/metrics';
 * count('job.runs', { 'job.name': 'payout', 'job.outcome': 'succeeded' });
 * ```
 */
export function count<Name extends InstrumentOfKind<'counter'>>(
  name: Name,
  attributes: AttributesOf<Name>,
  by = 1,
): void {
  RECORDER.measure('counter', name, by, attributes);
}

/**
 * Sets a gauge of the catalogue. A non-finite number is refused and counted. It never throws. Gauges that count rows of a
 * database belong into one process only, or every replica reports them again.
 *
 * @example
 * ```ts
 * import { setGauge } from '@moneytrail/metrics';
 * setGauge('commission.pending', 27, {});
 * ```
 */
export function setGauge<Name extends InstrumentOfKind<'gauge'>>(
  name: Name,
  value: number,
  attributes: AttributesOf<Name>,
): void {
  RECORDER.measure('gauge', name, value, attributes);
}

/**
 * Puts a value into a histogram of the catalogue, in the instrument's unit. A negative or non-finite number is refused and
 * counted. It never throws.
 *
 * @example
 * ```ts
 * import { recordValue } from '@moneytrail/metrics';
 * recordValue('health.check.duration', 0.004, { 'health.check': 'ledger' });
 * ```
 */
export function recordValue<Name extends InstrumentOfKind<'histogram'>>(
  name: Name,
  value: number,
  attributes: AttributesOf<Name>,
): void {
  RECORDER.measure('histogram', name, value, attributes);
}

/**
 * Every instrument that was used, with its series in the order in which they began, cumulative since `startTimeMs`. Readers share this
 * one store, so that an instrument that was used before the SDK started is not lost.
 *
 * @example
 * ```ts
 * import { collectSeries, count } from '@moneytrail/metrics';
 * count('transfers', { 'transfer.status': 'created' });
 * const [transfers] = collectSeries().filter(({ name }) => name === 'transfers');
 * console.log(transfers?.series.map(({ value }) => value)); // [ 1, 0 ]
 * ```
 */
export function collectSeries(): InstrumentSnapshot[] {
  return RECORDER.collect();
}
