/** The rows of payments. */

import { CATALOGUE } from '@moneytrail/catalogue';
import {
  difference,
  metric,
  net,
  nonZero,
  type Query,
  quantile,
  rate,
  ratio,
  total,
} from '@moneytrail/promql';
import { COLOURS } from '../colours.ts';
import { logsLink } from '../links.ts';
import { eventLines } from '../logql.ts';
import { breakdown, type Row, stat, trend } from '../panel.ts';
import { OWN } from './accounts.ts';

const captured = metric(CATALOGUE, 'payment.volume');
const fees = metric(CATALOGUE, 'platform_fee.volume');
const outcomes = metric(CATALOGUE, 'payment.outcomes');
const superseded = metric(CATALOGUE, 'payment.outcomes.superseded');
const attempts = metric(CATALOGUE, 'payment.attempts');
const declines = metric(CATALOGUE, 'payment.declines');
const takenBack = metric(CATALOGUE, 'payment.returned.volume');
const refunded = metric(CATALOGUE, 'refund.volume');
const refundsBack = metric(CATALOGUE, 'refund.returned.volume');
const disputed = metric(CATALOGUE, 'dispute.volume');
const disputes = metric(CATALOGUE, 'disputes');
/** Outcomes that were decided. A payer who left decided nothing. */
const DECIDED = ['succeeded', 'declined', 'error', 'blocked', '_OTHER'] as const;
const BY_DECISION = { 'payment.outcome': DECIDED } as const;
const SUCCEEDED = { 'payment.outcome': 'succeeded' } as const;
/** Below the first, customers complain; above the second is usual. The usual share differs between card portfolios. */
const SUCCESS_THRESHOLDS = [COLOURS.bad, [0.7, COLOURS.watch], [0.85, COLOURS.good]] as const;

/** The most important figures. */
export const GLANCE: Row = [
  'At a glance',
  [
    stat('captured', {
      title: 'Captured',
      description:
        'Money from successful payments minus what banks took back, per currency, exact to the minor unit. Connected accounts have their own panel.',
      width: 8,
      noValue: 'No successful payments',
      targets: [
        [
          '',
          net(
            total(captured, { by: ['money.currency'], where: OWN }),
            total(takenBack, { by: ['money.currency'], where: OWN }),
          ),
        ],
      ],
    }),
    stat('payments-succeeded', {
      title: 'Successful payments',
      description:
        'Payments, not attempts: a payment that succeeds on the third attempt counts once.',
      width: 4,
      noValue: 'No data',
      unit: 'locale',
      targets: [['', standing((counter) => total(counter, { where: SUCCEEDED }))]],
    }),
    stat('success-rate', {
      title: 'Success rate',
      description:
        'Share of decided payments that succeeded. Canceled payments are not decided. When it falls, check which decline reason is rising.',
      width: 4,
      noValue: 'No decided payments',
      thresholds: SUCCESS_THRESHOLDS,
      decimals: 1,
      targets: [
        [
          '',
          ratio(
            standing((counter) => total(counter, { where: SUCCEEDED })),
            standing((counter) => total(counter, { where: BY_DECISION })),
          ),
        ],
      ],
      links: [logsLink('Failed payments', eventLines(CATALOGUE, ['payment.failed']))],
    }),
    stat('given-back', {
      title: 'Refunded',
      description: 'Money of refunds that reached the payer and were not returned, per currency.',
      width: 4,
      noValue: 'No refunds',
      targets: [
        [
          '',
          net(
            total(refunded, { by: ['money.currency'], where: OWN }),
            total(refundsBack, { by: ['money.currency'], where: OWN }),
          ),
        ],
      ],
      links: [logsLink('Refunds', eventLines(CATALOGUE, ['refund']))],
    }),
    stat('disputes-opened', {
      title: 'Disputes opened',
      description:
        'Chargebacks and inquiries. Card networks start monitoring at about 0.75% of payments.',
      width: 4,
      noValue: 'No data',
      unit: 'locale',
      targets: [['', total(disputes, { where: { 'dispute.stage': ['opened', 'inquiry'] } })]],
      links: [logsLink('Disputes', eventLines(CATALOGUE, ['dispute']))],
    }),
  ],
];

/** Payments: volume, outcomes, declines and duration. */
export const PAYMENTS: Row = [
  'Payments',
  [
    trend('volume', {
      title: 'Captured per hour, by currency',
      description: 'Currencies share a logarithmic scale and are never added.',
      width: 12,
      noValue: 'No successful payments',
      scale: 'log',
      targets: [['', rate(captured, { per: 'hour', by: ['money.currency'], where: OWN })]],
      links: [logsLink('Payments', eventLines(CATALOGUE, ['payment.succeeded']))],
    }),
    trend('outcomes', {
      title: 'Payments by outcome',
      description: 'Each payment counts once, by its final outcome.',
      width: 12,
      noValue: 'No finished payments',
      draw: 'stack',
      targets: [
        ['', standing((counter) => rate(counter, { per: 'minute', by: ['payment.outcome'] }))],
      ],
      links: [logsLink('Payments', eventLines(CATALOGUE, ['payment']))],
    }),
    trend('success-rates', {
      title: 'Success rate of payments and of attempts',
      description:
        'The rate of attempts is lower when payers retry and succeed. When both fall, the provider or one of your own rules is declining payments.',
      width: 12,
      noValue: 'No decided payments',
      max: 1,
      targets: [
        [
          'payments',
          ratio(
            standing((counter) => rate(counter, { where: SUCCEEDED })),
            standing((counter) => rate(counter, { where: BY_DECISION })),
          ),
        ],
        ['attempts', ratio(rate(attempts, { where: SUCCEEDED }), rate(attempts))],
      ],
      links: [logsLink('Failed payments', eventLines(CATALOGUE, ['payment.failed']))],
    }),
    breakdown('declines', {
      title: 'Declines by reason',
      description:
        'Reasons are the same for every provider. Insufficient funds and limits concern the payer; processor errors and rejected data concern you.',
      width: 12,
      noValue: 'No failed attempts',
      sortBy: 'Declines',
      unit: 'locale',
      targets: [
        [
          'Declines',
          nonZero(total(declines, { by: ['payment.failure.reason', 'payment.provider'] })),
        ],
      ],
      links: [logsLink('Failed payments', eventLines(CATALOGUE, ['payment.failed']))],
    }),
    trend('attempt-duration', {
      title: 'Attempt duration',
      description: 'From the call to the provider to its response. Payers leave when it rises.',
      width: 12,
      noValue: 'No attempts',
      targets: [
        ['p50', quantile(0.5, metric(CATALOGUE, 'payment.attempt.duration'))],
        ['p95', quantile(0.95, metric(CATALOGUE, 'payment.attempt.duration'))],
      ],
    }),
    breakdown('currencies', {
      title: 'By currency',
      description:
        'Captured money, with platform fees, refunds and disputes. Returned money is subtracted.',
      width: 12,
      noValue: 'No successful payments',
      sortBy: 'Captured',
      targets: [
        [
          'Captured',
          net(
            total(captured, { by: ['money.currency'], where: OWN }),
            total(takenBack, { by: ['money.currency'], where: OWN }),
          ),
        ],
        ['Fees', nonZero(total(fees, { by: ['money.currency'], where: OWN }))],
        [
          'Refunded',
          net(
            total(refunded, { by: ['money.currency'], where: OWN }),
            total(refundsBack, { by: ['money.currency'], where: OWN }),
          ),
        ],
        ['Disputed', nonZero(total(disputed, { by: ['money.currency'], where: OWN }))],
      ],
    }),
  ],
];

/** Outcomes without those that a later event replaced. */
function standing(query: (counter: typeof outcomes) => Query): Query {
  return difference(query(outcomes), query(superseded));
}
