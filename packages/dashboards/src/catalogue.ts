/** Our own catalogue as the boards read it. */
import {
  ATTRIBUTES,
  type AttributeName,
  type AttributeValue,
  EVENTS,
  type EventDefinition,
  INSTRUMENTS,
  type InstrumentName,
  type InstrumentOf,
  PREFIX,
} from '@moneytrail/catalogue';
import type { InstrumentData, MetricSource } from '@moneytrail/promql';

/** What boards read of a catalogue: its metrics, and the names of its events. */
export interface BoardCatalogue extends MetricSource {
  readonly instruments: Readonly<Record<string, InstrumentData & { readonly help?: string }>>;
  readonly events: Readonly<Record<string, unknown>>;
}

/** Our catalogue with the names of its instruments, labels and values as types. */
export interface OwnCatalogue extends BoardCatalogue {
  readonly instruments: { readonly [Name in InstrumentName]: InstrumentOf<Name> };
  readonly known: { readonly [Name in AttributeName]: KnownAttribute<Name> };
  readonly events: Readonly<Record<string, EventDefinition>>;
}

interface KnownAttribute<Name extends AttributeName> {
  readonly values: readonly (AttributeValue<Name> extends string ? AttributeValue<Name> : string)[];
}

/** Everything that Moneytrail records, under the prefix `moneytrail.`. */
export const CATALOGUE: OwnCatalogue = {
  prefix: PREFIX,
  // The tables are exported with wider types than those of their entries.
  instruments: INSTRUMENTS as OwnCatalogue['instruments'],
  known: ATTRIBUTES as OwnCatalogue['known'],
  events: EVENTS,
};
