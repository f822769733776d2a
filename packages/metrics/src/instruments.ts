import {
  type EventName,
  INSTRUMENTS,
  type InstrumentDefinition,
  type InstrumentName,
} from '@moneytrail/catalogue';
import type { Fact } from './fact.ts';
import { boundedAttributes, instrumentNames, seriesOf } from './meter.ts';
import { noteOf, objects } from './objects.ts';
import { leftState } from './states.ts';

const movedByEvent: Map<EventName, readonly InstrumentName[]> = new Map();

/** Moves every instrument that the catalogue ties to the event of the fact. */
export function moveInstruments(fact: Fact): void {
  for (const name of movedBy(fact.name)) {
    const definition = INSTRUMENTS[name];
    if (countsHere(fact, name, definition)) move(fact, name, definition);
  }
}

/** Found once per event, because the catalogue does not change. */
function movedBy(event: EventName): readonly InstrumentName[] {
  const known = movedByEvent.get(event);
  if (known) return known;
  const found = instrumentNames().filter((name) => INSTRUMENTS[name].on?.[event] !== undefined);
  movedByEvent.set(event, found);
  return found;
}

/** A payment has one outcome whichever of its facts comes first, and an attempt alone does not end it. */
function countsHere(fact: Fact, name: InstrumentName, definition: InstrumentDefinition): boolean {
  const unless = definition.unless?.[fact.name];
  if (unless !== undefined && fact.attributes[unless] !== undefined) return false;
  const id = definition.oncePer && fact.attributes[definition.oncePer];
  if (id === undefined) return true;
  const object = objects.of(fact.owner, String(id));
  if (noteOf(object.counted, name)) return false;
  object.counted = { key: name, value: true, next: object.counted };
  return true;
}

function move(fact: Fact, name: InstrumentName, definition: InstrumentDefinition): void {
  const quantity = quantityOf(fact, definition.adds ?? 'one');
  if (quantity === undefined) return;
  const implied = definition.on?.[fact.name];
  const given: Record<string, unknown> = {};
  for (const attribute of definition.attributes) {
    given[attribute] = fact.attributes[attribute] ?? implied?.[attribute];
  }
  const { change } = definition;
  if (change) {
    const left = leftState(fact, change, implied?.[change.to]);
    if (left === undefined) return;
    given[change.from] = left;
  }
  seriesOf(name).put(boundedAttributes(name, given), quantity);
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
