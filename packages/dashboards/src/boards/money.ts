/** The money board. */

import { CATALOGUE } from '@moneytrail/catalogue';
import { metric, quantile, rate } from '@moneytrail/promql';
import type { Board } from '../board.ts';
import { logsLink } from '../links.ts';
import { eventLines, moneyFamilies } from '../logql.ts';
import { logs, type Row, trend } from '../panel.ts';
import { ACCOUNTS } from './money-connected.ts';
import { PAYOUTS, REFUNDS } from './money-movements.ts';
import { GLANCE, PAYMENTS } from './money-payments.ts';

const webhooks = metric(CATALOGUE, 'webhook.deliveries');
const delay = metric(CATALOGUE, 'webhook.delivery.lag');

/** Webhook deliveries. */
const WEBHOOKS: Row = [
  'Webhooks',
  [
    trend('webhooks', {
      title: 'Deliveries by result',
      description:
        'An invalid signature means a wrong secret or a forged request. The provider retries after an error, so fix it before the retries end.',
      width: 12,
      noValue: 'No deliveries',
      draw: 'stack',
      targets: [['', rate(webhooks, { per: 'minute', by: ['webhook.result'] })]],
      links: [logsLink('Webhooks', eventLines(CATALOGUE, ['webhook']))],
    }),
    trend('webhook-lag', {
      title: 'Delivery delay',
      description: 'Time from the event at the provider to its delivery.',
      width: 12,
      noValue: 'No deliveries',
      targets: [
        ['p50', quantile(0.5, delay)],
        ['p95', quantile(0.95, delay)],
      ],
      links: [logsLink('Webhooks', eventLines(CATALOGUE, ['webhook']))],
    }),
  ],
];

/** Business events. */
const EVENTS: Row = [
  'Events',
  [
    logs('events', {
      title: 'Latest money events',
      description: 'Every money event as it was recorded. Expand one to open its trace.',
      width: 24,
      noValue: 'No events',
      query: eventLines(CATALOGUE, moneyFamilies(CATALOGUE), 'of the chosen currencies'),
    }),
  ],
];

/** Money: captured, declined, refunded, disputed and paid out, by currency, and how webhooks arrive. */
export const MONEY: Board = {
  uid: 'moneytrail-money',
  title: 'Money',
  description: 'Money by currency: captured, declined, refunded, disputed and paid out.',
  services: 'all',
  choices: {
    'payment.provider': metric(CATALOGUE, 'payment.outcomes'),
    'money.currency': metric(CATALOGUE, 'payment.volume'),
  },
  rows: [GLANCE, PAYMENTS, REFUNDS, PAYOUTS, ACCOUNTS, WEBHOOKS, EVENTS],
};
