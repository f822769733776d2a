// Transfers to connected accounts; the account itself is not recorded. Before 2017-04-06 payouts were transfers, too.
import { childOf, type Json, listOf, numberOf, referenceOf, textOf } from '../../json.ts';
import { event, type MappedEvent, type ReadAmount } from '../../mapped-event.ts';
import { amountOf, moneyOf, objectId, type StripeEvent } from '../objects.ts';
import type { EventTypeOf, StripeHandling } from './handling.ts';
import { payoutCreated } from './payouts.ts';

/** Types of transfers. */
export const TRANSFER_EVENTS: Readonly<Record<EventTypeOf<'transfer'>, StripeHandling>> = {
  'transfer.created': { records: ['transfer.created', 'payout.created'], map: created },
  'transfer.reversed': { records: ['transfer.reversed'], map: reversed },
  'transfer.updated': 'intermediate',
};

function created(source: StripeEvent): readonly MappedEvent[] {
  if (isToBank(source.object)) return payoutCreated(source);
  const amount = amountOf(source.object, 'amount');
  return [event('transfer.created', { ...transfer(source), amount })];
}

/** Each reversal is known by its id. An event that lists none reports one: what was added to the reversed amount. */
function reversed(source: StripeEvent): readonly MappedEvent[] {
  const listed = listOf(source.object, 'reversals');
  if (listed.length === 0) return [reversal(source, unlistedId(source), unlistedAmount(source))];
  return listed.map((one) => reversal(source, textOf(one, 'id'), amountOf(one, 'amount')));
}

function reversal(source: StripeEvent, id: string | undefined, amount: ReadAmount): MappedEvent {
  return event('transfer.reversed', { ...transfer(source), amount, reversal: id });
}

/** The total distinguishes one reversal of a transfer from the next, and is the same in a repetition. */
function unlistedId(source: StripeEvent): string | undefined {
  const total = numberOf(source.object, 'amount_reversed');
  return total === undefined ? undefined : `${objectId(source)}:${total}`;
}

function unlistedAmount({ object, previous }: StripeEvent): ReadAmount {
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
function transfer(source: StripeEvent) {
  const payment = referenceOf(childOf(source.object, 'source_transaction'), 'payment_intent');
  return { id: objectId(source), payment };
}
