import type { Board } from '../board.ts';
import { NODE, WAITS } from './service-inside.ts';
import { REQUESTS } from './service-requests.ts';
import { LOGS, TELEMETRY } from './service-telemetry.ts';

/** How one service works: its requests, what it waits for, its process, and what its telemetry lost. */
export const SERVICE: Board = {
  uid: 'moneytrail-service',
  title: 'Service',
  says: 'How one service works: its requests, what it waits for, its process and its telemetry.',
  services: 'one',
  rows: [REQUESTS, WAITS, NODE, LOGS, TELEMETRY],
};
