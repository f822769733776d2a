// What a provider's event is mapped to: events of the catalogue, with amounts that may turn out to be unusable.
import {
  AMOUNT,
  amountAttribute,
  EVENTS,
  type EventFields,
  type EventName,
  type Money,
} from '@moneytrail/catalogue';
import type { DropReason } from '@moneytrail/metrics';

/** An amount as it was read, or why it cannot be recorded. */
export type ReadAmount = Money | DropReason;

/** A detail that is left out of an event. */
export interface LeftOut {
  /** The attribute. */
  readonly name: string;
  readonly reason: DropReason;
}

/** An event of the catalogue that follows from one of a provider, or that cannot be recorded because of its amount. */
export type MappedEvent =
  | {
      readonly name: EventName;
      readonly fields: Readonly<Record<string, unknown>>;
      readonly leftOut: readonly LeftOut[];
    }
  | { readonly name: EventName; readonly rejected: DropReason };

/** What recording adds from the delivery. */
type Given = 'provider' | 'connectedAccount';

type Field<Value> = [Value] extends [Money] ? ReadAmount : Value;

type Loose<Fields> = {
  readonly [Name in keyof Fields]: undefined extends Fields[Name]
    ? Field<Exclude<Fields[Name], undefined>> | undefined
    : Field<Fields[Name]>;
};

/**
 * The fields of an event as a mapping has them: optional ones may be `undefined`, and an amount may be the reason why there is none.
 * The provider and the connected account are added when the event is recorded, as is the time unless `at` is given.
 */
export type MappedFields<Name extends EventName> = Name extends EventName
  ? Loose<Omit<EventFields<Name>, Given>>
  : never;

/**
 * An event of the catalogue. Fields that are `undefined` are dropped. Where `amount` cannot be recorded, the event is rejected with the
 * reason; where it is merely missing and optional, the event has none. A further amount, such as a fee, is left out and counted.
 *
 * @example
 * ```ts
 * import { event, readMoney } from '@moneytrail/providers';
 * const paid = event('payout.paid', { id: 'po_1', amount: readMoney(-1, 'EUR') });
 * console.log(paid); // { name: 'payout.paid', rejected: 'negative_amount' }
 * ```
 */
export function event<const Name extends EventName>(
  name: Name,
  fields: MappedFields<Name>,
): MappedEvent {
  const { amounts = {} } = EVENTS[name];
  const lost = Object.entries(fields).flatMap(([field, value]) =>
    Object.hasOwn(amounts, field) && isReason(value) ? [{ field, reason: value }] : [],
  );
  const wrong = lost.filter(
    ({ field, reason }) => reason !== 'missing_amount' || amounts[field] === 'required',
  );
  const fatal = wrong.find(({ field }) => field === AMOUNT);
  if (fatal !== undefined) return { name, rejected: fatal.reason };
  const absent = new Set(lost.map(({ field }) => field));
  const kept = Object.entries(fields).filter(
    ([field, value]) => value !== undefined && !absent.has(field),
  );
  const leftOut = wrong.map(({ field, reason }) => ({ name: amountAttribute(field), reason }));
  return { name, fields: Object.fromEntries(kept), leftOut };
}

/** A text in the place of an amount is the reason why there is none. */
function isReason(amount: unknown): amount is DropReason {
  return typeof amount === 'string';
}
