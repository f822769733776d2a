// The one recorder of a process: everything that is remembered from one call to the next.
import { type EventName, OTHER, sharedInProcess } from '@moneytrail/catalogue';
import type { InstrumentSnapshot } from './meter.ts';
import { Outbox } from './sending.ts';
import { nameFromEnvironment } from './service.ts';
import { SeriesStore } from './store.ts';
import { Tracker, type TrackResult } from './tracker.ts';

/** What a copy of this package calls, also one of another version: whoever changes a member's meaning raises `VERSION`. */
export interface Recorder {
  readonly startTimeMs: number;
  readonly track: (given: unknown, event: EventName | undefined) => TrackResult;
  readonly measure: SeriesStore['measure'];
  readonly collect: () => InstrumentSnapshot[];
  readonly lose: (id: string) => void;
  readonly sendWaiting: () => void;
  readonly setServiceName: (name: string) => void;
}

const VERSION = 1;

function createRecorder(): Recorder {
  let serviceName: string | undefined;
  const store = new SeriesStore();
  const outbox = new Outbox((event, reason) => store.drop(event, reason));
  const tracker = new Tracker(store, outbox, {
    coerced: (instrument, reason) => store.coerced(instrument, reason),
    serviceName: () => {
      serviceName ??= nameFromEnvironment();
      return serviceName;
    },
  });
  return {
    startTimeMs: Date.now(),
    track: (given, event) => {
      // A getter of the caller's facts may throw, and so may a log processor of the service.
      try {
        return tracker.track(given, event);
      } catch {
        store.drop(OTHER, 'internal');
        return 'internal';
      }
    },
    measure: (kind, name, value, attributes) => store.measure(kind, name, value, attributes),
    collect: () => store.snapshot(),
    lose: (id) => tracker.lose(id),
    sendWaiting: () => outbox.sendWaiting(),
    setServiceName: (name) => {
      serviceName = name;
    },
  };
}

/** The recorder of this process. A fact that two copies of this package are given is counted once. */
export const RECORDER: Recorder = sharedInProcess('recorder', VERSION, createRecorder);
