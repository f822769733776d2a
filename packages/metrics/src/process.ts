// The recorders of this process, which all copies of this package share.
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

/** Series that one instrument may have in the life of a process unless an option says otherwise. */
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

  /** The recorder of a catalogue of the service. A catalogue that is there already has the recorder that it had. */
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

  /** Every instrument that was used, of all catalogues, with its series as they stand. */
  collect(): InstrumentSnapshot[] {
    return [...this.#all().flatMap((core) => core.collect()), ...this.#losses.snapshot()];
  }

  /** Notes that the event with this id was not sent. */
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

/** Another copy of the service's code may have made the same catalogue. */
function isSame(a: Catalogue, b: Catalogue): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

const VERSION = 2;

/** The recorders of this process. An event that two copies of this package are given is counted once. */
export const RECORDERS: Recorders = sharedInProcess('recorders', VERSION, () => new Recorders());

/** Whether a catalogue is ours. */
export function isOurs({ prefix }: Catalogue): boolean {
  return prefix === PREFIX;
}
