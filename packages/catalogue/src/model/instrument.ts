/** The definition of an instrument, and the type of its attributes. */
import type { DefaultedIn, ValueIn } from './attribute.ts';

/** The definition of one instrument. */
export interface InstrumentDefinition {
  readonly kind: 'counter' | 'gauge' | 'histogram';
  /** UCUM unit, or an annotation in braces. `{currency_unit}` is money in major units of `money.currency`. */
  readonly unit: string;
  readonly help: string;
  /** Attributes of every series. Each is bounded, so that the number of series is known. */
  readonly attributes: readonly string[];
  /** Events that update the instrument, with the attributes that each implies if it does not carry them. */
  readonly on?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /**
   * What an event adds: one (default), its time, an amount, a number that it carries, or the money that its movement has
   * done or undone.
   */
  readonly adds?:
    | 'one'
    | 'time'
    | 'done'
    | 'undone'
    | { readonly amount: string }
    | { readonly attribute: string };
  /** Of a movement that was done and undone, only the side that arrives first updates the instrument. */
  readonly firstSide?: true;
  /** Counts what happens to objects with a lifecycle instead of single events. */
  readonly lifecycle?: LifecycleCount;
  /** Buckets of a histogram: one of our scales, or upper bounds in the unit of the instrument, ascending, at most 60. */
  readonly buckets?: BucketScale | readonly number[];
}

/**
 * What is counted of a lifecycle: each final state that an object enters; each final state that a later event replaces,
 * with the attributes of its count; or each change of state before the end, with the attribute of the previous state. `as`
 * are the attributes that a state implies.
 */
export type LifecycleCount = {
  readonly of: string;
} & (
  | { readonly counts: 'final_states'; readonly as: LabelsByState }
  | { readonly counts: 'transitions'; readonly as: LabelsByState; readonly from: string }
  | { readonly counts: 'superseded' }
);

type LabelsByState = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Instruments by name. */
export type InstrumentTable = Readonly<Record<string, InstrumentDefinition>>;

/** A scale of histogram buckets. */
export type BucketScale = 'call' | 'process' | 'amount';

/** Upper bounds of histogram buckets by scale: seconds of a call, seconds of what people and banks do, major units. */
export const BUCKET_BOUNDS: Readonly<Record<BucketScale, readonly number[]>> = {
  call: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
  process: [1, 5, 15, 60, 300, 900, 3600, 14_400, 86_400, 259_200, 604_800],
  amount: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000],
};

type Labels<Definition> = Definition extends { readonly attributes: readonly (infer Name)[] }
  ? Name
  : never;

/** The attributes of an instrument, with their closed values. */
export type LabelsIn<Attributes, Definition> = {
  readonly [Name in Exclude<Labels<Definition>, DefaultedIn<Attributes>> &
    keyof Attributes]: ValueIn<Attributes, Name>;
} & {
  readonly [Name in Extract<Labels<Definition>, DefaultedIn<Attributes>> &
    keyof Attributes]?: ValueIn<Attributes, Name>;
};

/** Names of the instruments of one kind in a table. */
export type NamesOfKind<Instruments, Kind> = {
  [Name in keyof Instruments]: Instruments[Name] extends { readonly kind: Kind } ? Name : never;
}[keyof Instruments] &
  string;
