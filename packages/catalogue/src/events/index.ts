import { COMMISSION_EVENTS } from './commissions.ts';
import type { EventDefinition } from './definition.ts';
import { OPERATION_EVENTS } from './operations.ts';
import { PAYMENT_EVENTS } from './payments.ts';
import { PAYOUT_EVENTS } from './payouts.ts';
import { REFUND_EVENTS } from './refunds.ts';

type EventTable = typeof PAYMENT_EVENTS &
  typeof REFUND_EVENTS &
  typeof PAYOUT_EVENTS &
  typeof COMMISSION_EVENTS &
  typeof OPERATION_EVENTS;

/** Name of an event of the catalogue, without prefix. */
export type EventName = keyof EventTable;

/** Definition of one event with its literal types. */
export type EventOf<Name extends EventName> = EventTable[Name];

/** Every event by name; the annotation checks each entry. */
export const EVENTS: Readonly<Record<EventName, EventDefinition>> = {
  ...PAYMENT_EVENTS,
  ...REFUND_EVENTS,
  ...PAYOUT_EVENTS,
  ...COMMISSION_EVENTS,
  ...OPERATION_EVENTS,
};
