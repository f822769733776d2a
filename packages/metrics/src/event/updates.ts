/** Updates the instruments of a recorder by the events that it records. */
import type { InstrumentDefinition } from '@moneytrail/catalogue';
import type { Update } from '../plan.ts';
import type { SeriesTable } from '../series/table.ts';
import { Lives } from './life.ts';
import { KnownMovements, type Moved } from './movements.ts';
import type { KnownObjects } from './objects.ts';
import type { ValidEvent } from './read.ts';

/** The parts of a recorder that updates need. */
export interface UpdaterParts {
  readonly series: SeriesTable;
  readonly objects: KnownObjects;
  readonly remembered: number;
}

/** Updates the instruments of a recorder. */
export class Updater {
  readonly #series: SeriesTable;
  readonly #lives: Lives;
  readonly #movements: KnownMovements;

  constructor({ series, objects, remembered }: UpdaterParts) {
    this.#series = series;
    this.#lives = new Lives(objects, series);
    this.#movements = new KnownMovements(remembered);
  }

  /**
   * Updates every instrument of an event. If a series is new, the related series start at zero. Returns whether the event
   * contradicts an earlier one.
   */
  apply(event: ValidEvent): boolean {
    const moved = this.#movements.add(event);
    let hasBegun = false;
    for (const update of event.plan.updates) {
      if (update.definition.firstSide && moved?.both) continue;
      hasBegun = this.#apply(event, update, moved) || hasBegun;
    }
    const contradicts = this.#lives.follow(event, moved);
    if (hasBegun) {
      for (const name of event.plan.kindred) this.#series.of(name)?.beginAtZero(event.attributes);
    }
    return contradicts;
  }

  /** Adds the increase of an amount to the counters of money. The event is counted already. */
  grow(event: ValidEvent): void {
    const moved = this.#movements.add(event);
    for (const update of event.plan.updates) {
      const { adds, kind } = update.definition;
      const isAmount = typeof adds === 'object' && 'amount' in adds;
      if (kind === 'counter' && (isAmount || adds === 'undone')) this.#apply(event, update, moved);
    }
  }

  #apply(
    event: ValidEvent,
    { name, definition, implied }: Update,
    moved: Moved | undefined,
  ): boolean {
    const quantity = quantityOf(event, definition.adds ?? 'one', moved);
    if (quantity === undefined) return false;
    const given = { ...implied, ...event.attributes };
    const labels = definition.adds === 'undone' ? moved?.labels : undefined;
    return this.#series.record(name, quantity, labels ? { ...given, ...labels } : given);
  }
}

/** The quantity that the event adds; a bigint is money in minor units. */
function quantityOf(
  event: ValidEvent,
  adds: NonNullable<InstrumentDefinition['adds']>,
  moved: Moved | undefined,
): number | bigint | undefined {
  switch (adds) {
    case 'one':
      return 1;
    case 'time':
      return event.atMs / 1000;
    case 'done':
      // Without a name, each event is a separate movement.
      return moved ? moved.done : event.amount?.minor;
    case 'undone':
      return moved?.undone || undefined;
    default:
      return 'amount' in adds
        ? event.amounts[adds.amount]?.minor
        : carried(event.attributes[adds.attribute]);
  }
}

function carried(value: unknown): number | undefined {
  return typeof value === 'number' && value >= 0 ? value : undefined;
}
