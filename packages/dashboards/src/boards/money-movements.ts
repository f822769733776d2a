/** The rows of refunds, disputes, payouts and commissions. */

import { CATALOGUE } from '@moneytrail/catalogue';
import { age, latest, max, metric, net, nonZero, rate, total } from '@moneytrail/promql';
import { COLOURS } from '../colours.ts';
import { logsLink } from '../links.ts';
import { eventLines } from '../logql.ts';
import { breakdown, type Row, stat, trend } from '../panel.ts';
import { OWN } from './accounts.ts';

const disputes = metric(CATALOGUE, 'disputes');
const payouts = metric(CATALOGUE, 'payout.attempts');
const requested = metric(CATALOGUE, 'payout.requested.volume');
const paidOut = metric(CATALOGUE, 'payout.volume');
const payoutsBack = metric(CATALOGUE, 'payout.returned.volume');
const commissions = metric(CATALOGUE, 'commission.volume');

/** Refunds, disputes and fraud warnings. */
export const REFUNDS: Row = [
  'Refunds and disputes',
  [
    trend('refunds', {
      title: 'Refunds by status',
      description: 'After a failed refund the payer does not have the money: check each one.',
      width: 8,
      noValue: 'No refunds',
      targets: [['', rate(metric(CATALOGUE, 'refunds'), { per: 'hour', by: ['refund.status'] })]],
      links: [logsLink('Refunds', eventLines(CATALOGUE, ['refund']))],
    }),
    breakdown('disputes', {
      title: 'Disputes by stage and reason',
      description:
        'Respond to open disputes before the bank’s deadline; a dispute without a response is lost.',
      width: 8,
      noValue: 'No disputes',
      sortBy: 'Disputes',
      unit: 'locale',
      targets: [
        ['Disputes', nonZero(total(disputes, { by: ['dispute.stage', 'dispute.reason'] }))],
      ],
      links: [logsLink('Disputes', eventLines(CATALOGUE, ['dispute']))],
    }),
    stat('fraud-warnings', {
      title: 'Fraud warnings',
      description:
        'Warnings from card networks. Most become disputes unless the payment is refunded first.',
      width: 8,
      noValue: 'No data',
      thresholds: [COLOURS.good, [1, COLOURS.watch], [10, COLOURS.bad]],
      unit: 'locale',
      targets: [['', total(metric(CATALOGUE, 'fraud.warnings'))]],
      links: [logsLink('Fraud warnings', eventLines(CATALOGUE, ['fraud']))],
    }),
  ],
];

/** Payouts and commissions. */
export const PAYOUTS: Row = [
  'Payouts and commissions',
  [
    breakdown('payouts-by-currency', {
      title: 'Payouts by currency',
      description:
        'Money of payouts that were started, and of those that arrived. The difference is in transit, failed or was returned.',
      width: 8,
      noValue: 'No payouts',
      sortBy: 'Started',
      targets: [
        ['Started', nonZero(total(requested, { by: ['money.currency'], where: OWN }))],
        [
          'Arrived',
          net(
            total(paidOut, { by: ['money.currency'], where: OWN }),
            total(payoutsBack, { by: ['money.currency'], where: OWN }),
          ),
        ],
      ],
    }),
    trend('payouts', {
      title: 'Payouts by outcome',
      description:
        'A payout usually fails because the account is closed: its owner is waiting for the money.',
      width: 8,
      noValue: 'No finished payouts',
      targets: [['', rate(payouts, { per: 'hour', by: ['payout.outcome'], where: OWN })]],
      links: [logsLink('Payouts', eventLines(CATALOGUE, ['payout']))],
    }),
    stat('payouts-pending', {
      title: 'Pending payouts',
      description: 'Started and not yet finished.',
      width: 4,
      noValue: 'No data',
      targets: [['payouts', latest(metric(CATALOGUE, 'payout.pending'))]],
    }),
    stat('payout-oldest', {
      title: 'Oldest pending payout, last run',
      description:
        'Age of the oldest unfinished payout, and time since the last successful run of each payout job.',
      width: 4,
      noValue: 'No data',
      targets: [
        ['oldest', max(metric(CATALOGUE, 'payout.pending.age.max'))],
        ['since', age(metric(CATALOGUE, 'job.last_success.timestamp'), { by: ['job.name'] })],
      ],
    }),
    trend('commissions', {
      title: 'Commissions by status',
      description:
        'Created; approved after the refund window; paid with a payout; reversed by a refund.',
      width: 12,
      noValue: 'No commissions',
      targets: [
        ['', rate(metric(CATALOGUE, 'commissions'), { per: 'minute', by: ['commission.status'] })],
      ],
      links: [logsLink('Commissions', eventLines(CATALOGUE, ['commission']))],
    }),
    breakdown('commissions-by-currency', {
      title: 'Commissions by currency and status',
      description: 'Money per status over the selected time range.',
      width: 12,
      noValue: 'No commissions',
      sortBy: 'Amount',
      targets: [
        [
          'Amount',
          nonZero(
            total(commissions, { by: ['money.currency', 'commission.tier', 'commission.status'] }),
          ),
        ],
      ],
    }),
  ],
];
