/**
 * Counts rejected and altered values in a fixed table of known names and reasons. It has no limit, and it calls nothing
 * that may count a loss itself.
 */
import {
  ATTRIBUTES,
  type AttributeValue,
  type Catalogue,
  INSTRUMENTS,
  OTHER,
  PREFIX,
  valuesOf,
} from '@moneytrail/catalogue';
import { shortNameOf } from './plan.ts';
import type { InstrumentSnapshot, SeriesSnapshot } from './series/series.ts';

/** Why a value was rejected or altered: a value of `drop.reason`. */
export type DropReason = Exclude<AttributeValue<'drop.reason'>, typeof OTHER>;

/** The two counters of losses. */
export type LossCounter = 'business_events.dropped' | 'value.coerced';

const COUNTERS: readonly LossCounter[] = ['business_events.dropped', 'value.coerced'];

const REASONS: ReadonlySet<unknown> = new Set(valuesOf(ATTRIBUTES['drop.reason']));

/** Names that lose values in addition to those of catalogues. */
const PLACES = ['traces', 'metrics', 'logs', '/metrics', OTHER];

interface Loss {
  readonly bornMs: number;
  readonly instrument: string;
  readonly reason: string;
  count: number;
}

/** The losses of a process. */
export class Losses {
  readonly #names: Set<string> = new Set(PLACES);
  readonly #losses: Readonly<Record<LossCounter, Map<string, Loss>>> = {
    'business_events.dropped': new Map(),
    'value.coerced': new Map(),
  };

  /** Adds the names of a catalogue. */
  know(catalogue: Catalogue): void {
    for (const name of Object.keys(catalogue.known)) this.#names.add(name);
    for (const table of [catalogue.events, catalogue.instruments]) {
      for (const name of Object.keys(table)) this.#names.add(shortNameOf(catalogue, name));
    }
  }

  /** Counts a loss. Unknown names are counted under `_OTHER`. */
  add(counter: LossCounter, instrument: unknown, reason: unknown, by = 1): void {
    const isKnown = typeof instrument === 'string' && this.#names.has(instrument);
    const name = isKnown ? instrument : OTHER;
    const cause = reason !== OTHER && REASONS.has(reason) ? String(reason) : 'internal';
    const losses = this.#losses[counter];
    const key = `${name} ${cause}`;
    const loss = losses.get(key) ?? {
      bornMs: Date.now(),
      instrument: name,
      reason: cause,
      count: 0,
    };
    loss.count += by;
    losses.set(key, loss);
  }

  /** The current state of the two counters. */
  snapshot(): InstrumentSnapshot[] {
    return COUNTERS.filter((name) => this.#losses[name].size > 0).map((name) => ({
      name,
      metricName: PREFIX + name,
      definition: INSTRUMENTS[name],
      bounds: [],
      series: [...this.#losses[name].values()].map(seriesOf),
    }));
  }
}

/** Whether an instrument counts losses. */
export function isLossCounter(name: unknown): name is LossCounter {
  return COUNTERS.some((counter) => counter === name);
}

function seriesOf({ bornMs, instrument, reason, count }: Loss): SeriesSnapshot {
  return {
    attributes: { instrument, 'drop.reason': reason },
    value: count,
    bucketCounts: [],
    bornMs,
  };
}
