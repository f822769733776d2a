import {
  BUCKET_BOUNDS,
  closedValues,
  currencyExponent,
  type InstrumentDefinition,
  OTHER,
} from '@moneytrail/catalogue';

/** Series that one instrument may have in the life of a process; what comes after goes to the overflow series. */
const MAX_SERIES = 2000;

/** Currencies whose series stand at zero from the start; others begin with their first payment. */
const ZERO_CURRENCIES = ['USD', 'EUR', 'GBP', 'JPY', 'CAD', 'AUD', 'CHF', 'BRL', 'INR', 'MXN'];

/** Attribute values of a series by attribute name. */
export type SeriesAttributes = Readonly<Record<string, string>>;

/** One series as it stands: `value` of a counter or gauge, sum and buckets of a histogram. */
export interface SeriesSnapshot {
  readonly attributes: SeriesAttributes;
  /** Counter or gauge value, or the sum of a histogram; money in major units. */
  readonly value: number;
  /** Observations per bucket, the last one above every bound; empty for counters and gauges. */
  readonly bucketCounts: readonly number[];
}

interface Cell {
  readonly attributes: SeriesAttributes;
  value: number;
  /** Money is summed exactly in minor units and divided once, when it is read. */
  minor: bigint;
  readonly bucketCounts: number[];
}

/** The series of one instrument. They start at zero and their number is bounded for the life of the process. */
export class Series {
  readonly bounds: readonly number[];
  readonly #kind: InstrumentDefinition['kind'];
  readonly #attributes: readonly string[];
  readonly #cells: Map<string, Cell> = new Map();
  readonly #onOverflow: () => void;

  constructor(definition: InstrumentDefinition, onOverflow: () => void) {
    this.bounds = definition.buckets ? BUCKET_BOUNDS[definition.buckets] : [];
    this.#attributes = definition.attributes;
    this.#kind = definition.kind;
    this.#onOverflow = onOverflow;
    if (definition.kind === 'counter') {
      for (const attributes of zeroCombinations(definition)) this.#cell(attributes);
    }
  }

  /**
   * Adds to a counter, sets a gauge or puts a value into a histogram. A bigint is minor units of the series' currency.
   */
  put(attributes: SeriesAttributes, quantity: number | bigint): void {
    const cell = this.#cell(attributes);
    if (this.#kind === 'counter' && typeof quantity === 'bigint') cell.minor += quantity;
    else this.#putNumber(cell, inMajorUnits(quantity, attributes['money.currency']));
  }

  /** Every series as it stands. */
  snapshot(): SeriesSnapshot[] {
    return Array.from(this.#cells.values(), ({ attributes, value, minor, bucketCounts }) => ({
      attributes,
      value: value + inMajorUnits(minor, attributes['money.currency']),
      bucketCounts: [...bucketCounts],
    }));
  }

  #putNumber(cell: Cell, value: number): void {
    if (this.#kind === 'gauge') {
      cell.value = value;
      return;
    }
    cell.value += value;
    if (this.#kind === 'counter') return;
    const found = this.bounds.findIndex((bound) => value <= bound);
    const bucket = found < 0 ? this.bounds.length : found;
    cell.bucketCounts[bucket] = (cell.bucketCounts[bucket] ?? 0) + 1;
  }

  #cell(attributes: SeriesAttributes): Cell {
    let key = '';
    for (const name of this.#attributes) key += `${attributes[name]}\u0000`;
    const known = this.#cells.get(key);
    if (known) return known;
    if (this.#cells.size < MAX_SERIES) return this.#remember(key, attributes);
    this.#onOverflow();
    return this.#overflowCell(attributes['money.currency']);
  }

  /**
   * An overflow series keeps its currency, because currencies are never added. Its key is like no other: no value of an
   * attribute is empty.
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
    const buckets = this.#kind === 'histogram' ? this.bounds.length + 1 : 0;
    const bucketCounts = new Array<number>(buckets).fill(0);
    const cell: Cell = { attributes, value: 0, minor: 0n, bucketCounts };
    this.#cells.set(key, cell);
    return cell;
  }
}

/** A bigint is minor units and is divided once; a number is already what it says. */
function inMajorUnits(quantity: number | bigint, currency = ''): number {
  if (typeof quantity === 'number') return quantity;
  return Number(quantity) / 10 ** (currencyExponent(currency) ?? 0);
}

/** Every combination of closed values, so that `increase()` sees the first event of each; none where a list is open. */
function zeroCombinations(definition: InstrumentDefinition): SeriesAttributes[] {
  return definition.attributes.reduce<SeriesAttributes[]>(
    (found, name) => {
      const closed: readonly string[] =
        name === 'money.currency' ? ZERO_CURRENCIES : (closedValues(name) ?? []);
      const values = closed.filter((value) => value !== OTHER);
      return found.flatMap((head) => values.map((value) => ({ ...head, [name]: value })));
    },
    [{}],
  );
}
