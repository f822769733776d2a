/** The recorders of this process, which all copies of this package share. */
import {
  CATALOGUE,
  type Catalogue,
  checkTogether,
  PREFIX,
  sharedInProcess,
} from '@moneytrail/catalogue';
import { type Core, createCore } from './core.ts';
import type { CountEvent } from './event/tracker.ts';
import { Losses } from './losses.ts';
import { REMEMBERED } from './recent-keys.ts';
import type { InstrumentSnapshot } from './series/series.ts';
import { nameFromEnvironment } from './service.ts';

/** Default maximum number of series of one instrument in a process. */
export const MAX_SERIES = 2000;

/** Limits of the memory of a recorder. */
export interface Limits {
  readonly maxSeries: number;
  readonly remembered: number;
}

const DEFAULT_LIMITS: Limits = { maxSeries: MAX_SERIES, remembered: REMEMBERED };

/** The recorder of our catalogue, and those of the catalogues of the service. */
export class Recorders {
  readonly startTimeMs: number = Date.now();
  readonly ours: Core;
  readonly #losses: Losses = new Losses();
  readonly #own: Map<string, Core> = new Map();
  #serviceName: string | undefined;

  constructor(limits: Limits = DEFAULT_LIMITS) {
    this.ours = createCore(CATALOGUE, this.#options(limits));
  }

  /** The recorder of a catalogue of the service. A known catalogue keeps its recorder. */
  add(catalogue: Catalogue, limits: Limits = DEFAULT_LIMITS): Core {
    const known = this.#own.get(catalogue.prefix);
    if (known && isSame(known.catalogue, catalogue)) return known;
    checkTogether(
      catalogue,
      this.#all().map((core) => core.catalogue),
    );
    const core = createCore(catalogue, { ...this.#options(limits), countEvent: this.#countEvent });
    this.#own.set(catalogue.prefix, core);
    return core;
  }

  /** Every instrument of all catalogues that was used, with its current series. */
  collect(): InstrumentSnapshot[] {
    return [...this.#all().flatMap((core) => core.collect()), ...this.#losses.snapshot()];
  }

  /** Marks the event with this id as not sent. */
  lose(id: string): void {
    for (const core of this.#all()) core.lose(id);
  }

  /** Sends the pending events. */
  sendPending(): void {
    for (const core of this.#all()) core.sendPending();
  }

  /** Sets the name of the service in the ids of its own objects. */
  setServiceName(name: string): void {
    this.#serviceName = name;
  }

  #all(): Core[] {
    return [this.ours, ...this.#own.values()];
  }

  #options(limits: Limits): Limits & { losses: Losses; serviceName: () => string } {
    const serviceName = (): string => {
      this.#serviceName ??= nameFromEnvironment();
      return this.#serviceName;
    };
    return { ...limits, losses: this.#losses, serviceName };
  }

  readonly #countEvent: CountEvent = (counter, wireName) => {
    this.ours.measure('counter', counter, 1, { 'event.name': wireName });
  };
}

const VERSION = 3;

/** The recorders of this process. An event that is passed to two copies of this package is counted once. */
export const RECORDERS: Recorders = sharedInProcess('recorders', VERSION, () => new Recorders());

/** Whether a catalogue is ours. */
export function isOurs({ prefix }: Catalogue): boolean {
  return prefix === PREFIX;
}

/** Whether two catalogues are the same. Another copy of the code of the service may have created one of them. */
function isSame(a: Catalogue, b: Catalogue): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}
