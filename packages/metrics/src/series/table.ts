/** The series of all instruments of a catalogue. */
import type { Catalogue, InstrumentDefinition } from '@moneytrail/catalogue';
import type { Losses } from '../losses.ts';
import { shortNameOf } from '../plan.ts';
import { createLabels, type Label } from './labels.ts';
import { type InstrumentSnapshot, Series, type SeriesAttributes } from './series.ts';

/** Attributes as passed by a caller. */
export type GivenAttributes = Readonly<Record<string, unknown>>;

/** The series of every instrument of a catalogue, created when an instrument is first used. */
export class SeriesTable {
  readonly #catalogue: Catalogue;
  readonly #losses: Losses;
  readonly #maxSeries: number;
  readonly #labels: ReadonlyMap<string, readonly Label[]>;
  readonly #series: Map<string, Series> = new Map();

  constructor(catalogue: Catalogue, losses: Losses, maxSeries: number) {
    this.#catalogue = catalogue;
    this.#losses = losses;
    this.#maxSeries = maxSeries;
    this.#labels = createLabels(catalogue);
  }

  /** The instrument with this name and kind, if there is one. Callers without types may pass any value as name. */
  has(kind: InstrumentDefinition['kind'], name: unknown): name is string {
    return typeof name === 'string' && this.#definitionOf(name)?.kind === kind;
  }

  /**
   * Records a quantity in the series with these attributes. Values outside of closed sets are replaced and counted. Returns
   * whether the series is new.
   */
  record(name: string, quantity: number | bigint, attributes: GivenAttributes): boolean {
    return this.#seriesOf(name)?.record(this.bounded(name, attributes), quantity) ?? false;
  }

  /** Records a quantity under attributes returned by `bounded`. */
  recordBounded(name: string, quantity: number | bigint, attributes: SeriesAttributes): void {
    this.#seriesOf(name)?.record(attributes, quantity);
  }

  /**
   * Starts the counters of an instrument at zero, with the given provider and currency. Does nothing if the instrument
   * requires one of them and it is missing.
   */
  beginAtZero(name: string, given: GivenAttributes): void {
    const bounded: Record<string, string> = {};
    for (const label of this.#labels.get(name) ?? []) {
      const raw = given[label.attribute] ?? label.definition.default;
      if (raw !== undefined) bounded[label.attribute] = label.valueOf(raw);
    }
    this.#seriesOf(name)?.beginAtZero(bounded);
  }

  /** The declared attributes of an instrument, with bounded values. Replaced values are counted. */
  bounded(name: string, given: GivenAttributes): SeriesAttributes {
    const bounded: Record<string, string> = {};
    for (const label of this.#labels.get(name) ?? []) {
      const { attribute, definition } = label;
      const raw = given[attribute] ?? definition.default;
      const value = label.valueOf(raw);
      if (value !== raw && raw !== undefined && !label.isSpelling(value)) {
        this.#losses.add('value.coerced', attribute, 'invalid_value');
      }
      bounded[attribute] = value;
    }
    return bounded;
  }

  /** Every instrument that was used, with its current series. */
  snapshot(): InstrumentSnapshot[] {
    return Object.entries(this.#catalogue.instruments).flatMap(([name, definition]) => {
      const series = this.#series.get(name);
      if (series === undefined) return [];
      const metricName = this.#catalogue.prefix + name;
      return [{ name, metricName, definition, bounds: series.bounds, series: series.snapshot() }];
    });
  }

  #seriesOf(name: string): Series | undefined {
    const known = this.#series.get(name);
    if (known) return known;
    const definition = this.#definitionOf(name);
    if (definition === undefined) return undefined;
    const shortName = shortNameOf(this.#catalogue, name);
    const series = new Series({
      definition,
      labels: this.#labels.get(name) ?? [],
      maxSeries: this.#maxSeries,
      onOverflow: () => this.#losses.add('value.coerced', shortName, 'series_limit'),
    });
    this.#series.set(name, series);
    return series;
  }

  #definitionOf(name: string): InstrumentDefinition | undefined {
    const { instruments } = this.#catalogue;
    return Object.hasOwn(instruments, name) ? instruments[name] : undefined;
  }
}
