import { payouts } from '@moneytrail/metrics';
import { tracePayout } from '@moneytrail/tracing';
import Stripe from 'stripe';
import { releaseCommissions } from '../ledger/commissions.ts';
import { endPayout, type Payout, sendPayout } from '../ledger/payouts.ts';
import type { Service } from '../service.ts';
import { stripeAmount } from '../stripe/amount.ts';

/**
 * Requests a payout from Stripe. The ledger's id is the idempotency key, so that a repeated request pays once; it is sent as
 * metadata, so that the webhook finds the payout even when it arrives before the response.
 */
export async function requestPayout(service: Service, payout: Payout): Promise<void> {
  const { ledger, log, stripe } = service;
  const fields = { provider: 'stripe', method: 'standard', amount: payout.amount } as const;
  try {
    await tracePayout(fields, async () => {
      const created = await stripe.payouts.create(
        { ...stripeAmount(payout.amount), method: fields.method, metadata: { payout: payout.id } },
        { idempotencyKey: payout.id },
      );
      payouts.created({ ...fields, id: created.id });
      await sendPayout(ledger, payout.id, created.id);
      log.info({ 'payout.id': created.id }, 'payout requested');
    });
  } catch (error) {
    if (isRefusal(error)) await giveUp(service, payout);
    log.error({ err: error }, isRefusal(error) ? 'payout refused' : 'payout is asked for again');
  }
}

/** Only a rejection proves that nothing was paid; after any other error the money may be on its way. */
function isRefusal(error: unknown): boolean {
  return error instanceof Stripe.errors.StripeInvalidRequestError || error instanceof RangeError;
}

async function giveUp({ ledger }: Service, payout: Payout): Promise<void> {
  await endPayout(ledger, payout.id, 'failed');
  await releaseCommissions(ledger, payout.id);
}
