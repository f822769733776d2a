/** The service board. */
import type { Board } from '../board.ts';
import { NODE, WAITS } from './service-inside.ts';
import { REQUESTS } from './service-requests.ts';
import { LOGS, TELEMETRY } from './service-telemetry.ts';

/** One service: its requests, its dependencies, its process, and what its telemetry dropped. */
export const SERVICE: Board = {
  uid: 'moneytrail-service',
  title: 'Service',
  description: 'One service: its requests, dependencies, process and telemetry.',
  services: 'one',
  rows: [REQUESTS, WAITS, NODE, LOGS, TELEMETRY],
};
