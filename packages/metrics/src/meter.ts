import {
  type AttributeName,
  type AttributeValue,
  INSTRUMENTS,
  type InstrumentDefinition,
  type InstrumentName,
  type InstrumentOf,
  type InstrumentOfKind,
  OTHER,
} from '@moneytrail/catalogue';
import { isLabel, LABELS, labelOf } from './labels.ts';
import { Series, type SeriesAttributes, type SeriesSnapshot } from './series.ts';
import { boundedValue } from './values.ts';

/** Attributes that an instrument asks for, each with its closed values. */
export type AttributesOf<Name extends InstrumentName> = {
  readonly [Key in InstrumentOf<Name>['attributes'][number] & AttributeName]: AttributeValue<Key>;
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

/** The kind of each instrument. */
const KINDS: ReadonlyMap<unknown, InstrumentDefinition['kind']> = new Map(
  Object.entries(INSTRUMENTS).map(([name, { kind }]) => [name, kind]),
);

const seriesByName = new Map<InstrumentName, Series>();

/** Unix time in milliseconds since when the counters count. */
export const startTimeMs: number = Date.now();

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
  measure('counter', name, by, attributes);
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
  measure('gauge', name, value, attributes);
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
  measure('histogram', name, value, attributes);
}

/**
 * Every instrument with its series, cumulative since `startTimeMs`. Readers share this one store, so that an instrument
 * that was used before the SDK started is not lost.
 *
 * @example
 * ```ts
 * import { collectSeries } from '@moneytrail/metrics';
 * const attempts = collectSeries().find(({ name }) => name === 'payment.attempts');
 * console.log(attempts?.series.every(({ value }) => value === 0)); // true
 * ```
 */
export function collectSeries(): InstrumentSnapshot[] {
  return instrumentNames().map((name) => {
    const series = seriesOf(name);
    const { bounds } = series;
    return { name, definition: INSTRUMENTS[name], bounds, series: series.snapshot() };
  });
}

/** Counts a fact or value that was refused. */
export function countDrop(instrument: string, reason: DropReason): void {
  count('business_events.dropped', { instrument, 'drop.reason': reason });
}

/** Counts a value that was recorded as something else. */
export function countCoerced(instrument: string, reason: DropReason): void {
  count('value.coerced', { instrument, 'drop.reason': reason });
}

/** The series of an instrument; made at first use, because most services use a few of them. */
export function seriesOf(name: InstrumentName): Series {
  const known = seriesByName.get(name);
  if (known) return known;
  const series = new Series(INSTRUMENTS[name], () => countCoerced(name, 'series_limit'));
  seriesByName.set(name, series);
  return series;
}

/** Exactly the declared attributes of an instrument, closed sets closed; what had to be changed is counted. */
export function boundedAttributes(
  name: InstrumentName,
  given: Readonly<Record<string, unknown>>,
): SeriesAttributes {
  const bounded: Record<string, string> = {};
  for (const { attribute, open } of LABELS.get(name) ?? []) {
    const raw = given[attribute];
    const value = isLabel(raw, open) ? raw : labelOf(boundedValue(attribute, raw), open);
    if (value !== raw && raw !== undefined) countCoerced(attribute, 'invalid_value');
    bounded[attribute] = value;
  }
  return bounded;
}

/** Names of all instruments of the catalogue. */
export function instrumentNames(): InstrumentName[] {
  return Object.keys(INSTRUMENTS).filter((name): name is InstrumentName => name in INSTRUMENTS);
}

function measure(
  kind: InstrumentDefinition['kind'],
  name: InstrumentName,
  value: number,
  attributes: Readonly<Record<string, unknown>>,
): void {
  try {
    // A caller without types may give anything as a name.
    if (KINDS.get(name) !== kind) countDrop(OTHER, 'unknown_instrument');
    else if (!isRecordable(kind, value)) countDrop(name, 'invalid_value');
    else seriesOf(name).put(boundedAttributes(name, attributes), value);
  } catch {
    countDrop(OTHER, 'internal');
  }
}

function isRecordable(kind: InstrumentDefinition['kind'], value: unknown): boolean {
  return typeof value === 'number' && Number.isFinite(value) && (kind === 'gauge' || value >= 0);
}
