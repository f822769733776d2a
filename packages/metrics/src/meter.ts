/** Records values in instruments, for callers whose types are not checked. None of its calls throws. */
import { type InstrumentDefinition, OTHER } from '@moneytrail/catalogue';
import { isLossCounter, type Losses } from './losses.ts';
import { type AnyBound, boundTo } from './series/bound.ts';
import type { GivenAttributes, Series } from './series/series.ts';
import type { SeriesTable } from './series/table.ts';

type Kind = InstrumentDefinition['kind'];

/** The values of one recorder. */
export class Meter {
  readonly #series: SeriesTable;
  readonly #losses: Losses;

  constructor(series: SeriesTable, losses: Losses) {
    this.#series = series;
    this.#losses = losses;
  }

  /** Records a value in the series with these attributes. A getter of the attributes may throw. */
  measure(kind: Kind, name: unknown, value: unknown, attributes: GivenAttributes): void {
    try {
      const series = this.#seriesOf(kind, name);
      if (series === undefined) this.#count(name, value, attributes);
      else if (isRecordable(kind, value)) series.cellOfCall(attributes).take(value);
      else this.#drop(name, 'invalid_value');
    } catch {
      this.#drop(OTHER, 'internal');
    }
  }

  /** The series with these attributes as a handle. Each value of an overflow series is counted. */
  bind(kind: Kind, name: unknown, attributes: GivenAttributes): AnyBound {
    const recordEach = (value: unknown): void => this.measure(kind, name, value, attributes);
    try {
      return this.#seriesOf(kind, name)?.bind(attributes) ?? boundTo(recordEach);
    } catch {
      return boundTo(recordEach);
    }
  }

  #seriesOf(kind: Kind, name: unknown): Series | undefined {
    const series = this.#series.of(name);
    return series?.kind === kind ? series : undefined;
  }

  /** Counts a value that belongs to no series: a loss, or a name that the catalogue does not have. */
  #count(name: unknown, value: unknown, attributes: GivenAttributes): void {
    if (!isLossCounter(name)) this.#drop(OTHER, 'unknown_instrument');
    else if (!isRecordable('counter', value)) this.#drop(name, 'invalid_value');
    else this.#losses.add(name, attributes['instrument'], attributes['drop.reason'], value);
  }

  #drop(instrument: unknown, reason: string): void {
    this.#losses.add('business_events.dropped', instrument, reason);
  }
}

function isRecordable(kind: Kind, value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && (kind === 'gauge' || value >= 0);
}
