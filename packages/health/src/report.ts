/** Records the metrics and events of checks. */
import { healthChanges, recordValue, setGauge } from '@moneytrail/metrics';
import type { Status } from './check.ts';
import type { Probe } from './options.ts';

/** The result of a run of a check, with the state before and after. */
export interface Change {
  readonly check: string;
  readonly kind: Probe;
  readonly before: Status | 'unknown';
  readonly after: Status;
  readonly durationMs: number;
  readonly reason: string | undefined;
}

/** Records the duration and state of a check, and an event if its state changed. */
export function report(change: Change): void {
  const { check, kind, after } = change;
  recordValue('health.check.duration', change.durationMs / 1_000, { 'health.check': check });
  for (const status of ['healthy', 'degraded', 'unhealthy'] as const) {
    const attributes = { 'health.check': check, 'health.kind': kind, 'health.status': status };
    setGauge('health.check.state', status === after ? 1 : 0, attributes);
  }
  if (change.before !== after) track(change);
}

function track({ check, kind, before, after, reason }: Change): void {
  const fields = { check, kind, ...(reason === undefined ? {} : { reason }) };
  switch (after) {
    case 'degraded':
      healthChanges.degraded(fields);
      break;
    case 'unhealthy':
      healthChanges.failed(fields);
      break;
    case 'healthy':
      if (before !== 'unknown') healthChanges.recovered(fields);
  }
}
