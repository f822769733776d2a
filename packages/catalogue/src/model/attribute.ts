// What a catalogue says about an attribute of events, series and spans.

/**
 * - `set`: closed values; any other value becomes `_OTHER` and is counted.
 * - `open_set`: known values and, bounded in number and form, those of a service; what does not fit becomes `_OTHER` and is counted.
 * - `currency`: an ISO 4217 code.
 * - `name`: a name that code gives at startup (a job, a check), bounded by the series limit of the instrument.
 * - `id`: the id of an object at a provider or in the application, never of a person; on events and spans only.
 * - `text`: raw codes and types; on events and spans only.
 * - `number`: measured values; on events and spans only.
 * - `flag`: `true` or absent; on events and spans only.
 */
export type AttributeKind =
  | 'set'
  | 'open_set'
  | 'currency'
  | 'name'
  | 'id'
  | 'text'
  | 'number'
  | 'flag';

/** What a catalogue says about one attribute. */
export interface AttributeDefinition {
  readonly kind: AttributeKind;
  readonly help: string;
  /** The values of a `set`, or the known ones of an `open_set`, each with its meaning. `_OTHER` always belongs to them. */
  readonly values?: Readonly<Record<string, string>>;
  /** `words`: own values of an `open_set` are lower-case words joined by underscores, as the known ones are. */
  readonly form?: 'words';
  /** The value of a series when an event or call does not give one. Without it that is `_OTHER`. */
  readonly default?: string;
  /** `used_values`: series begin at zero only for values in use, because a service that uses one may never use another. */
  readonly zeroSeries?: 'used_values';
  /** The active span gets the attribute too, so that a trace is found by it. */
  readonly onSpan?: true;
}

/** Attributes by name. */
export type AttributeTable = Readonly<Record<string, AttributeDefinition>>;

/** The value that stands for everything outside a closed set. */
export const OTHER = '_OTHER';

// biome-ignore-start lint/suspicious/noEmptyInterface: services add to it.
/**
 * The words that a service has of its own, for its compiler. What is declared here is all that compiles next to the known values;
 * an open set that is not declared takes any text. At run time nothing depends on it.
 *
 * @example
 * ```typescript
 * declare module '@moneytrail/catalogue' {
 *   interface OwnWords {
 *     'payment.purpose': 'invoice' | 'gift_card';
 *   }
 * }
 * ```
 */
export interface OwnWords {}
// biome-ignore-end lint/suspicious/noEmptyInterface: services add to it.

type OwnWord<Name> = Name extends keyof OwnWords ? OwnWords[Name] : string & Record<never, never>;

type Known<Values> = `${keyof Values & (string | number)}` | typeof OTHER;

/** The values that the attribute `Name` of a table takes, as types: a union for closed sets, which an open set completes with own words. */
export type ValueIn<Table, Name extends keyof Table> = Table[Name] extends {
  readonly kind: infer Kind;
}
  ? Table[Name] extends { readonly values: infer Values }
    ? Kind extends 'open_set'
      ? Known<Values> | OwnWord<Name>
      : Known<Values>
    : Kind extends 'number'
      ? number
      : Kind extends 'flag'
        ? true
        : string
  : never;

/** Names of the attributes of a table that have a default. */
export type DefaultedIn<Table> = {
  [Name in keyof Table]: Table[Name] extends { readonly default: string } ? Name : never;
}[keyof Table];

/**
 * The closed values of an attribute, `_OTHER` last, or `undefined` when it has none.
 *
 * @example
 * ```ts
 * import { ATTRIBUTES, valuesOf } from '@moneytrail/catalogue';
 * console.log(valuesOf(ATTRIBUTES['job.outcome'])); // [ 'succeeded', 'failed', '_OTHER' ]
 * ```
 */
export function valuesOf({ values }: AttributeDefinition): readonly string[] | undefined {
  return values && [...Object.keys(values), OTHER];
}
