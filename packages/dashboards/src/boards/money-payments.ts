import { net, ratio, something } from '../arithmetic.ts';
import { COLOURS } from '../colours.ts';
import { logsLink } from '../links.ts';
import { eventLines } from '../logql.ts';
import { metric } from '../metric.ts';
import { breakdown, type Row, stat, trend } from '../panel.ts';
import { quantile, rate, total } from '../promql.ts';
import { OWN } from './accounts.ts';

const captured = metric('payment.volume');
const fees = metric('platform_fee.volume');
const outcomes = metric('payment.outcomes');
const attempts = metric('payment.attempts');
const declines = metric('payment.declines');
const takenBack = metric('payment.returned.volume');
const refunded = metric('refund.volume');
const refundsBack = metric('refund.returned.volume');
const disputed = metric('dispute.volume');
const disputes = metric('disputes');
/** Ends of a payment that say something of the payment; a payer who went away says nothing. */
const DECIDED = ['succeeded', 'declined', 'error', 'blocked', '_OTHER'] as const;
const SUCCEEDED = { 'payment.outcome': 'succeeded' } as const;
/** Below the first a customer would call, above the second all is as usual. A share that your own cards make differs. */
const SUCCESS_STEPS = [COLOURS.bad, [0.7, COLOURS.watch], [0.85, COLOURS.good]] as const;

/** The state of things in one line. */
export const GLANCE: Row = [
  'At a glance',
  [
    stat('captured', {
      title: 'Captured',
      says: 'Money of payments that succeeded, less what banks took back, each currency by itself, exact to the minor unit. Money of connected accounts has a panel of its own.',
      width: 8,
      none: 'No payment succeeded',
      lines: [
        [
          '',
          net(total(captured, ['money.currency'], OWN), total(takenBack, ['money.currency'], OWN)),
        ],
      ],
    }),
    stat('payments-succeeded', {
      title: 'Payments succeeded',
      says: 'Payments, not attempts: one that succeeds at the third try counts once.',
      width: 4,
      none: 'Nothing reported',
      unit: 'locale',
      lines: [['', total(outcomes, [], SUCCEEDED)]],
    }),
    stat('success-rate', {
      title: 'Success rate',
      says: 'Share of the decided payments that succeeded. Payments that were canceled are not decided. When it falls, see which reason of decline grew.',
      width: 4,
      none: 'No payment decided',
      steps: SUCCESS_STEPS,
      decimals: 1,
      lines: [
        [
          '',
          ratio(
            total(outcomes, [], SUCCEEDED),
            total(outcomes, [], { 'payment.outcome': DECIDED }),
          ),
        ],
      ],
      links: [logsLink('Failed payments', eventLines(['payment.failed']))],
    }),
    stat('given-back', {
      title: 'Given back',
      says: 'Money of refunds that reached the payer and stayed there, each currency by itself.',
      width: 4,
      none: 'No refund',
      lines: [
        [
          '',
          net(
            total(refunded, ['money.currency'], OWN),
            total(refundsBack, ['money.currency'], OWN),
          ),
        ],
      ],
      links: [logsLink('Refunds', eventLines(['refund']))],
    }),
    stat('disputes-opened', {
      title: 'Disputes opened',
      says: 'Chargebacks and inquiries. Card networks ask questions from about 0.75 % of the payments on.',
      width: 4,
      none: 'Nothing reported',
      unit: 'locale',
      lines: [['', total(disputes, [], { 'dispute.stage': ['opened', 'inquiry'] })]],
      links: [logsLink('Disputes', eventLines(['dispute']))],
    }),
  ],
];

/** Payments: how many, how much, and why not. */
export const PAYMENTS: Row = [
  'Payments',
  [
    trend('volume', {
      title: 'Captured an hour, by currency',
      says: 'Currencies stand beside each other on a logarithmic scale and are never added.',
      width: 12,
      none: 'No payment succeeded',
      scale: 'log',
      lines: [['', rate('hour', captured, ['money.currency'], OWN)]],
      links: [logsLink('Payments', eventLines(['payment.succeeded']))],
    }),
    trend('outcomes', {
      title: 'Payments by outcome',
      says: 'Each payment once, by how it ended.',
      width: 12,
      none: 'No payment ended',
      draw: 'stack',
      lines: [['', rate('minute', outcomes, ['payment.outcome'])]],
      links: [logsLink('Payments', eventLines(['payment']))],
    }),
    trend('success-rates', {
      title: 'Success rate of payments and of attempts',
      says: 'Attempts fall below payments where payers try again and succeed. Where both fall, the provider or a rule of your own declines.',
      width: 12,
      none: 'No payment decided',
      max: 1,
      lines: [
        [
          'payments',
          ratio(
            rate('second', outcomes, [], SUCCEEDED),
            rate('second', outcomes, [], { 'payment.outcome': DECIDED }),
          ),
        ],
        ['attempts', ratio(rate('second', attempts, [], SUCCEEDED), rate('second', attempts, []))],
      ],
      links: [logsLink('Failed payments', eventLines(['payment.failed']))],
    }),
    breakdown('declines', {
      title: 'Declines by reason',
      says: 'The same words for every provider. Funds and limits are the payer’s affair; errors of the processor and rejected data are yours.',
      width: 12,
      none: 'No attempt failed',
      sortBy: 'Declines',
      unit: 'locale',
      lines: [
        ['Declines', something(total(declines, ['payment.failure.reason', 'payment.provider']))],
      ],
      links: [logsLink('Failed payments', eventLines(['payment.failed']))],
    }),
    trend('attempt-duration', {
      title: 'Duration of an attempt',
      says: 'From the call to the provider to its answer. Payers leave when it grows.',
      width: 12,
      none: 'No attempt measured',
      lines: [
        ['half', quantile(0.5, metric('payment.attempt.duration'), [], {})],
        ['95 of 100', quantile(0.95, metric('payment.attempt.duration'), [], {})],
      ],
    }),
    breakdown('currencies', {
      title: 'By currency',
      says: 'Captured money, the fee of the platform in it, what was given back and what is disputed, less what came back of each.',
      width: 12,
      none: 'No payment succeeded',
      sortBy: 'Captured',
      lines: [
        [
          'Captured',
          net(total(captured, ['money.currency'], OWN), total(takenBack, ['money.currency'], OWN)),
        ],
        ['Fees', something(total(fees, ['money.currency'], OWN))],
        [
          'Given back',
          net(
            total(refunded, ['money.currency'], OWN),
            total(refundsBack, ['money.currency'], OWN),
          ),
        ],
        ['Disputed', something(total(disputed, ['money.currency'], OWN))],
      ],
    }),
  ],
];
