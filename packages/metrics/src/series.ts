import {
  ATTRIBUTES,
  type AttributeName,
  BUCKET_BOUNDS,
  closedValues,
  currencyExponent,
  type InstrumentDefinition,
  OTHER,
} from '@moneytrail/catalogue';

/** Series that one instrument may have in the life of a process; what comes after goes to the overflow series. */
const MAX_SERIES = 2000;

/** Series after which no others are added at zero, so that they take no room from what is counted. */
const MAX_ZERO_SERIES = 500;

/** Attribute values of a series by attribute name. */
export type SeriesAttributes = Readonly<Record<string, string>>;

/** One series as it stands: `value` of a counter or gauge, sum and buckets of a histogram. */
export interface SeriesSnapshot {
  readonly attributes: SeriesAttributes;
  /** Counter or gauge value, or the sum of a histogram; money in major units. */
  readonly value: number;
  /** Observations per bucket, the last one above every bound; empty for counters and gauges. */
  readonly bucketCounts: readonly number[];
  /** Unix time in milliseconds at which the series began, at zero. */
  readonly bornMs: number;
}

interface Cell {
  readonly attributes: SeriesAttributes;
  readonly bornMs: number;
  value: number;
  /** Money is summed exactly in minor units and divided once, when it is read. */
  minor: bigint;
  readonly bucketCounts: number[];
}

/**
 * The series of one instrument, in the order in which they began; none ever goes away, and their number is bounded for the life of the
 * process.
 */
export class Series {
  readonly bounds: readonly number[];
  readonly #definition: InstrumentDefinition;
  readonly #cells: Map<string, Cell> = new Map();
  readonly #onOverflow: () => void;

  constructor(definition: InstrumentDefinition, onOverflow: () => void) {
    this.bounds = definition.buckets ? BUCKET_BOUNDS[definition.buckets] : [];
    this.#definition = definition;
    this.#onOverflow = onOverflow;
  }

  /**
   * Adds to a counter, sets a gauge or puts a value into a histogram. A bigint is minor units of the series' currency. Returns whether a
   * series began.
   */
  put(attributes: SeriesAttributes, quantity: number | bigint): boolean {
    const before = this.#cells.size;
    const cell = this.#cell(attributes);
    const { kind } = this.#definition;
    if (kind === 'counter' && typeof quantity === 'bigint') cell.minor += quantity;
    else this.#putNumber(cell, inMajorUnits(quantity, attributes['money.currency']));
    const isNew = this.#cells.size > before;
    if (isNew) this.beginAtZero(attributes);
    return isNew;
  }

  /**
   * Lets every combination of known values begin at zero, with the provider and the currency of `attributes`. Nothing begins where
   * nothing is known of an attribute.
   */
  beginAtZero(attributes: SeriesAttributes): void {
    if (this.#definition.kind !== 'counter') return;
    const combinations = zeroCombinations(this.#definition, attributes);
    if (this.#cells.size + combinations.length > MAX_ZERO_SERIES) return;
    for (const combination of combinations) this.#cell(combination);
  }

  /** Every series as it stands. */
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

  #putNumber(cell: Cell, value: number): void {
    const { kind } = this.#definition;
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
    for (const name of this.#definition.attributes) key += `${attributes[name]}\u0000`;
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
    const buckets = this.#definition.kind === 'histogram' ? this.bounds.length + 1 : 0;
    const bucketCounts = new Array<number>(buckets).fill(0);
    const cell: Cell = { attributes, bornMs: Date.now(), value: 0, minor: 0n, bucketCounts };
    this.#cells.set(key, cell);
    return cell;
  }
}

/** A bigint is minor units and is divided once; a number is already what it says. */
function inMajorUnits(quantity: number | bigint, currency = ''): number {
  if (typeof quantity === 'number') return quantity;
  return Number(quantity) / 10 ** (currencyExponent(currency) ?? 0);
}

/** Every combination of known values with the provider and the currency that are given; none where nothing of an attribute is known. */
function zeroCombinations(
  { attributes }: InstrumentDefinition,
  given: SeriesAttributes,
): SeriesAttributes[] {
  return attributes.reduce<SeriesAttributes[]>(
    (found, name) => {
      const values = valuesBeside(name, given[name]);
      return found.flatMap((head) => values.map((value) => ({ ...head, [name]: value })));
    },
    [{}],
  );
}

/** A service that uses one of their values may never use another. */
const AS_GIVEN: readonly AttributeName[] = ['payment.provider', 'money.currency', 'account.kind'];

function valuesBeside(name: AttributeName, given: string | undefined): readonly string[] {
  if (AS_GIVEN.includes(name)) return given === undefined ? [] : [given];
  const known = closedValues(name)?.filter((value) => value !== OTHER) ?? [];
  const isOwn = ATTRIBUTES[name].kind === 'open_set' && given !== undefined && given !== OTHER;
  return isOwn ? [...new Set([...known, given])] : known;
}
