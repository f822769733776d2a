import { net, something } from '../arithmetic.ts';
import { metric } from '../metric.ts';
import { breakdown, type Row } from '../panel.ts';
import { total } from '../promql.ts';
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

/** Money of accounts that are connected to the own one. */
export const ACCOUNTS: Row = [
  'Connected accounts',
  [
    breakdown('connected-by-currency', {
      title: 'Money of connected accounts, by currency',
      says: 'What connected accounts captured, the fee of the platform in it, what they gave back, what is disputed and what was paid out to them, less what came back of each.',
      width: 24,
      none: 'No money of connected accounts',
      sortBy: 'Captured',
      lines: [
        ['Captured', net(sum('payment.volume'), sum('payment.returned.volume'))],
        ['Fees', something(sum('platform_fee.volume'))],
        ['Given back', net(sum('refund.volume'), sum('refund.returned.volume'))],
        ['Disputed', something(sum('dispute.volume'))],
        ['Paid out', net(sum('payout.volume'), sum('payout.returned.volume'))],
      ],
    }),
  ],
];

function sum(name: Volume) {
  return total(metric(name), ['money.currency'], CONNECTED);
}
