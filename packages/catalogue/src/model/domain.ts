/** Types for one domain of a catalogue: an unknown name is a compile error at its entry. */
import type { SHARED } from '../domains/shared.ts';
import type { AttributeDefinition, AttributeTable, ValueIn } from './attribute.ts';
import type { EventDefinition, EventTable, MovementDefinition } from './event.ts';
import type { InstrumentDefinition, InstrumentTable, LifecycleCount } from './instrument.ts';
import type { LifecycleDefinition, LifecycleTable, StateByAttribute } from './lifecycle.ts';

/** A table without names. */
export type Empty = Readonly<Record<never, never>>;

/** Attributes, events, instruments and lifecycles that belong together. */
export interface Tables<
  Attributes = AttributeTable,
  Events = EventTable,
  Instruments = InstrumentTable,
  Lifecycles = LifecycleTable,
> {
  readonly attributes: Attributes;
  readonly events: Events;
  readonly instruments: Instruments;
  readonly lifecycles: Lifecycles;
}

/** Tables as declared: each is optional, and each name must exist. `Known` are attributes that are declared elsewhere. */
export interface Written<Attributes, Events, Instruments, Lifecycles, Known> {
  readonly attributes?: Attributes;
  readonly events?: Events & CheckedEvents<NoInfer<Events>, NoInfer<Attributes> & Known>;
  readonly instruments?: Instruments &
    CheckedInstruments<
      NoInfer<Instruments>,
      NoInfer<Attributes> & Known,
      NoInfer<Events>,
      NoInfer<Lifecycles>
    >;
  readonly lifecycles?: Lifecycles &
    CheckedLifecycles<NoInfer<Lifecycles>, NoInfer<Attributes> & Known, NoInfer<Events>>;
}

type Text<Names> = Names & string;

type NamesOfKind<Attributes, Kind extends AttributeDefinition['kind']> = Text<
  {
    [Name in keyof Attributes]: Attributes[Name] extends { readonly kind: Kind } ? Name : never;
  }[keyof Attributes]
>;

type KeysIn<Definition, Key extends string> =
  Definition extends Readonly<Record<Key, infer Value>> ? Text<keyof Value> : never;

type CheckedEvents<Events, Attributes> = {
  readonly [Name in keyof Events]: EventDefinition & {
    readonly identity: readonly (
      | KeysIn<Events[Name], 'required'>
      | KeysIn<Events[Name], 'optional'>
    )[];
    readonly required?: Readonly<Record<string, Text<keyof Attributes>>>;
    readonly optional?: Readonly<Record<string, Text<keyof Attributes>>>;
    readonly grows?: { readonly while: Text<keyof Attributes> };
    readonly movement?: MovementDefinition & {
      readonly of: readonly NamesOfKind<Attributes, 'id'>[];
      readonly within?: NamesOfKind<Attributes, 'id'>;
      readonly total?: NamesOfKind<Attributes, 'number'>;
      readonly before?: NamesOfKind<Attributes, 'number'>;
    };
  };
};

type Implied<Attributes> = {
  readonly [Name in keyof Attributes]?: ValueIn<Attributes, Name>;
};

type AmountsIn<Events> = { [Name in keyof Events]: KeysIn<Events[Name], 'amounts'> }[keyof Events];

type CheckedInstruments<Instruments, Attributes, Events, Lifecycles> = {
  readonly [Name in keyof Instruments]: InstrumentDefinition & {
    readonly attributes: readonly NamesOfKind<
      Attributes,
      'set' | 'open_set' | 'currency' | 'name'
    >[];
    readonly adds?:
      | 'one'
      | 'time'
      | 'done'
      | 'undone'
      | { readonly amount: AmountsIn<Events> }
      | { readonly attribute: NamesOfKind<Attributes, 'number'> };
    readonly lifecycle?: LifecycleCount & {
      readonly of: Text<keyof Lifecycles>;
      readonly as?: Readonly<Record<string, Implied<Attributes>>>;
    };
    readonly on?: {
      readonly [Event in KeysIn<Instruments[Name], 'on'>]: Event extends keyof Events
        ? Implied<Attributes>
        : never;
    };
  };
};

type CheckedLifecycles<Lifecycles, Attributes, Events> = {
  readonly [Name in keyof Lifecycles]: LifecycleDefinition & {
    readonly id: NamesOfKind<Attributes, 'id'>;
    readonly final: readonly KeysIn<Lifecycles[Name], 'states'>[];
    readonly undone?: KeysIn<Lifecycles[Name], 'states'>;
    readonly on: {
      readonly [Event in KeysIn<Lifecycles[Name], 'on'>]: Event extends keyof Events
        ? StateOf<Lifecycles[Name], Attributes>
        : never;
    };
  };
};

type StateOf<Lifecycle, Attributes> =
  | KeysIn<Lifecycle, 'states'>
  | (StateByAttribute & {
      readonly carrying: Text<keyof Attributes>;
      readonly state: KeysIn<Lifecycle, 'states'>;
      readonly otherwise: KeysIn<Lifecycle, 'states'>;
    });

/** One domain of a catalogue, such as payments. */
export interface Domain<
  Attributes = AttributeTable,
  Events = EventTable,
  Instruments = InstrumentTable,
  Lifecycles = LifecycleTable,
> extends Tables<Attributes, Events, Instruments, Lifecycles> {
  /** Name in docs and views, in the plural. */
  readonly name: string;
  readonly help: string;
}

/** Declares one domain of our own catalogue. Its events may also carry the shared attributes. */
export function domain<
  const Attributes extends AttributeTable = Empty,
  const Events extends EventTable = Empty,
  const Instruments extends InstrumentTable = Empty,
  const Lifecycles extends LifecycleTable = Empty,
>(
  written: { readonly name: string; readonly help: string } & Written<
    Attributes,
    Events,
    Instruments,
    Lifecycles,
    typeof SHARED
  >,
): Domain<Attributes, Events, Instruments, Lifecycles> {
  return {
    name: written.name,
    help: written.help,
    ...filled<Tables<Attributes, Events, Instruments, Lifecycles>>(written),
  };
}

/** The tables of a domain, with empty tables for absent ones, as in their types. */
export function filled<Made>({
  attributes = {},
  events = {},
  instruments = {},
  lifecycles = {},
}: Partial<Record<keyof Tables, unknown>>): Made {
  return { attributes, events, instruments, lifecycles } as Made;
}
