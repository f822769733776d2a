import { commissions } from '@moneytrail/metrics';
import type Stripe from 'stripe';
import { processCommissions } from '../commissions/process.ts';
import { takeBackCommissions } from '../commissions/reverse.ts';
import { payCommissions, releaseCommissions } from '../ledger/commissions.ts';
import { findUnbookedPayment, movePayment } from '../ledger/payments.ts';
import { endPayout } from '../ledger/payouts.ts';
import type { Service } from '../service.ts';

/**
 * Applies an event to the ledger. Events arrive more than once, late and in any order, so each step checks in the ledger
 * whether there is anything left to do. A payment outside of the ledger changes nothing here, but is recorded.
 */
export async function bookEvent(service: Service, event: Stripe.Event): Promise<void> {
  switch (event.type) {
    case 'payment_intent.succeeded':
      return bookSuccess(service, event.data.object.id);
    case 'payment_intent.payment_failed':
      return move(service, event.data.object, 'failed');
    case 'payment_intent.canceled':
      return move(service, event.data.object, 'canceled');
    case 'charge.refunded':
      return takeBack(service, event.data.object.payment_intent, 'refunded');
    case 'charge.dispute.created':
      return takeBack(service, event.data.object.payment_intent, 'disputed');
    case 'payout.paid':
      return bookPaid(service, event.data.object);
    case 'payout.failed':
    case 'payout.canceled':
      return bookUnpaid(service, event.data.object);
    default:
      return undefined;
  }
}

async function bookSuccess(service: Service, id: string): Promise<void> {
  await movePayment(service.ledger, id, 'succeeded');
  const payment = await findUnbookedPayment(service.ledger, id);
  if (payment) await processCommissions(service, payment);
}

async function move(
  { ledger }: Service,
  intent: Stripe.PaymentIntent,
  status: 'failed' | 'canceled',
): Promise<void> {
  await movePayment(ledger, intent.id, status);
}

async function takeBack(
  service: Service,
  intent: string | Stripe.PaymentIntent | null,
  status: 'refunded' | 'disputed',
): Promise<void> {
  const id = typeof intent === 'string' ? intent : intent?.id;
  if (id === undefined) return;
  await movePayment(service.ledger, id, status);
  await takeBackCommissions(service, id);
}

/** Both steps run each time, because an earlier delivery may have failed between them. */
async function bookPaid({ ledger, log }: Service, payout: Stripe.Payout): Promise<void> {
  const id = ledgerId(payout);
  if (id === undefined) return;
  await endPayout(ledger, id, 'paid');
  for (const commission of await payCommissions(ledger, id)) {
    commissions.paid({ ...commission, payout: payout.id });
  }
  log.info({ 'payout.id': payout.id }, 'payout paid');
}

async function bookUnpaid({ ledger, log }: Service, payout: Stripe.Payout): Promise<void> {
  const id = ledgerId(payout);
  if (id === undefined) return;
  const status = payout.status === 'canceled' ? 'canceled' : 'failed';
  await endPayout(ledger, id, status);
  await releaseCommissions(ledger, id);
  log.warn({ 'payout.id': payout.id, code: payout.failure_code }, 'payout came back');
}

/** The job sets the ledger's id in the metadata of every payout. */
function ledgerId({ metadata }: Stripe.Payout): string | undefined {
  return metadata?.['payout'];
}
