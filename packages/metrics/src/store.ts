// The series of all instruments of one recorder.
import {
  INSTRUMENTS,
  type InstrumentDefinition,
  type InstrumentName,
  OTHER,
} from '@moneytrail/catalogue';
import { createLabels, isLabel, labelOf } from './labels.ts';
import type { DropReason, InstrumentSnapshot } from './meter.ts';
import { Series, type SeriesAttributes } from './series.ts';
import { boundedValue } from './values.ts';

/** Attributes as a caller gives them. */
export type GivenAttributes = Readonly<Record<string, unknown>>;

/** The kind of each instrument. */
const KINDS: ReadonlyMap<unknown, InstrumentDefinition['kind']> = new Map(
  Object.entries(INSTRUMENTS).map(([name, { kind }]) => [name, kind]),
);

/** The series of every instrument of the catalogue; those of an instrument are made at its first use. */
export class SeriesStore {
  readonly #series: Map<InstrumentName, Series> = new Map();
  readonly #labels: ReturnType<typeof createLabels> = createLabels();

  /** Puts a value into an instrument of this kind, or counts why it cannot. It never throws. */
  measure(
    kind: InstrumentDefinition['kind'],
    name: InstrumentName,
    value: number,
    attributes: GivenAttributes,
  ): void {
    try {
      // A caller without types may give anything as a name.
      if (KINDS.get(name) !== kind) this.drop(OTHER, 'unknown_instrument');
      else if (!isRecordable(kind, value)) this.drop(name, 'invalid_value');
      else this.put(name, value, attributes);
    } catch {
      this.drop(OTHER, 'internal');
    }
  }

  /**
   * Puts a quantity into the series that has these attributes; those outside of closed sets are mended and counted. Returns whether a
   * series began.
   */
  put(name: InstrumentName, quantity: number | bigint, attributes: GivenAttributes): boolean {
    return this.#seriesOf(name).put(this.#bounded(name, attributes), quantity);
  }

  /**
   * Lets the counters of an instrument begin at zero, with the provider and the currency that are given. Nothing begins where one of
   * them is asked for and missing.
   */
  beginAtZero(name: InstrumentName, given: GivenAttributes): void {
    const bounded: Record<string, string> = {};
    for (const { attribute, open, unsaid } of this.#labels.get(name) ?? []) {
      const raw = given[attribute] ?? unsaid;
      if (raw !== undefined) bounded[attribute] = labelOf(boundedValue(attribute, raw), open);
    }
    this.#seriesOf(name).beginAtZero(bounded);
  }

  /** Counts a fact or value that was refused. */
  drop(instrument: string, reason: DropReason): void {
    this.measure('counter', 'business_events.dropped', 1, { instrument, 'drop.reason': reason });
  }

  /** Counts a value that was recorded as something else. */
  coerced(instrument: string, reason: DropReason): void {
    this.measure('counter', 'value.coerced', 1, { instrument, 'drop.reason': reason });
  }

  /** Every instrument that was used, with its series as they stand. */
  snapshot(): InstrumentSnapshot[] {
    return instrumentNames().flatMap((name) => {
      const series = this.#series.get(name);
      if (series === undefined) return [];
      const { bounds } = series;
      return [{ name, definition: INSTRUMENTS[name], bounds, series: series.snapshot() }];
    });
  }

  #seriesOf(name: InstrumentName): Series {
    const known = this.#series.get(name);
    if (known) return known;
    const series = new Series(INSTRUMENTS[name], () => this.coerced(name, 'series_limit'));
    this.#series.set(name, series);
    return series;
  }

  /** Exactly the declared attributes of an instrument, closed sets closed; what had to be changed is counted. */
  #bounded(name: InstrumentName, given: GivenAttributes): SeriesAttributes {
    const bounded: Record<string, string> = {};
    for (const { attribute, open, isWord, unsaid } of this.#labels.get(name) ?? []) {
      const raw = given[attribute] ?? unsaid;
      const value = isLabel(raw, open) ? raw : labelOf(boundedValue(attribute, raw), open);
      // Another way to write the same word is not a wrong value.
      if (value !== raw && raw !== undefined && (value === OTHER || !isWord))
        this.coerced(attribute, 'invalid_value');
      bounded[attribute] = value;
    }
    return bounded;
  }
}

/** Names of all instruments of the catalogue. */
export function instrumentNames(): InstrumentName[] {
  return Object.keys(INSTRUMENTS).filter((name): name is InstrumentName => name in INSTRUMENTS);
}

function isRecordable(kind: InstrumentDefinition['kind'], value: unknown): boolean {
  return typeof value === 'number' && Number.isFinite(value) && (kind === 'gauge' || value >= 0);
}
