/** The row of connected accounts. */

import { CATALOGUE } from '@moneytrail/catalogue';
import { metric, net, nonZero, total } from '@moneytrail/promql';
import { breakdown, type Row } from '../panel.ts';
import { CONNECTED } from './accounts.ts';

type Volume =
  | 'payment.volume'
  | 'payment.returned.volume'
  | 'platform_fee.volume'
  | 'refund.volume'
  | 'refund.returned.volume'
  | 'dispute.volume'
  | 'payout.volume'
  | 'payout.returned.volume';

/** Money of connected accounts. */
export const ACCOUNTS: Row = [
  'Connected accounts',
  [
    breakdown('connected-by-currency', {
      title: 'Connected accounts by currency',
      description:
        'Captured by connected accounts, with platform fees, refunds, disputes and payouts. Returned money is subtracted.',
      width: 24,
      noValue: 'No money from connected accounts',
      sortBy: 'Captured',
      targets: [
        ['Captured', net(sum('payment.volume'), sum('payment.returned.volume'))],
        ['Fees', nonZero(sum('platform_fee.volume'))],
        ['Refunded', net(sum('refund.volume'), sum('refund.returned.volume'))],
        ['Disputed', nonZero(sum('dispute.volume'))],
        ['Paid out', net(sum('payout.volume'), sum('payout.returned.volume'))],
      ],
    }),
  ],
];

function sum(name: Volume) {
  return total(metric(CATALOGUE, name), { by: ['money.currency'], where: CONNECTED });
}
