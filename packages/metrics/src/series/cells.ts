/** Single series: a place in a page of numbers, and the calls that change it. They are the handles that callers keep. */
import { currencyExponent } from '@moneytrail/catalogue';
import type { AnyBound } from './bound.ts';
import type { Place } from './pages.ts';

/** Attribute values of a series by attribute name. */
export type SeriesAttributes = Readonly<Record<string, string>>;

/** What a cell needs. */
export interface CellOptions {
  readonly attributes: SeriesAttributes;
  readonly place: Place;
  /** Counts a value that is rejected. */
  readonly reject: () => void;
}

/** Larger numbers are not exact. */
const MAX = Number.MAX_SAFE_INTEGER;

/** A series of an instrument. Calls of other kinds of instruments are rejected and counted. */
export abstract class Cell implements AnyBound {
  readonly attributes: SeriesAttributes;
  readonly bornMs: number = Date.now();
  protected readonly page: Float64Array;
  protected readonly index: number;
  protected readonly reject: () => void;

  constructor({ attributes, place, reject }: CellOptions) {
    this.attributes = attributes;
    this.page = place.page;
    this.index = place.index;
    this.reject = reject;
  }

  /** Adds, sets or records a number, depending on the kind of the instrument. */
  abstract take(quantity: number): void;

  /** The same for money in minor units of the currency of the series. */
  takeMinor(minor: bigint): void {
    this.take(Number(minor) / this.minorPerMajor());
  }

  add(_by?: number): void {
    this.reject();
  }

  set(_value: number): void {
    this.reject();
  }

  record(_value: number): void {
    this.reject();
  }

  /** The value of a counter or gauge, or the sum of a histogram; money in major units. */
  value(): number {
    return this.page[this.index] ?? 0;
  }

  /** Observations per bucket; empty for counters and gauges. */
  bucketCounts(): number[] {
    return [];
  }

  protected increase(offset: number, by: number): void {
    const index = this.index + offset;
    this.page[index] = (this.page[index] ?? 0) + by;
  }

  protected minorPerMajor(): number {
    return 10 ** (currencyExponent(this.attributes['money.currency'] ?? '') ?? 0);
  }
}

/** A series of a counter. */
export class CounterCell extends Cell {
  static readonly SIZE = 1;

  /** Adds a number. Most calls add 1, and a short function is compiled into its caller. */
  override add(by = 1): void {
    if (by === 1) this.page[this.index] = (this.page[this.index] ?? 0) + 1;
    else this.#addMany(by);
  }

  take(quantity: number): void {
    this.add(quantity);
  }

  /** A number that is negative, not finite or above 2^53 - 1 is rejected and counted. */
  #addMany(by: number): void {
    if (typeof by === 'number' && by >= 0 && by <= MAX) this.increase(0, by);
    else this.reject();
  }
}

/**
 * A series of a counter of money. Amounts in minor units are added exactly: as a number below 2^53, and the number of times
 * that it reached 2^53. Numbers are major units, and are added as they are.
 */
export class MoneyCell extends Cell {
  /** Minor units, 2^53 minor units, major units. */
  static readonly SIZE = 3;

  /** Adds major units. A number that is negative, not finite or above 2^53 - 1 is rejected and counted. */
  override add(by = 1): void {
    if (typeof by === 'number' && by >= 0 && by <= MAX) this.increase(2, by);
    else this.reject();
  }

  take(quantity: number): void {
    this.add(quantity);
  }

  override takeMinor(minor: bigint): void {
    if (minor < 0n) {
      this.reject();
    } else if (minor <= MAX) {
      this.#addBelowLimit(Number(minor));
    } else {
      this.increase(1, Number(minor >> 53n));
      this.#addBelowLimit(Number(BigInt.asUintN(53, minor)));
    }
  }

  override value(): number {
    const low = this.page[this.index] ?? 0;
    const high = this.page[this.index + 1] ?? 0;
    const minor = high === 0 ? low : Number((BigInt(high) << 53n) + BigInt(low));
    return minor / this.minorPerMajor() + (this.page[this.index + 2] ?? 0);
  }

  /** Adds less than 2^53. The sum of two such numbers may not be exact, so the difference to 2^53 is computed first. */
  #addBelowLimit(minor: number): void {
    const low = this.page[this.index] ?? 0;
    const room = MAX - low;
    if (minor <= room) {
      this.page[this.index] = low + minor;
      return;
    }
    this.page[this.index] = minor - room - 1;
    this.increase(1, 1);
  }
}

/** A series of a gauge. */
export class GaugeCell extends Cell {
  static readonly SIZE = 1;

  /** Sets the gauge. A number that is not finite is rejected and counted. */
  override set(value: number): void {
    if (Number.isFinite(value)) this.page[this.index] = value;
    else this.reject();
  }

  take(quantity: number): void {
    this.set(quantity);
  }
}

/** A series of a histogram: its sum, and the number of values per bucket. */
export class HistogramCell extends Cell {
  readonly #bounds: readonly number[];

  constructor(options: CellOptions, bounds: readonly number[]) {
    super(options);
    this.#bounds = bounds;
  }

  /** Records a value. A number that is negative or not finite is rejected and counted. */
  override record(value: number): void {
    if (!(typeof value === 'number' && value >= 0 && value <= Number.MAX_VALUE)) {
      this.reject();
      return;
    }
    this.increase(0, value);
    this.increase(1 + bucketOf(value, this.#bounds), 1);
  }

  take(quantity: number): void {
    this.record(quantity);
  }

  override bucketCounts(): number[] {
    const first = this.index + 1;
    return Array.from(this.page.subarray(first, first + this.#bounds.length + 1));
  }
}

/** The bucket of a value: the first one whose upper bound it does not exceed. */
function bucketOf(value: number, bounds: readonly number[]): number {
  let bucket = 0;
  while (bucket < bounds.length && value > (bounds[bucket] ?? 0)) bucket += 1;
  return bucket;
}
