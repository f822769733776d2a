/** A catalogue: all names of one owner, under one prefix. */
import type { AttributeTable, ValueIn } from './attribute.ts';
import { check } from './check.ts';
import type { Tables } from './domain.ts';
import { AMOUNT, amountAttribute, type EventTable, type FieldsIn } from './event.ts';
import type { InstrumentTable, LabelsIn, NamesOfKind } from './instrument.ts';
import type { LifecycleTable } from './lifecycle.ts';

/** A part of a catalogue, for docs and views that show it in groups. */
export interface Group {
  readonly name: string;
  readonly help: string;
  readonly events: readonly string[];
  readonly instruments: readonly string[];
}

/** Attributes, events, instruments and lifecycles under one prefix. Created by `defineCatalogue`. */
export interface Catalogue<
  Attributes = AttributeTable,
  Events = EventTable,
  Instruments = InstrumentTable,
  Lifecycles = LifecycleTable,
  Known = AttributeTable,
> extends Tables<Attributes, Events, Instruments, Lifecycles> {
  /** The prefix of every event and metric, with its dot: `shop.`. */
  readonly prefix: string;
  /** Every attribute that its events and instruments may have: its own and ours. */
  readonly known: Known;
  readonly groups: readonly Group[];
}

/** Name of an attribute of the events and instruments of a catalogue. */
export type AttributeNameIn<C extends Catalogue> = keyof C['known'] & string;

/** The values of an attribute of a catalogue, as types. */
export type AttributeValueIn<C extends Catalogue, Name extends AttributeNameIn<C>> = ValueIn<
  C['known'],
  Name
>;

/** Name of an event of a catalogue, without prefix. */
export type EventNameIn<C extends Catalogue> = keyof C['events'] & string;

/** Name of an instrument of a catalogue, without prefix. */
export type InstrumentNameIn<C extends Catalogue> = keyof C['instruments'] & string;

/** The fields of an event of a catalogue. */
export type EventFieldsIn<C extends Catalogue, Name extends EventNameIn<C>> = FieldsIn<
  C['known'],
  C['events'][Name]
>;

/** Any event of a catalogue with its fields; `event` is the discriminant. */
export type BusinessEventIn<C extends Catalogue> = {
  [Name in EventNameIn<C>]: { readonly event: Name } & EventFieldsIn<C, Name>;
}[EventNameIn<C>];

/** The attributes of an instrument of a catalogue, with their closed values. */
export type LabelsOf<C extends Catalogue, Name extends InstrumentNameIn<C>> = LabelsIn<
  C['known'],
  C['instruments'][Name]
>;

/** Names of the instruments of one kind in a catalogue. */
export type InstrumentsOfKind<
  C extends Catalogue,
  Kind extends 'counter' | 'gauge' | 'histogram',
> = NamesOfKind<C['instruments'], Kind>;

/**
 * Creates a catalogue, or throws the coded error of the first invalid entry. `base` are attributes that are declared
 * elsewhere. `Made` has the types of the definitions, which the caller knows.
 */
export function makeCatalogue<Made extends Catalogue>(
  prefix: string,
  tables: Tables,
  groups: readonly Group[],
  base: AttributeTable,
): Made {
  const known = { ...amountsOf(tables.events), ...base, ...tables.attributes };
  const catalogue: Catalogue = { ...tables, prefix, groups, known };
  check(catalogue, base);
  return catalogue as Made;
}

/**
 * The attributes of further amounts of events, such as a fee. They are not declared because their names follow from the
 * fields.
 */
function amountsOf(events: EventTable): AttributeTable {
  const fields = Object.values(events).flatMap(({ amounts = {} }) => Object.keys(amounts));
  const further = fields.filter((field) => field !== AMOUNT);
  return Object.fromEntries(
    further.map((field) => [
      amountAttribute(field),
      { kind: 'number', help: `Amount \`${field}\` in minor units of \`money.currency\`.` },
    ]),
  );
}
