/** Recorders, with which a service records the events and values of a catalogue. */
import {
  type BusinessEventIn,
  type Catalogue,
  type InstrumentNameIn,
  type InstrumentsOfKind,
  invalidOption,
  type LabelsOf,
} from '@moneytrail/catalogue';
import { type Calls, createCalls } from './calls.ts';
import type { Core } from './core.ts';
import type { TrackResult } from './event/tracker.ts';
import { isOurs, type Limits, MAX_SERIES, RECORDERS, Recorders } from './process.ts';
import { REMEMBERED } from './recent-keys.ts';
import type { Bindable, BoundCounter, BoundGauge, BoundHistogram } from './series/bound.ts';
import type { InstrumentSnapshot } from './series/series.ts';

/** Records the events and values of one catalogue. None of its calls throws. */
export interface Recorder<C extends Catalogue> {
  readonly catalogue: C;
  /**
   * One call per event, named by the plural of its noun and by its verb: `calls.orders.shipped({ … })` records
   * `order.shipped`.
   */
  readonly calls: Calls<C>;
  /** Records an event; `event` is its name without prefix. */
  readonly track: (event: BusinessEventIn<C>) => TrackResult;
  /** Adds to a counter, 1 by default. */
  readonly count: <Name extends InstrumentsOfKind<C, 'counter'>>(
    name: Name,
    attributes: LabelsOf<C, Name & InstrumentNameIn<C>>,
    by?: number,
  ) => void;
  /** Sets a gauge. */
  readonly setGauge: <Name extends InstrumentsOfKind<C, 'gauge'>>(
    name: Name,
    value: number,
    attributes: LabelsOf<C, Name & InstrumentNameIn<C>>,
  ) => void;
  /** Records a value in a histogram, in the unit of the instrument. */
  readonly recordValue: <Name extends InstrumentsOfKind<C, 'histogram'>>(
    name: Name,
    value: number,
    attributes: LabelsOf<C, Name & InstrumentNameIn<C>>,
  ) => void;
  /** A counter whose series can be bound: `counter(name).with(attributes).add(1)`. */
  readonly counter: <Name extends InstrumentsOfKind<C, 'counter'>>(
    name: Name,
  ) => Bindable<LabelsOf<C, Name & InstrumentNameIn<C>>, BoundCounter>;
  /** A gauge whose series can be bound. */
  readonly gauge: <Name extends InstrumentsOfKind<C, 'gauge'>>(
    name: Name,
  ) => Bindable<LabelsOf<C, Name & InstrumentNameIn<C>>, BoundGauge>;
  /** A histogram whose series can be bound. */
  readonly histogram: <Name extends InstrumentsOfKind<C, 'histogram'>>(
    name: Name,
  ) => Bindable<LabelsOf<C, Name & InstrumentNameIn<C>>, BoundHistogram>;
  /** Every instrument of the recorder that was used, with its cumulative series. */
  readonly collect: () => InstrumentSnapshot[];
}

/** Options of `createRecorder`. */
export interface RecorderOptions {
  /**
   * Excludes the recorder from everything that the process sends: its series, and the counts of its losses, are only
   * returned by its own `collect`. For unit tests. @defaultValue false
   */
  readonly isolated?: boolean;
  /**
   * Values that are in use from the start, such as `{ 'money.currency': ['EUR'], 'payment.provider': ['stripe'] }`:
   * counters of money and of providers start at zero for them. By default they start with the first event.
   */
  readonly inUse?: Readonly<Record<string, readonly string[]>>;
  /** Maximum number of series of one instrument. Others share one overflow series, and are counted. @defaultValue 2000 */
  readonly maxSeries?: number;
  /** Number of objects for which duplicate events are detected. The oldest is forgotten first. @defaultValue 100000 */
  readonly remembered?: number;
}

/**
 * Creates the recorder of a catalogue. Its events and series are sent like those of Moneytrail, even if telemetry starts
 * later, and its counters start at zero. A catalogue has one recorder, even if several copies of this package are loaded.
 * Throws `MONEYTRAIL_CATALOGUE_NAME_TAKEN`, `MONEYTRAIL_CATALOGUE_NAMES_FOLD`, `MONEYTRAIL_CATALOGUE_TOO_MANY_SERIES` if it
 * cannot be combined with the other catalogues of the process, and `MONEYTRAIL_OPTION_INVALID`.
 *
 * @example
 * ```ts
 * import { createRecorder, defineCatalogue } from '@moneytrail/metrics';
 *
 * const CLUB = defineCatalogue({
 *   prefix: 'club',
 *   attributes: { 'visit.id': { kind: 'id', help: 'One visit.' } },
 *   events: {
 *     'visit.ended': { help: 'A guest left.', severity: 'INFO', identity: ['id'], required: { id: 'visit.id' } },
 *   },
 *   instruments: {
 *     visits: { kind: 'counter', unit: '{visit}', help: 'Visits.', attributes: [], on: { 'visit.ended': {} } },
 *   },
 * });
 * const { calls, collect } = createRecorder(CLUB);
 * console.log(calls.visits.ended({ id: 'v_1' }), calls.visits.ended({ id: 'v_1' })); // recorded duplicate
 * console.log(collect()[0]?.series[0]?.value); // 1
 * ```
 */
export function createRecorder<C extends Catalogue>(
  catalogue: C,
  options: RecorderOptions = {},
): Recorder<C> {
  const { isolated = false, inUse = {}, maxSeries = MAX_SERIES, remembered = REMEMBERED } = options;
  checkLimit('maxSeries', maxSeries);
  checkLimit('remembered', remembered);
  const limits: Limits = { maxSeries, remembered };
  const recorders = isolated ? new Recorders(limits) : RECORDERS;
  const core = coreOf(recorders, catalogue, limits);
  if (!isOurs(catalogue) || Object.keys(inUse).length > 0) core.beginAtZero(inUse);
  const recorder = typed(catalogue, core);
  return isolated ? { ...recorder, collect: () => recorders.collect() } : recorder;
}

function checkLimit(name: string, value: unknown): void {
  if (Number.isSafeInteger(value) && Number(value) >= 1) return;
  const expected = 'an integer from 1';
  throw invalidOption(name, value, expected);
}

function coreOf(recorders: Recorders, catalogue: Catalogue, limits: Limits): Core {
  return isOurs(catalogue) ? recorders.ours : recorders.add(catalogue, limits);
}

function typed<C extends Catalogue>(catalogue: C, core: Core): Recorder<C> {
  return {
    catalogue,
    calls: createCalls(catalogue, core.track),
    track: (event) => core.track(event, undefined),
    count: (name, attributes, by = 1) => core.measure('counter', name, by, attributes),
    setGauge: (name, value, attributes) => core.measure('gauge', name, value, attributes),
    recordValue: (name, value, attributes) => core.measure('histogram', name, value, attributes),
    counter: (name) => ({ with: (attributes) => core.bind('counter', name, attributes) }),
    gauge: (name) => ({ with: (attributes) => core.bind('gauge', name, attributes) }),
    histogram: (name) => ({ with: (attributes) => core.bind('histogram', name, attributes) }),
    collect: () => core.collect(),
  };
}
