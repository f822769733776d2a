/** The definition of an attribute of events, series and spans. */

/**
 * - `set`: closed values. Any other value becomes `_OTHER` and is counted.
 * - `open_set`: known values, and values of a service within bounds of number and form. Any other value becomes `_OTHER` and is counted.
 * - `currency`: an ISO 4217 code.
 * - `name`: a name that code sets at startup (a job, a check), bounded by the series limit of the instrument.
 * - `id`: the id of an object at a provider or in the application, never of a person. On events and spans only.
 * - `text`: raw codes and types. On events and spans only.
 * - `number`: measured values. On events and spans only.
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

/** The definition of one attribute. */
export interface AttributeDefinition {
  readonly kind: AttributeKind;
  readonly help: string;
  /** The values of a `set`, or the known ones of an `open_set`, with their meanings. `_OTHER` is always one of them. */
  readonly values?: Readonly<Record<string, string>>;
  /** `words`: values of a service in an `open_set` are lower-case words joined by underscores, like the known ones. */
  readonly form?: 'words';
  /** The value of a series if the event or call does not have one. `_OTHER` by default. */
  readonly default?: string;
  /** `used_values`: series start at zero only for values in use, because a service that uses one may never use another. */
  readonly zeroSeries?: 'used_values';
  /** The attribute is also set on the active span, to find traces by it. */
  readonly onSpan?: true;
}

/** Attributes by name. */
export type AttributeTable = Readonly<Record<string, AttributeDefinition>>;

/** The value that stands for everything outside a closed set. */
export const OTHER = '_OTHER';

// biome-ignore-start lint/suspicious/noEmptyInterface: services extend it.
/**
 * The words of a service for open sets, for its compiler. Only known values and words declared here compile; an open set
 * without a declaration accepts any string. It has no effect at run time.
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
// biome-ignore-end lint/suspicious/noEmptyInterface: services extend it.

type OwnWord<Name> = Name extends keyof OwnWords ? OwnWords[Name] : string & Record<never, never>;

type Known<Values> = `${keyof Values & (string | number)}` | typeof OTHER;

/**
 * The values of the attribute `Name` of a table, as types: a union for closed sets, extended by the words of the service
 * for open sets.
 */
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
 * The closed values of an attribute, `_OTHER` last, or `undefined` if it has none.
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
