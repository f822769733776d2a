import { COMMISSION_INSTRUMENTS } from './commissions.ts';
import type { InstrumentDefinition } from './definition.ts';
import { OPERATION_INSTRUMENTS } from './operations.ts';
import { PAYMENT_INSTRUMENTS } from './payments.ts';
import { PAYOUT_INSTRUMENTS } from './payouts.ts';
import { REFUND_INSTRUMENTS } from './refunds.ts';

type InstrumentTable = typeof PAYMENT_INSTRUMENTS &
  typeof REFUND_INSTRUMENTS &
  typeof PAYOUT_INSTRUMENTS &
  typeof COMMISSION_INSTRUMENTS &
  typeof OPERATION_INSTRUMENTS;

/** Name of an instrument of the catalogue, without prefix. */
export type InstrumentName = keyof InstrumentTable;

/** Definition of one instrument with its literal types. */
export type InstrumentOf<Name extends InstrumentName> = InstrumentTable[Name];

/** Names of the instruments of one kind. */
export type InstrumentOfKind<Kind extends InstrumentDefinition['kind']> = {
  [Name in InstrumentName]: InstrumentTable[Name]['kind'] extends Kind ? Name : never;
}[InstrumentName];

/** Every instrument by name; the annotation checks each entry. */
export const INSTRUMENTS: Readonly<Record<InstrumentName, InstrumentDefinition>> = {
  ...PAYMENT_INSTRUMENTS,
  ...REFUND_INSTRUMENTS,
  ...PAYOUT_INSTRUMENTS,
  ...COMMISSION_INSTRUMENTS,
  ...OPERATION_INSTRUMENTS,
};
