/** The definition of a business event, and the type of its fields. */
import type { Money } from '../money/money.ts';
import type { ValueIn } from './attribute.ts';

/** The definition of one event. Callers use field names; attribute names are sent. */
export interface EventDefinition {
  readonly help: string;
  readonly severity: 'INFO' | 'WARN';
  /** Increased if the meaning of a field changes. @defaultValue 1 */
  readonly version?: number;
  /**
   * Fields that identify the object of the event. The first one that is present is used. The id of an event consists of
   * owner, object and event name, and an event is recorded once per id. Without an identity, each call counts.
   */
  readonly identity: readonly string[];
  /** Amounts of money by field name. All have the currency of `amount`, or of the first one if there is no `amount`. */
  readonly amounts?: Readonly<Record<string, 'required' | 'optional'>>;
  /**
   * With this value of the attribute, `amount` is a part that may grow: the difference is added, and smaller amounts are
   * duplicates.
   */
  readonly grows?: { readonly while: string; readonly is: string };
  /** The side of a movement of money: what was done can be undone later. */
  readonly movement?: MovementDefinition;
  readonly required?: Readonly<Record<string, string>>;
  readonly optional?: Readonly<Record<string, string>>;
}

/** One side of a movement of money. */
export interface MovementDefinition {
  /** `reported`: the total within a larger object, without naming what moved. */
  readonly side: 'done' | 'undone' | 'reported';
  /** Attributes that name what moved. The first one that is present is used. */
  readonly of: readonly string[];
  /** Attribute that names the larger object, within which several things move, and which reports refer to. */
  readonly within?: string;
  /** Of a report: the attribute with the total, in minor units. */
  readonly total?: string;
  /** Of a report: the attribute with the previous total, in minor units. */
  readonly before?: string;
}

/**
 * The id of what an event moved: the first attribute of its movement that is present.
 *
 * @example
 * ```ts
 * import { movedId } from '@moneytrail/catalogue';
 * const movement = { side: 'undone', of: ['payment.attempt.id', 'payment.id'] } as const;
 * console.log(movedId(movement, { 'payment.id': 'pi_1' })); // pi_1
 * ```
 */
export function movedId<Value>(
  { of }: MovementDefinition,
  attributes: Readonly<Record<string, Value>>,
): Value | undefined {
  const name = of.find((one) => attributes[one] !== undefined);
  return name === undefined ? undefined : attributes[name];
}

/** Events by name. */
export type EventTable = Readonly<Record<string, EventDefinition>>;

type FieldsOf<Definition, Key extends string> =
  Definition extends Readonly<Record<Key, infer Fields>> ? Fields : Readonly<Record<never, never>>;

type AmountsOf<Definition> = FieldsOf<Definition, 'amounts'>;

type NamesOf<Amounts, Need> = {
  [Name in keyof Amounts]: Amounts[Name] extends Need ? Name : never;
}[keyof Amounts];

/** Fields of any event. */
export interface CommonFields<Provider = string> {
  /** Time of the event; now by default. A time more than five minutes ahead becomes now, and is counted. */
  readonly at?: Date | number;
  /** Provider of an event that does not require one; part of the id of the event. */
  readonly provider?: Provider;
  /**
   * The connected account at the provider that owns the object, if it is not the own account. It distinguishes equal ids of
   * two accounts. It is recorded that the account is connected, but not the account itself.
   */
  readonly connectedAccount?: string;
}

/** The fields of an event: required and optional ones, and amounts. */
export type FieldsIn<Attributes, Definition> = CommonFields<
  'payment.provider' extends keyof Attributes ? ValueIn<Attributes, 'payment.provider'> : string
> & {
  readonly [Field in keyof FieldsOf<Definition, 'required'>]: ValueIn<
    Attributes,
    FieldsOf<Definition, 'required'>[Field] & keyof Attributes
  >;
} & {
  readonly [Field in keyof FieldsOf<Definition, 'optional'>]?: ValueIn<
    Attributes,
    FieldsOf<Definition, 'optional'>[Field] & keyof Attributes
  >;
} & { readonly [Field in NamesOf<AmountsOf<Definition>, 'required'>]: Money } & {
  readonly [Field in NamesOf<AmountsOf<Definition>, 'optional'>]?: Money;
};

/** The field of the main amount of an event. Further amounts, such as a fee or a tax, accompany it. */
export const AMOUNT = 'amount';

/**
 * The attribute that carries an amount in minor units: `money.amount_minor` for `amount`, else derived from the name of the
 * field.
 *
 * @example
 * ```ts
 * import { amountAttribute } from '@moneytrail/catalogue';
 * console.log(amountAttribute('platformFee')); // platform_fee.amount_minor
 * ```
 */
export function amountAttribute(field: string): string {
  if (field === AMOUNT) return 'money.amount_minor';
  const words = field.replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, '_').toLowerCase();
  return `${words}.amount_minor`;
}
