import type { AttributeName, AttributeValue } from './attributes/index.ts';
import type { EventName, EventOf } from './events/index.ts';
import type { Money } from './money.ts';

type Fields<Table> = {
  readonly [Field in keyof Table]: Table[Field] extends AttributeName
    ? AttributeValue<Table[Field]>
    : never;
};

type Amount<Name extends EventName> = {
  required: { readonly amount: Money };
  optional: { readonly amount?: Money };
  none: object;
}[EventOf<Name>['money']];

/** Fields that every fact may have. */
export interface CommonFacts {
  /** When it happened; default now. A time more than five minutes ahead becomes now and is counted. */
  readonly at?: Date | number;
  /** Provider of facts whose event does not require one; part of the fact's id. */
  readonly provider?: AttributeValue<'payment.provider'>;
  /**
   * The account at the provider whose object it is, when it is not the own one but connected to it. It keeps equal ids of two
   * accounts apart; what is recorded is that the account is connected, never which it is.
   */
  readonly connectedAccount?: string;
}

/** What a caller says about an event: its required and optional fields, and the amount where it has one. */
export type Facts<Name extends EventName> = CommonFacts &
  Fields<EventOf<Name>['required']> &
  Partial<Fields<EventOf<Name>['optional']>> &
  Amount<Name> &
  (Name extends 'payment.succeeded' ? { readonly platformFee?: Money } : object);

/** Any event with its facts; `event` tells them apart. */
export type BusinessEvent = {
  [Name in EventName]: { readonly event: Name } & Facts<Name>;
}[EventName];
