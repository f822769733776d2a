import {
  ATTRIBUTES,
  type AttributeName,
  type AttributeValue,
  type BusinessEvent,
  currencyExponent,
  type Money,
  MoneytrailError,
  moneyFromProvider,
  moneyProblem,
  OTHER,
  valuesOf,
} from '@moneytrail/catalogue';
import type { DropReason } from '@moneytrail/metrics';
import { type Json, numberOf, textOf } from './json.ts';
import type { StripeMode } from './options.ts';

/** A verified event, as far as facts are read from it. */
export interface StripeEvent {
  readonly id: string;
  readonly type: string;
  /** Unix seconds; absent when the event does not say. */
  readonly createdSeconds: number | undefined;
  readonly at: Date | undefined;
  /** The connected account that it is about; absent for the own one. */
  readonly account: string | undefined;
  /** Absent when neither the event nor its object says it. */
  readonly mode: StripeMode | undefined;
  readonly object: Json;
  /** Former values of what the event says has changed. */
  readonly previous: Json;
  /** An earlier event said that an invoice was paid by this payment. */
  readonly isOfInvoice?: boolean;
}

/** What a mapping found: a fact, a fact that cannot be recorded, or a detail that is left out of one. */
export type Finding =
  | { readonly kind: 'fact'; readonly fact: BusinessEvent }
  | { readonly kind: 'refused' | 'left_out'; readonly name: string; readonly reason: DropReason };

/** Reads the facts of an event; pure, so that the same event gives the same facts. */
export type Mapping = (event: StripeEvent) => readonly Finding[];

/** A fact without an amount, or whose amount may be missing. */
export function factOf(fact: BusinessEvent): Finding {
  return { kind: 'fact', fact };
}

/** A fact that cannot be recorded, and why. */
export function refusedFact(name: BusinessEvent['event'], reason: DropReason): Finding {
  return { kind: 'refused', name, reason };
}

/** The name of a fact and its amount, for the maker of the fact. */
interface Priced<Name, Amount> {
  readonly event: Name;
  readonly amount: Amount;
}

/** A fact that needs its amount: refused, with the reason, when the amount cannot be recorded. */
export function pricedFact<const Name extends BusinessEvent['event']>(
  event: Name,
  amount: Money | DropReason,
  make: (priced: Priced<Name, Money>) => BusinessEvent,
): Finding {
  return typeof amount === 'string' ? refusedFact(event, amount) : factOf(make({ event, amount }));
}

/** A fact that may come without an amount, but not with a wrong one. */
export function maybePricedFact<const Name extends BusinessEvent['event']>(
  event: Name,
  amount: Money | DropReason,
  make: (priced: Priced<Name, Money | undefined>) => BusinessEvent,
): Finding {
  return amount === 'missing_amount'
    ? factOf(make({ event, amount: undefined }))
    : pricedFact(event, amount, make);
}

/** The first of `fields` that is there, as exact money in the object's currency, or why it is none. */
export function amountOf(object: Json, ...fields: readonly string[]): Money | DropReason {
  const field = fields.find((name) => object[name] !== undefined && object[name] !== null);
  return field === undefined ? 'missing_amount' : moneyOf(object[field], object['currency']);
}

/** An amount in Stripe's minor units as exact money, or why it is none. */
export function moneyOf(amount: unknown, currency: unknown): Money | DropReason {
  const code = typeof currency === 'string' ? currency.toUpperCase() : '';
  if (currencyExponent(code) === undefined) return 'unknown_currency';
  if (typeof amount !== 'number') return 'invalid_value';
  const problem = moneyProblem({ minor: amount, currency: code });
  return problem ?? converted(amount, code);
}

/** Stripe gives some currencies decimals that ISO 4217 does not; what does not fit exactly is refused. */
function converted(amount: number, currency: string): Money | DropReason {
  try {
    const money = moneyFromProvider('stripe', amount, currency);
    return moneyProblem(money) ?? money;
  } catch (error) {
    if (error instanceof MoneytrailError) return 'conversion';
    throw error;
  }
}

/** Seconds from the creation of an object to the event; absent when the two do not fit together. */
export function secondsSinceCreation({ createdSeconds, object }: StripeEvent): number | undefined {
  const created = numberOf(object, 'created');
  if (createdSeconds === undefined || created === undefined) return undefined;
  return createdSeconds >= created ? createdSeconds - created : undefined;
}

/** The object's id. */
export function objectId({ object }: StripeEvent): string | undefined {
  return textOf(object, 'id');
}

/** Whether the provider's word is one of the catalogue's. */
export function isWordOf<Name extends AttributeName>(
  attribute: Name,
  word: string,
): word is AttributeValue<Name> & string {
  return word !== OTHER && (valuesOf(ATTRIBUTES[attribute])?.includes(word) ?? false);
}

/** One word for many: `[['card', 'card_present interac_present'], …]` as a look-up. */
export function wordTable<const Value extends string>(
  groups: readonly (readonly [value: Value, words: string])[],
): ReadonlyMap<string, Value> {
  return new Map(
    groups.flatMap(([value, words]) =>
      words.split(' ').map((word): [string, Value] => [word, value]),
    ),
  );
}
