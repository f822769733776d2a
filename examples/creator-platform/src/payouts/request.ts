import { payouts } from '@moneytrail/metrics';
import { tracePayout } from '@moneytrail/tracing';
import { releaseCommissions } from '../ledger/commissions.ts';
import { endPayout, type Payout, sendPayout } from '../ledger/payouts.ts';
import type { Service } from '../service.ts';
import { stripeAmount } from '../stripe/amount.ts';

/**
 * Asks Stripe to pay. The ledger's id is the idempotency key, so a repeated request pays once; it travels as metadata, so
 * that the webhook finds the payout even when it is faster than the answer.
 */
export async function requestPayout(service: Service, payout: Payout): Promise<void> {
  const { ledger, log, stripe } = service;
  const facts = { provider: 'stripe', method: 'standard', amount: payout.amount } as const;
  try {
    await tracePayout(facts, async () => {
      const created = await stripe.payouts.create(
        { ...stripeAmount(payout.amount), method: facts.method, metadata: { payout: payout.id } },
        { idempotencyKey: payout.id },
      );
      await sendPayout(ledger, payout.id, created.id);
      payouts.created({ ...facts, id: created.id });
    });
  } catch (error) {
    log.error({ err: error }, 'payout refused');
    await endPayout(ledger, payout.id, 'failed');
    await releaseCommissions(ledger, payout.id);
  }
}
