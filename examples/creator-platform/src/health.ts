import {
  createHealth,
  dependencyCheck,
  diskCheck,
  eventLoopDelayCheck,
  type Health,
  memoryCheck,
} from '@moneytrail/health';
import type { Ledger } from './ledger/ledger.ts';

/** `/livez`, `/readyz` and `/startupz`: a restart helps when the process is stuck, not when the ledger is down. */
export function watchHealth(ledger: Ledger): Health {
  return createHealth({
    liveness: [memoryCheck(), eventLoopDelayCheck({ degradedAtMs: 500, unhealthyAtMs: 5_000 })],
    readiness: [
      dependencyCheck('ledger', () => ledger.query('select 1')),
      diskCheck({ degradedAt: 0.95, unhealthyAt: 0.99 }),
    ],
  });
}
