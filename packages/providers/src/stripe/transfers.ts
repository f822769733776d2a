import type { Money } from '@moneytrail/catalogue';
import type { DropReason } from '@moneytrail/metrics';
import { defined } from '../defined.ts';
import type { EventTypeOf, Handling } from './handling.ts';
import { childOf, type Json, listOf, numberOf, referenceOf, textOf } from './json.ts';
import {
  amountOf,
  type Finding,
  moneyOf,
  objectId,
  pricedFact,
  type StripeEvent,
} from './mapping.ts';
import { payoutCreated } from './payouts.ts';

/** Transfers to connected accounts; the account itself is not recorded. Before 2017-04-06 payouts were transfers, too. */
export const TRANSFER_EVENTS: Readonly<Record<EventTypeOf<'transfer'>, Handling>> = {
  'transfer.created': { records: ['transfer.created', 'payout.created'], map: created },
  'transfer.reversed': { records: ['transfer.reversed'], map: reversed },
  'transfer.updated': 'intermediate',
};

function created(event: StripeEvent): readonly Finding[] {
  if (isToBank(event.object)) return payoutCreated(event);
  return [
    pricedFact('transfer.created', amountOf(event.object, 'amount'), (priced) =>
      defined({ ...priced, ...transfer(event) }),
    ),
  ];
}

/** Each reversal is a fact by its id. An event that lists none tells of one: what was added to the reversed amount. */
function reversed(event: StripeEvent): readonly Finding[] {
  const listed = listOf(event.object, 'reversals');
  if (listed.length === 0) return [reversal(event, unlistedId(event), unlistedAmount(event))];
  return listed.map((one) => reversal(event, textOf(one, 'id'), amountOf(one, 'amount')));
}

function reversal(event: StripeEvent, id: string | undefined, money: Money | DropReason): Finding {
  return pricedFact('transfer.reversed', money, (priced) =>
    defined({ ...priced, ...transfer(event), reversal: id }),
  );
}

/** The total tells one reversal of a transfer from the next, and is the same in a repetition. */
function unlistedId(event: StripeEvent): string | undefined {
  const total = numberOf(event.object, 'amount_reversed');
  return total === undefined ? undefined : `${objectId(event)}:${total}`;
}

function unlistedAmount({ object, previous }: StripeEvent): Money | DropReason {
  const total = numberOf(object, 'amount_reversed');
  if (total === undefined) return 'missing_amount';
  return moneyOf(total - (numberOf(previous, 'amount_reversed') ?? 0), object['currency']);
}

/**
 * Until 2017-04-06 a transfer had a status, and went to a bank account or card unless its type or destination is an account. The
 * transfers of today have neither status nor type.
 */
export function isToBank(transfer: Json): boolean {
  if (textOf(transfer, 'status') === undefined) return false;
  const isToAccount =
    textOf(transfer, 'type') === 'stripe_account' ||
    referenceOf(transfer, 'destination')?.startsWith('acct_') === true;
  return !isToAccount;
}

/** The payment behind a transfer is known only when its charge was expanded: a charge's id is not its payment's. */
function transfer(event: StripeEvent) {
  return {
    provider: 'stripe',
    id: objectId(event),
    at: event.at,
    payment: referenceOf(childOf(event.object, 'source_transaction'), 'payment_intent'),
  } as const;
}
