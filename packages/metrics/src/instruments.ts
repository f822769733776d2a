import {
  type EventName,
  INSTRUMENTS,
  type InstrumentDefinition,
  type InstrumentName,
} from '@moneytrail/catalogue';
import type { Fact } from './fact.ts';
import { KnownMovements, type Moved } from './movements.ts';
import { type KnownObjects, noteOf } from './objects.ts';
import { leftState } from './states.ts';
import { instrumentNames, type SeriesStore } from './store.ts';

/** Moves the instruments of one recorder by the facts that it takes. */
export class Mover {
  readonly #store: SeriesStore;
  readonly #objects: KnownObjects;
  readonly #movements: KnownMovements = new KnownMovements();
  readonly #movedByEvent: Map<EventName, readonly InstrumentName[]> = new Map();

  constructor(store: SeriesStore, objects: KnownObjects) {
    this.#store = store;
    this.#objects = objects;
  }

  /**
   * Moves every instrument that the catalogue ties to the event of the fact. Where a series begins by it, so do the others of the same
   * kind of business, at zero: who took a payment may have one declined next.
   */
  move(fact: Fact): void {
    const moved = this.#movements.add(fact);
    let hasBegun = false;
    for (const name of this.#movedBy(fact.name)) {
      const definition = INSTRUMENTS[name];
      if (!this.#countsHere(fact, name, moved)) continue;
      hasBegun = this.#moveOne(fact, name, definition, moved) || hasBegun;
    }
    if (!hasBegun) return;
    for (const name of kindredOf(fact.name)) this.#store.beginAtZero(name, fact.attributes);
  }

  /** Adds to the counters of money what an amount has grown by. The fact is counted already. */
  grow(fact: Fact): void {
    const moved = this.#movements.add(fact);
    for (const name of this.#movedBy(fact.name)) {
      const definition = INSTRUMENTS[name];
      const isMoney = definition.adds === 'money' || definition.adds === 'undone';
      if (isMoney && definition.kind === 'counter') this.#moveOne(fact, name, definition, moved);
    }
  }

  /** Found once per event, because the catalogue does not change. */
  #movedBy(event: EventName): readonly InstrumentName[] {
    const known = this.#movedByEvent.get(event);
    if (known) return known;
    const found = instrumentNames().filter((name) => INSTRUMENTS[name].on?.[event] !== undefined);
    this.#movedByEvent.set(event, found);
    return found;
  }

  /** A payment has one outcome whichever of its facts comes first, and an attempt alone does not end it. */
  #countsHere(fact: Fact, name: InstrumentName, moved: Moved | undefined): boolean {
    const definition: InstrumentDefinition = INSTRUMENTS[name];
    if (definition.firstSide && moved?.isSecond) return false;
    const unless = definition.unless?.[fact.name];
    if (unless !== undefined && fact.attributes[unless] !== undefined) return false;
    const id = definition.oncePer && fact.attributes[definition.oncePer];
    if (id === undefined) return true;
    const object = this.#objects.of(fact.owner, String(id));
    if (noteOf(object.counted, name)) return false;
    object.counted = { key: name, value: true, next: object.counted };
    return true;
  }

  /** Returns whether a series began. */
  #moveOne(
    fact: Fact,
    name: InstrumentName,
    definition: InstrumentDefinition,
    moved: Moved | undefined,
  ): boolean {
    const quantity = quantityOf(fact, definition.adds ?? 'one', moved);
    if (quantity === undefined) return false;
    const implied = definition.on?.[fact.name];
    const given: Record<string, unknown> = {};
    for (const attribute of definition.attributes) {
      given[attribute] = fact.attributes[attribute] ?? implied?.[attribute];
    }
    if (definition.adds === 'undone') Object.assign(given, moved?.labels);
    const { change } = definition;
    if (change) {
      const left = leftState(this.#objects, fact, change, implied?.[change.to]);
      if (left === undefined) return false;
      given[change.from] = left;
    }
    return this.#store.put(name, quantity, given);
  }
}

/** The counters of all events whose names begin with the same word. */
function kindredOf(event: EventName): InstrumentName[] {
  const [word] = event.split('.');
  return instrumentNames().filter((name) => {
    const { kind, on = {} }: InstrumentDefinition = INSTRUMENTS[name];
    return kind === 'counter' && Object.keys(on).some((other) => other.startsWith(`${word}.`));
  });
}

/** What the fact adds; a bigint is money in minor units. */
function quantityOf(
  fact: Fact,
  adds: NonNullable<InstrumentDefinition['adds']>,
  moved: Moved | undefined,
): number | bigint | undefined {
  switch (adds) {
    case 'one':
      return 1;
    case 'time':
      return fact.atMs / 1000;
    case 'money':
      return fact.amount?.minor;
    case 'done':
      // Without a name it is a movement of its own.
      return moved ? moved.done : fact.amount?.minor;
    case 'undone':
      return moved?.undone || undefined;
    case 'platform_fee':
      return fact.platformFee?.minor;
    default: {
      const carried = fact.attributes[adds];
      return typeof carried === 'number' && carried >= 0 ? carried : undefined;
    }
  }
}
