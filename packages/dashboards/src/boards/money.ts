import type { Board } from '../board.ts';
import { logsLink } from '../links.ts';
import { eventLines, MONEY_FAMILIES } from '../logql.ts';
import { metric } from '../metric.ts';
import { logs, type Row, trend } from '../panel.ts';
import { quantile, rate } from '../promql.ts';
import { ACCOUNTS } from './money-connected.ts';
import { PAYOUTS, REFUNDS } from './money-movements.ts';
import { GLANCE, PAYMENTS } from './money-payments.ts';

const webhooks = metric('webhook.deliveries');
const delay = metric('webhook.delivery.lag');

/** How the news of money arrives. */
const WEBHOOKS: Row = [
  'Webhooks',
  [
    trend('webhooks', {
      title: 'Deliveries by result',
      says: 'A wrong signature is a wrong secret or a stranger; an error is told again by the provider, so find it before it gives up.',
      width: 12,
      none: 'No delivery',
      draw: 'stack',
      lines: [['', rate('minute', webhooks, ['webhook.result'])]],
      links: [logsLink('Webhooks', eventLines(['webhook']))],
    }),
    trend('webhook-lag', {
      title: 'From the event to its delivery',
      says: 'How far what you know is behind what happened at the provider.',
      width: 12,
      none: 'No delivery',
      lines: [
        ['half', quantile(0.5, delay, [], {})],
        ['95 of 100', quantile(0.95, delay, [], {})],
      ],
      links: [logsLink('Webhooks', eventLines(['webhook']))],
    }),
  ],
];

/** The facts themselves. */
const EVENTS: Row = [
  'Events',
  [
    logs('events', {
      title: 'Latest money events',
      says: 'Every fact about money as it was recorded; unfold one to go to its trace.',
      width: 24,
      none: 'No event',
      query: eventLines(MONEY_FAMILIES, 'of the chosen currencies'),
    }),
  ],
];

/** What money does: captured, declined, given back, disputed, paid out, and how its news arrives. */
export const MONEY: Board = {
  uid: 'moneytrail-money',
  title: 'Money',
  says: 'What money does, by currency: captured, declined, given back, disputed and paid out.',
  services: 'all',
  rows: [GLANCE, PAYMENTS, REFUNDS, PAYOUTS, ACCOUNTS, WEBHOOKS, EVENTS],
};
