// Event types that are no longer on Stripe's list, and that accounts on an older API version still get.
import type { IgnoreReason } from '../../provider.ts';
import { FRAUD_EVENTS } from './fraud.ts';
import type { StripeHandling, StripeMapping } from './handling.ts';
import { payoutCanceled, payoutFailed, payoutPaid } from './payouts.ts';
import { isToBank } from './transfers.ts';

/** What is done with each type that was retired since 2015. */
export const RETIRED_EVENTS: Readonly<Record<string, StripeHandling>> = {
  // Until 2017-04-06 payouts were transfers.
  'transfer.canceled': { records: ['payout.canceled', 'payout.paid'], map: toBank(payoutCanceled) },
  'transfer.failed': { records: ['payout.failed', 'payout.paid'], map: toBank(payoutFailed) },
  'transfer.paid': { records: ['payout.paid'], map: toBank(payoutPaid) },
  'issuer_fraud_record.created': FRAUD_EVENTS['radar.early_fraud_warning.created'],
  ...ignored('counted_elsewhere', [
    'bitcoin.receiver.filled',
    'bitcoin.receiver.transaction.created',
    'order.payment_failed',
    'order.payment_succeeded',
  ]),
  ...ignored('no_money', [
    'bitcoin.receiver.created',
    'bitcoin.receiver.updated',
    'customer.bank_account.deleted',
    'customer.card.created',
    'customer.card.deleted',
    'customer.card.updated',
    'invoiceitem.updated',
    'order.created',
    'order.updated',
    'order_return.created',
    'ping',
    'recipient.created',
    'recipient.deleted',
    'recipient.updated',
    'sku.created',
    'sku.deleted',
    'sku.updated',
  ]),
};

function ignored(reason: IgnoreReason, types: readonly string[]): Record<string, StripeHandling> {
  return Object.fromEntries(types.map((type) => [type, reason]));
}

/** Transfers between accounts were recorded when they were created. */
function toBank(map: StripeMapping): StripeMapping {
  return (source) => (isToBank(source.object) ? map(source) : []);
}
