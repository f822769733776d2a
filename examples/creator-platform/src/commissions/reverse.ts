import { commissions } from '@moneytrail/metrics';
import { reverseCommissions } from '../ledger/commissions.ts';
import type { Service } from '../service.ts';

/** Reverses the commissions of both tiers after a refund or a dispute, including those that were paid out. */
export async function takeBackCommissions(
  { ledger, log }: Service,
  payment: string,
): Promise<void> {
  for (const commission of await reverseCommissions(ledger, payment)) {
    commissions.reversed(commission);
    log.warn(
      { 'commission.id': commission.id, 'commission.tier': commission.tier },
      'commission reversed',
    );
  }
}
