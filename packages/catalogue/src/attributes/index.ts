import { OPERATION_ATTRIBUTES } from './operations.ts';
import { PAYMENT_ATTRIBUTES } from './payments.ts';

type AttributeTable = typeof PAYMENT_ATTRIBUTES & typeof OPERATION_ATTRIBUTES;

/**
 * Every attribute that events, instruments and spans carry, each name written once.
 *
 * - `set`: closed values; anything else becomes `_OTHER` and is counted.
 * - `open_set`: known values and, bounded in number and form, a service's own; what does not fit becomes `_OTHER` and is counted.
 * - `currency`: an ISO 4217 code.
 * - `name`: given by code at start-up (a job, a check), bounded by the cap of the instrument.
 * - `id`: a provider's or the application's object id, never a person's; on events and spans only.
 * - `text`: raw codes and types; on events and spans only.
 * - `number`: measured values; on events and spans only.
 * - `flag`: `true` or absent; on spans only.
 */
export const ATTRIBUTES: Readonly<Record<AttributeName, AttributeDefinition>> = {
  ...PAYMENT_ATTRIBUTES,
  ...OPERATION_ATTRIBUTES,
};

/** What the catalogue says of an attribute. */
export interface AttributeDefinition {
  readonly kind: 'set' | 'open_set' | 'currency' | 'name' | 'id' | 'text' | 'number' | 'flag';
  /** The values of a `set`, or the known ones of an `open_set`; `_OTHER` last. */
  readonly values?: readonly string[];
  /** `words`: other values of an `open_set` are lower-case words joined by underscores, as the known ones are. */
  readonly form?: 'words';
  /** The value of a series where nothing is said. Without it that is `_OTHER`. */
  readonly unsaid?: string;
  readonly help: string;
}

/** Name of an attribute of the catalogue. */
export type AttributeName = keyof AttributeTable;

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

/** The values that an attribute takes, as types: a union for closed sets, which an open one completes with a service's own words. */
export type AttributeValue<Name extends AttributeName> = AttributeTable[Name] extends {
  readonly values: readonly (infer Value)[];
}
  ? AttributeTable[Name]['kind'] extends 'open_set'
    ? Value | OwnWord<Name>
    : Value
  : AttributeTable[Name]['kind'] extends 'number'
    ? number
    : AttributeTable[Name]['kind'] extends 'flag'
      ? true
      : string;

/** Attributes that have a value where nothing is said. */
export type UnsaidAttribute = {
  [Name in AttributeName]: AttributeTable[Name] extends { readonly unsaid: string } ? Name : never;
}[AttributeName];

/** The value that stands for everything outside a closed set. */
export const OTHER = '_OTHER';

/**
 * The closed values of an attribute, or `undefined` if it has none.
 *
 * @example
 * ```ts
 * import { closedValues } from '@moneytrail/catalogue';
 * console.log(closedValues('job.outcome')); // [ 'succeeded', 'failed', '_OTHER' ]
 * ```
 */
export function closedValues(name: AttributeName): readonly string[] | undefined {
  return ATTRIBUTES[name].values;
}
