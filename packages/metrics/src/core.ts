/** One recorder without types: the events and series of one catalogue. */
import type { Catalogue, InstrumentDefinition } from '@moneytrail/catalogue';
import { KnownObjects } from './event/objects.ts';
import { Outbox } from './event/outbox.ts';
import { type CountEvent, Tracker, type TrackResult } from './event/tracker.ts';
import { Updater } from './event/updates.ts';
import type { Losses } from './losses.ts';
import { Meter } from './meter.ts';
import { compileEvents } from './plan.ts';
import type { AnyBound } from './series/bound.ts';
import type { GivenAttributes, InstrumentSnapshot } from './series/series.ts';
import { SeriesTable } from './series/table.ts';

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
 * The interface between copies of this package, also of different versions: to add a member or change its meaning, raise
 * `VERSION` in `process.ts`.
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
  /** The series with these attributes as a handle. */
  readonly bind: (
    kind: InstrumentDefinition['kind'],
    name: unknown,
    attributes: GivenAttributes,
  ) => AnyBound;
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
  const meter = new Meter(series, losses);
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
    measure: (kind, name, value, attributes) => meter.measure(kind, name, value, attributes),
    bind: (kind, name, attributes) => meter.bind(kind, name, attributes),
    beginAtZero: (inUse) => {
      for (const name of Object.keys(catalogue.instruments)) {
        for (const given of combinations(inUse)) series.of(name)?.beginAtZero(given);
      }
    },
    collect: () => series.snapshot(),
    lose: (id) => objects.lose(id),
    sendPending: () => outbox.sendPending(),
  };
}

function combinations(inUse: Readonly<Record<string, readonly string[]>>): GivenAttributes[] {
  return Object.entries(inUse).reduce<GivenAttributes[]>(
    (found, [name, values]) =>
      found.flatMap((head) => values.map((value) => ({ ...head, [name]: value }))),
    [{}],
  );
}
