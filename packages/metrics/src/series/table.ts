/** The series of all instruments of a catalogue. */
import type { Catalogue, InstrumentDefinition } from '@moneytrail/catalogue';
import { isLossCounter, type Losses } from '../losses.ts';
import { shortNameOf } from '../plan.ts';
import { createLabels, type Label } from './labels.ts';
import { Pages } from './pages.ts';
import { type GivenAttributes, type InstrumentSnapshot, Series } from './series.ts';

/** The series of every instrument of a catalogue, created when an instrument is first used. */
export class SeriesTable {
  readonly #catalogue: Catalogue;
  readonly #losses: Losses;
  readonly #maxSeries: number;
  readonly #labels: ReadonlyMap<string, readonly Label[]>;
  readonly #pages: Pages = new Pages();
  readonly #series: Map<unknown, Series> = new Map();

  constructor(catalogue: Catalogue, losses: Losses, maxSeries: number) {
    this.#catalogue = catalogue;
    this.#losses = losses;
    this.#maxSeries = maxSeries;
    this.#labels = createLabels(catalogue);
  }

  /** The series of the instrument with this name, if there is one. Losses have a table of their own. Callers without types may pass any value as name. */
  of(name: unknown): Series | undefined {
    return this.#series.get(name) ?? this.#create(name);
  }

  /** Records a quantity in the series with these attributes. Returns whether the series is new. */
  record(name: string, quantity: number | bigint, attributes: GivenAttributes): boolean {
    return this.of(name)?.record(attributes, quantity) ?? false;
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

  #create(name: unknown): Series | undefined {
    const definition = this.#definitionOf(name);
    const isRecorded = definition !== undefined && !isLossCounter(name);
    if (typeof name !== 'string' || !isRecorded) return undefined;
    const shortName = shortNameOf(this.#catalogue, name);
    const series = new Series({
      definition,
      labels: this.#labels.get(name) ?? [],
      pages: this.#pages,
      maxSeries: this.#maxSeries,
      onOverflow: () => this.#losses.add('value.coerced', shortName, 'series_limit'),
      onRejected: () => this.#losses.add('business_events.dropped', shortName, 'invalid_value'),
      onUnknown: () => this.#losses.add('value.coerced', shortName, 'unknown_attribute'),
      onReplaced: (attribute) => this.#losses.add('value.coerced', attribute, 'invalid_value'),
    });
    this.#series.set(name, series);
    return series;
  }

  #definitionOf(name: unknown): InstrumentDefinition | undefined {
    const { instruments } = this.#catalogue;
    const isKnown = typeof name === 'string' && Object.hasOwn(instruments, name);
    return isKnown ? instruments[name] : undefined;
  }
}
