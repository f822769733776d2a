import { net, something } from '../arithmetic.ts';
import { COLOURS } from '../colours.ts';
import { logsLink } from '../links.ts';
import { eventLines } from '../logql.ts';
import { metric } from '../metric.ts';
import { breakdown, type Row, stat, trend } from '../panel.ts';
import { age, current, highest, rate, total } from '../promql.ts';
import { OWN } from './accounts.ts';

const disputes = metric('disputes');
const payouts = metric('payout.attempts');
const requested = metric('payout.requested.volume');
const paidOut = metric('payout.volume');
const payoutsBack = metric('payout.returned.volume');
const commissions = metric('commission.volume');

/** Money that goes back. */
export const REFUNDS: Row = [
  'Refunds and disputes',
  [
    trend('refunds', {
      title: 'Refunds by state',
      says: 'A refund that fails has left the payer without the money: look at each of them.',
      width: 8,
      none: 'No refund',
      lines: [['', rate('hour', metric('refunds'), ['refund.status'])]],
      links: [logsLink('Refunds', eventLines(['refund']))],
    }),
    breakdown('disputes', {
      title: 'Disputes by stage and reason',
      says: 'Answer what is open before the bank’s date; a dispute without an answer is lost.',
      width: 8,
      none: 'No dispute',
      sortBy: 'Disputes',
      unit: 'locale',
      lines: [['Disputes', something(total(disputes, ['dispute.stage', 'dispute.reason']))]],
      links: [logsLink('Disputes', eventLines(['dispute']))],
    }),
    stat('fraud-warnings', {
      title: 'Fraud warnings',
      says: 'Warnings of card networks. Most become disputes unless the payment is given back first.',
      width: 8,
      none: 'Nothing reported',
      steps: [COLOURS.good, [1, COLOURS.watch], [10, COLOURS.bad]],
      unit: 'locale',
      lines: [['', total(metric('fraud.warnings'), [])]],
      links: [logsLink('Fraud warnings', eventLines(['fraud']))],
    }),
  ],
];

/** Money that goes on to others. */
export const PAYOUTS: Row = [
  'Payouts and commissions',
  [
    breakdown('payouts-by-currency', {
      title: 'Payouts by currency',
      says: 'Money of payouts that were begun, and that arrived and stayed; the difference is under way, failed or came back.',
      width: 8,
      none: 'No payout',
      sortBy: 'Begun',
      lines: [
        ['Begun', something(total(requested, ['money.currency'], OWN))],
        [
          'Arrived',
          net(total(paidOut, ['money.currency'], OWN), total(payoutsBack, ['money.currency'], OWN)),
        ],
      ],
    }),
    trend('payouts', {
      title: 'Payouts by outcome',
      says: 'A payout that fails has usually met a closed account: its owner waits for money.',
      width: 8,
      none: 'No payout ended',
      lines: [['', rate('hour', payouts, ['payout.outcome'], OWN)]],
      links: [logsLink('Payouts', eventLines(['payout']))],
    }),
    stat('payouts-pending', {
      title: 'Payouts under way',
      says: 'Begun and not ended, and the age of the oldest.',
      width: 4,
      none: 'Nothing reported',
      lines: [['payouts', current(metric('payout.pending'), [])]],
    }),
    stat('payout-oldest', {
      title: 'Oldest payout, last run',
      says: 'Age of the oldest payout that has not ended, and how long ago a payout job last ended well.',
      width: 4,
      none: 'Nothing reported',
      lines: [
        ['oldest', highest(metric('payout.pending.age.max'), [])],
        ['since a run of', age(metric('job.last_success.timestamp'), ['job.name'])],
      ],
    }),
    trend('commissions', {
      title: 'Commissions by state',
      says: 'Created, approved after the time for refunds, paid with a payout, reversed with a refund.',
      width: 12,
      none: 'No commission',
      lines: [['', rate('minute', metric('commissions'), ['commission.status'])]],
      links: [logsLink('Commissions', eventLines(['commission']))],
    }),
    breakdown('commissions-by-currency', {
      title: 'Commissions by currency and state',
      says: 'Money of each state since the beginning of the time shown.',
      width: 12,
      none: 'No commission',
      sortBy: 'Money',
      lines: [
        [
          'Money',
          something(total(commissions, ['money.currency', 'commission.tier', 'commission.status'])),
        ],
      ],
    }),
  ],
];
