/** One recorder without types: the events and series of one catalogue. */
import { type Catalogue, type InstrumentDefinition, OTHER } from '@moneytrail/catalogue';
import { KnownObjects } from './event/objects.ts';
import { Outbox } from './event/outbox.ts';
import { type CountEvent, Tracker, type TrackResult } from './event/tracker.ts';
import { Updater } from './event/updates.ts';
import { isLossCounter, type Losses } from './losses.ts';
import { compileEvents } from './plan.ts';
import type { InstrumentSnapshot } from './series/series.ts';
import { type GivenAttributes, SeriesTable } from './series/table.ts';

/** Options of a recorder. */
export interface CoreOptions {
  readonly losses: Losses;
  readonly serviceName: () => string;
  readonly maxSeries: number;
  readonly remembered: number;
  /** Counts events in the metrics of the recorder itself; a recorder of our catalogue counts its own. */
  readonly countEvent?: CountEvent;
}

/**
 * The interface between copies of this package, also of different versions: to change the meaning of a member, raise
 * `VERSION` in `shared.ts`.
 */
export interface Core {
  readonly catalogue: Catalogue;
  readonly track: (given: unknown, event: unknown) => TrackResult;
  readonly measure: (
    kind: InstrumentDefinition['kind'],
    name: unknown,
    value: unknown,
    attributes: GivenAttributes,
  ) => void;
  /** Starts the counters at zero for each combination of values in use. */
  readonly beginAtZero: (inUse: Readonly<Record<string, readonly string[]>>) => void;
  readonly collect: () => InstrumentSnapshot[];
  readonly lose: (id: string) => void;
  readonly sendPending: () => void;
}

/** Creates the recorder of a catalogue. */
export function createCore(catalogue: Catalogue, options: CoreOptions): Core {
  const { losses, remembered, maxSeries, serviceName } = options;
  losses.know(catalogue);
  const plans = compileEvents(catalogue);
  const shortNames = new Set([...plans.values()].map(({ shortName }) => shortName));
  const series = new SeriesTable(catalogue, losses, maxSeries);
  const outbox = new Outbox((event, reason) =>
    losses.add('business_events.dropped', event, reason),
  );
  const objects = new KnownObjects({ remembered, isEvent: (name) => shortNames.has(name) });
  const tracker = new Tracker({
    plans,
    objects,
    updater: new Updater({ series, objects, remembered }),
    outbox,
    losses,
    reading: {
      coerced: (instrument, reason) => losses.add('value.coerced', instrument, reason),
      serviceName,
    },
    countEvent:
      options.countEvent ??
      ((counter, wireName) => series.record(counter, 1, { 'event.name': wireName })),
  });
  return {
    catalogue,
    track: (given, event) => tracker.track(given, event),
    measure: (kind, name, value, attributes) => {
      // A getter of the attributes may throw.
      try {
        measure(series, losses, { kind, name, value, attributes });
      } catch {
        losses.add('business_events.dropped', OTHER, 'internal');
      }
    },
    beginAtZero: (inUse) => {
      for (const name of Object.keys(catalogue.instruments)) {
        for (const given of combinations(inUse)) series.beginAtZero(name, given);
      }
    },
    collect: () => series.snapshot(),
    lose: (id) => objects.lose(id),
    sendPending: () => outbox.sendPending(),
  };
}

/** The arguments of a call that records a value. */
interface Measurement {
  readonly kind: InstrumentDefinition['kind'];
  readonly name: unknown;
  readonly value: unknown;
  readonly attributes: GivenAttributes;
}

function measure(
  series: SeriesTable,
  losses: Losses,
  { kind, name, value, attributes }: Measurement,
): void {
  if (!series.has(kind, name)) {
    losses.add('business_events.dropped', OTHER, 'unknown_instrument');
  } else if (!isRecordable(kind, value)) {
    losses.add('business_events.dropped', name, 'invalid_value');
  } else if (isLossCounter(name)) {
    losses.add(name, attributes['instrument'], attributes['drop.reason'], value);
  } else {
    series.record(name, value, attributes);
  }
}

function isRecordable(kind: InstrumentDefinition['kind'], value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && (kind === 'gauge' || value >= 0);
}

function combinations(inUse: Readonly<Record<string, readonly string[]>>): GivenAttributes[] {
  return Object.entries(inUse).reduce<GivenAttributes[]>(
    (found, [name, values]) =>
      found.flatMap((head) => values.map((value) => ({ ...head, [name]: value }))),
    [{}],
  );
}
