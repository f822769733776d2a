import {
  type EventName,
  INSTRUMENTS,
  type InstrumentDefinition,
  type InstrumentName,
} from '@moneytrail/catalogue';
import type { Fact } from './fact.ts';
import { type KnownObjects, noteOf } from './objects.ts';
import { leftState } from './states.ts';
import { instrumentNames, type SeriesStore } from './store.ts';

/** Moves the instruments of one recorder by the facts that it takes. */
export class Mover {
  readonly #store: SeriesStore;
  readonly #objects: KnownObjects;
  readonly #movedByEvent: Map<EventName, readonly InstrumentName[]> = new Map();

  constructor(store: SeriesStore, objects: KnownObjects) {
    this.#store = store;
    this.#objects = objects;
  }

  /** Moves every instrument that the catalogue ties to the event of the fact. */
  move(fact: Fact): void {
    for (const name of this.#movedBy(fact.name)) {
      const definition = INSTRUMENTS[name];
      if (this.#countsHere(fact, name, definition)) this.#moveOne(fact, name, definition);
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
  #countsHere(fact: Fact, name: InstrumentName, definition: InstrumentDefinition): boolean {
    const unless = definition.unless?.[fact.name];
    if (unless !== undefined && fact.attributes[unless] !== undefined) return false;
    const id = definition.oncePer && fact.attributes[definition.oncePer];
    if (id === undefined) return true;
    const object = this.#objects.of(fact.owner, String(id));
    if (noteOf(object.counted, name)) return false;
    object.counted = { key: name, value: true, next: object.counted };
    return true;
  }

  #moveOne(fact: Fact, name: InstrumentName, definition: InstrumentDefinition): void {
    const quantity = quantityOf(fact, definition.adds ?? 'one');
    if (quantity === undefined) return;
    const implied = definition.on?.[fact.name];
    const given: Record<string, unknown> = {};
    for (const attribute of definition.attributes) {
      given[attribute] = fact.attributes[attribute] ?? implied?.[attribute];
    }
    const { change } = definition;
    if (change) {
      const left = leftState(this.#objects, fact, change, implied?.[change.to]);
      if (left === undefined) return;
      given[change.from] = left;
    }
    this.#store.put(name, quantity, given);
  }
}

/** What the fact adds; a bigint is money in minor units. */
function quantityOf(
  fact: Fact,
  adds: NonNullable<InstrumentDefinition['adds']>,
): number | bigint | undefined {
  switch (adds) {
    case 'one':
      return 1;
    case 'time':
      return fact.atMs / 1000;
    case 'money':
      return fact.amount?.minor;
    case 'platform_fee':
      return fact.platformFee?.minor;
    default: {
      const carried = fact.attributes[adds];
      return typeof carried === 'number' && carried >= 0 ? carried : undefined;
    }
  }
}
