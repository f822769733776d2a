import type { Money } from '@moneytrail/catalogue';
import { commissions } from '@moneytrail/metrics';
import { traceCommission } from '@moneytrail/tracing';
import { splitPayment } from '../checkout/split.ts';
import { addCommission, type Commission, type Tier } from '../ledger/commissions.ts';
import type { Payment } from '../ledger/payments.ts';
import type { Service } from '../service.ts';

interface OwedCommission extends Commission {
  readonly payee: string;
}

/** Books the commissions of both tiers, each in its own span. Rejects when the ledger fails. */
export async function processCommissions(service: Service, payment: Payment): Promise<void> {
  for (const commission of commissionsOf(payment)) await processCommission(service, commission);
}

async function processCommission({ ledger, log }: Service, owed: OwedCommission): Promise<void> {
  const { payee: _, ...commission } = owed;
  const startMs = performance.now();
  const durationSeconds = (): number => (performance.now() - startMs) / 1000;
  await traceCommission(commission, async () => {
    try {
      if (!(await addCommission(ledger, owed))) return;
    } catch (error) {
      commissions.failed({ ...commission, durationSeconds: durationSeconds() });
      throw error;
    }
    commissions.created(commission);
    commissions.processed({ ...commission, durationSeconds: durationSeconds() });
    log.info(
      { 'commission.id': commission.id, 'commission.tier': commission.tier },
      'commission processed',
    );
  });
}

/** The id is derived from payment and tier, so that every attempt refers to the same commission. */
function commissionsOf(payment: Payment): OwedCommission[] {
  const { tier1: payee1, tier2: payee2 } = payment.referrers;
  const { tier1, tier2 } = splitPayment(payment.amount, payment.referrers);
  const owed = (tier: Tier, payee: string | undefined, amount: Money): OwedCommission[] =>
    payee === undefined || amount.minor === 0n
      ? []
      : [
          {
            id: `co_${payment.id.replace(/^pi_/, '')}_${tier}`,
            payment: payment.id,
            tier,
            payee,
            amount,
          },
        ];
  return [...owed('1', payee1, tier1), ...owed('2', payee2, tier2)];
}
