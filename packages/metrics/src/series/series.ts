/** The series of one instrument. */
import {
  type AttributeDefinition,
  BUCKET_BOUNDS,
  currencyExponent,
  type InstrumentDefinition,
  OTHER,
} from '@moneytrail/catalogue';
import type { Label } from './labels.ts';

/** Number of series from which on none are added at zero, so that recorded series have room. */
const MAX_ZERO_SERIES = 500;

/** Attribute values of a series by attribute name. */
export type SeriesAttributes = Readonly<Record<string, string>>;

/** The current state of a series: `value` of a counter or gauge, sum and buckets of a histogram. */
export interface SeriesSnapshot {
  readonly attributes: SeriesAttributes;
  /** Counter or gauge value, or the sum of a histogram; money in major units. */
  readonly value: number;
  /** Observations per bucket, the last one above all bounds; empty for counters and gauges. */
  readonly bucketCounts: readonly number[];
  /** Unix time in milliseconds at which the series started at zero. */
  readonly bornMs: number;
}

/** One instrument with all its series, as a reader sees it. */
export interface InstrumentSnapshot {
  /** Name in its catalogue, without prefix. */
  readonly name: string;
  /** Name with its prefix, as it is sent. */
  readonly metricName: string;
  readonly definition: InstrumentDefinition;
  /** Upper bounds of the buckets; empty for counters and gauges. */
  readonly bounds: readonly number[];
  readonly series: readonly SeriesSnapshot[];
}

interface Cell {
  readonly attributes: SeriesAttributes;
  readonly bornMs: number;
  value: number;
  /** Whether values are money, which is summed exactly in minor units and divided once, when read. */
  minor: bigint;
  readonly bucketCounts: number[];
}

/** Options of the series of an instrument. */
export interface SeriesOptions {
  readonly definition: InstrumentDefinition;
  readonly labels: readonly Label[];
  /** Maximum number of series of a process. Others share the overflow series. */
  readonly maxSeries: number;
  /** Called for each value that goes to the overflow series. */
  readonly onOverflow: () => void;
}

/** The series of one instrument, in the order of their creation. Series are never removed, and their number is bounded. */
export class Series {
  readonly bounds: readonly number[];
  readonly #options: SeriesOptions;
  readonly #cells: Map<string, Cell> = new Map();

  constructor(options: SeriesOptions) {
    const { buckets } = options.definition;
    this.bounds = typeof buckets === 'string' ? BUCKET_BOUNDS[buckets] : (buckets ?? []);
    this.#options = options;
  }

  /**
   * Adds to a counter, sets a gauge or records a value in a histogram. A bigint is an amount in minor units of the currency
   * of the series. Returns whether the series is new.
   */
  record(attributes: SeriesAttributes, quantity: number | bigint): boolean {
    const before = this.#cells.size;
    const cell = this.#cell(attributes);
    const { kind } = this.#options.definition;
    if (kind === 'counter' && typeof quantity === 'bigint') cell.minor += quantity;
    else this.#recordNumber(cell, inMajorUnits(quantity, attributes['money.currency']));
    const isNew = this.#cells.size > before;
    if (isNew) this.beginAtZero(attributes);
    return isNew;
  }

  /**
   * Starts every combination of known values at zero. Attributes of which only values in use start at zero take them from
   * `attributes`. Does nothing if an attribute has no known values.
   */
  beginAtZero(attributes: SeriesAttributes): void {
    if (this.#options.definition.kind !== 'counter') return;
    const combinations = zeroCombinations(this.#options.labels, attributes);
    if (this.#cells.size + combinations.length > MAX_ZERO_SERIES) return;
    for (const combination of combinations) this.#cell(combination);
  }

  /** The current state of every series. */
  snapshot(): SeriesSnapshot[] {
    return Array.from(
      this.#cells.values(),
      ({ attributes, value, minor, bucketCounts, bornMs }) => ({
        attributes,
        value: value + inMajorUnits(minor, attributes['money.currency']),
        bucketCounts: [...bucketCounts],
        bornMs,
      }),
    );
  }

  #recordNumber(cell: Cell, value: number): void {
    const { kind } = this.#options.definition;
    if (kind === 'gauge') {
      cell.value = value;
      return;
    }
    cell.value += value;
    if (kind === 'counter') return;
    const found = this.bounds.findIndex((bound) => value <= bound);
    const bucket = found < 0 ? this.bounds.length : found;
    cell.bucketCounts[bucket] = (cell.bucketCounts[bucket] ?? 0) + 1;
  }

  #cell(attributes: SeriesAttributes): Cell {
    let key = '';
    for (const name of this.#options.definition.attributes) key += `${attributes[name]}\u0000`;
    const known = this.#cells.get(key);
    if (known) return known;
    if (this.#cells.size < this.#options.maxSeries) return this.#remember(key, attributes);
    this.#options.onOverflow();
    return this.#overflowCell(attributes['money.currency']);
  }

  /**
   * The key of an overflow series. There is one per currency because currencies are never added. It differs from all others
   * because attribute values are never empty.
   */
  #overflowCell(currency: string | undefined): Cell {
    const key = `\u0000${currency ?? ''}`;
    const attributes = {
      'otel.metric.overflow': 'true',
      ...(currency === undefined ? {} : { 'money.currency': currency }),
    };
    return this.#cells.get(key) ?? this.#remember(key, attributes);
  }

  #remember(key: string, attributes: SeriesAttributes): Cell {
    const buckets = this.#options.definition.kind === 'histogram' ? this.bounds.length + 1 : 0;
    const bucketCounts = new Array<number>(buckets).fill(0);
    const cell: Cell = { attributes, bornMs: Date.now(), value: 0, minor: 0n, bucketCounts };
    this.#cells.set(key, cell);
    return cell;
  }
}

/** Converts to major units: a bigint is minor units, a number is major units already. */
function inMajorUnits(quantity: number | bigint, currency = ''): number {
  if (typeof quantity === 'number') return quantity;
  return Number(quantity) / 10 ** (currencyExponent(currency) ?? 0);
}

/** Every combination of known values; none if an attribute has no known values. */
function zeroCombinations(labels: readonly Label[], given: SeriesAttributes): SeriesAttributes[] {
  return labels.reduce<SeriesAttributes[]>(
    (found, { attribute, definition }) => {
      const values = zeroValues(definition, given[attribute]);
      return found.flatMap((head) => values.map((value) => ({ ...head, [attribute]: value })));
    },
    [{}],
  );
}

function zeroValues(
  { kind, values, zeroSeries }: AttributeDefinition,
  given: string | undefined,
): readonly string[] {
  if (zeroSeries === 'used_values' || kind === 'currency')
    return given === undefined ? [] : [given];
  const known = Object.keys(values ?? {});
  const isOwn = kind === 'open_set' && given !== undefined && given !== OTHER;
  return isOwn ? [...new Set([...known, given])] : known;
}
