/** The series of one instrument: from attributes to the place of a number. */
import {
  type AttributeDefinition,
  BUCKET_BOUNDS,
  type InstrumentDefinition,
  OTHER,
} from '@moneytrail/catalogue';
import {
  type Cell,
  type CellOptions,
  CounterCell,
  GaugeCell,
  HistogramCell,
  MoneyCell,
  type SeriesAttributes,
} from './cells.ts';
import { type Branch, createFind, type Find } from './find.ts';
import type { Label } from './labels.ts';
import type { Pages } from './pages.ts';

/** Number of series from which on none are added at zero, so that recorded series have room. */
const MAX_ZERO_SERIES = 500;

/** Attributes as passed by a caller. */
export type GivenAttributes = Readonly<Record<string, unknown>>;

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

/** Options of the series of an instrument. */
export interface SeriesOptions {
  readonly definition: InstrumentDefinition;
  readonly labels: readonly Label[];
  readonly pages: Pages;
  /** Maximum number of series of a process. Others share the overflow series. */
  readonly maxSeries: number;
  /** Called for each value that goes to the overflow series. */
  readonly onOverflow: () => void;
  /** Called for each value that is rejected. */
  readonly onRejected: () => void;
  /** Called for each attribute that the instrument does not have. */
  readonly onUnknown: () => void;
  /** Called for each attribute whose value is replaced. */
  readonly onReplaced: (attribute: string) => void;
}

/** The series of one instrument, in the order of their creation. Series are never removed, and their number is bounded. */
export class Series {
  readonly kind: InstrumentDefinition['kind'];
  readonly bounds: readonly number[];
  readonly #options: SeriesOptions;
  readonly #labels: readonly Label[];
  readonly #root: Branch = { cell: undefined, next: undefined };
  readonly #hasDefaults: boolean;
  readonly #find: Find;
  readonly #cells: Cell[] = [];
  readonly #overflow: Map<string | undefined, Cell> = new Map();

  constructor(options: SeriesOptions) {
    const { kind, buckets } = options.definition;
    this.kind = kind;
    this.bounds = typeof buckets === 'string' ? BUCKET_BOUNDS[buckets] : (buckets ?? []);
    this.#options = options;
    this.#labels = options.labels;
    this.#hasDefaults = options.labels.some(({ definition }) => definition.default !== undefined);
    this.#find = createFind(options.definition.attributes, this.#root);
  }

  /**
   * Adds to a counter, sets a gauge or records a value in a histogram. A bigint is an amount in minor units of the currency
   * of the series. Returns whether the series is new.
   */
  record(given: GivenAttributes, quantity: number | bigint): boolean {
    const before = this.#cells.length;
    const cell = this.cellOf(given);
    if (typeof quantity === 'number') cell.take(quantity);
    else cell.takeMinor(quantity);
    return this.#cells.length > before;
  }

  /** The series with the attributes of an event, which may have more than the instrument. */
  cellOf(given: GivenAttributes): Cell {
    return this.#find(given) ?? this.#bind(this.bounded(given)) ?? this.#overflowCell(given);
  }

  /** The series with the attributes of a call. Those that the instrument does not have are counted. */
  cellOfCall(given: GivenAttributes): Cell {
    const found = this.#find(given);
    const isExact = found && !this.#hasDefaults && numberOf(given) === this.#labels.length;
    if (!isExact) this.#countUnknown(given);
    return found ?? this.cellOf(given);
  }

  /** The same, unless it is an overflow series. */
  bind(given: GivenAttributes): Cell | undefined {
    this.#countUnknown(given);
    return this.#find(given) ?? this.#bind(this.bounded(given));
  }

  /** The declared attributes of the instrument, with bounded values. Replaced values are counted. */
  bounded(given: GivenAttributes): SeriesAttributes {
    const bounded: Record<string, string> = {};
    for (const label of this.#labels) {
      const { attribute, definition } = label;
      const raw = given[attribute] ?? definition.default;
      const value = label.valueOf(raw);
      const isReplaced = value !== raw && raw !== undefined && !label.isSpelling(value);
      if (isReplaced) this.#options.onReplaced(attribute);
      bounded[attribute] = value;
    }
    return bounded;
  }

  /**
   * Starts every combination of known values at zero. Attributes of which only values in use start at zero take them from
   * `attributes`. Does nothing if an attribute has no known values.
   */
  beginAtZero(given: GivenAttributes): void {
    if (this.kind !== 'counter') return;
    const used: Record<string, string> = {};
    for (const label of this.#labels) {
      const raw = given[label.attribute] ?? label.definition.default;
      if (raw !== undefined) used[label.attribute] = label.valueOf(raw);
    }
    const combinations = zeroCombinations(this.#labels, used);
    if (this.#cells.length + combinations.length > MAX_ZERO_SERIES) return;
    for (const combination of combinations) this.#cellAt(combination);
  }

  /** The current state of every series. */
  snapshot(): SeriesSnapshot[] {
    return [...this.#cells, ...this.#overflow.values()].map((cell) => ({
      attributes: cell.attributes,
      value: cell.value(),
      bucketCounts: cell.bucketCounts(),
      bornMs: cell.bornMs,
    }));
  }

  #countUnknown(given: GivenAttributes): void {
    const { attributes } = this.#options.definition;
    if (!hasNames(given)) return;
    for (const name of Object.keys(given)) {
      if (!attributes.includes(name)) this.#options.onUnknown();
    }
  }

  /** The series with bounded attributes; if it is new, the related series start at zero. */
  #bind(attributes: SeriesAttributes): Cell | undefined {
    const before = this.#cells.length;
    const cell = this.#cellAt(attributes);
    if (this.#cells.length > before) this.beginAtZero(attributes);
    return cell;
  }

  #cellAt(attributes: SeriesAttributes): Cell | undefined {
    const branch = this.#branchOf(attributes);
    if (branch === undefined || branch.cell || this.#isFull()) return branch?.cell;
    branch.cell = this.#createCell(attributes);
    this.#cells.push(branch.cell);
    return branch.cell;
  }

  #isFull(): boolean {
    return this.#cells.length >= this.#options.maxSeries;
  }

  /** The branch of bounded attributes. None is created once the instrument has all its series. */
  #branchOf(attributes: SeriesAttributes): Branch | undefined {
    const isFull = this.#isFull();
    let branch = this.#root;
    for (const { attribute, definition } of this.#labels) {
      const value = attributes[attribute] ?? OTHER;
      const next: Branch | undefined = branch.next?.get(value);
      if (next === undefined && isFull) return undefined;
      branch = next ?? grow(branch, value, definition);
    }
    return branch;
  }

  /** The overflow series, of which there is one per currency, because currencies are never added. */
  #overflowCell(given: GivenAttributes): Cell {
    this.#options.onOverflow();
    const label = this.#labels.find(({ attribute }) => attribute === 'money.currency');
    const currency = label?.valueOf(given['money.currency']);
    const known = this.#overflow.get(currency);
    if (known) return known;
    const cell = this.#createCell({
      'otel.metric.overflow': 'true',
      ...(currency === undefined ? {} : { 'money.currency': currency }),
    });
    this.#overflow.set(currency, cell);
    return cell;
  }

  #createCell(attributes: SeriesAttributes): Cell {
    const { definition, pages, onRejected: reject } = this.#options;
    const options = (size: number): CellOptions => ({
      attributes,
      place: pages.reserve(size),
      reject,
    });
    switch (definition.kind) {
      case 'gauge':
        return new GaugeCell(options(GaugeCell.SIZE));
      case 'histogram':
        return new HistogramCell(options(this.bounds.length + 2), this.bounds);
      case 'counter':
        return definition.attributes.includes('money.currency')
          ? new MoneyCell(options(MoneyCell.SIZE))
          : new CounterCell(options(CounterCell.SIZE));
    }
  }
}

/** The number of attributes. A loop, because a list of the names would be an object per call. */
function numberOf(given: GivenAttributes): number {
  let names = 0;
  if (hasNames(given)) for (const _name in given) names += 1;
  return names;
}

/** Whether a value can have attributes. A list may have billions of members, and listing them would take minutes. */
function hasNames(given: unknown): given is object {
  const isObject = typeof given === 'object' && given !== null;
  return isObject && !Array.isArray(given) && !ArrayBuffer.isView(given);
}

/** Adds a value to a branch. If it is the default, a missing value is found, too. */
function grow(branch: Branch, value: string, definition: AttributeDefinition): Branch {
  const next: Branch = { cell: undefined, next: undefined };
  branch.next ??= new Map();
  branch.next.set(value, next);
  if (value === definition.default) branch.next.set(undefined, next);
  return next;
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
