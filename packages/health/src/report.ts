import { healthChanges, recordValue, setGauge } from '@moneytrail/metrics';
import type { Status } from './check.ts';
import type { Probe } from './options.ts';

/** What a run of a check changed. */
export interface Change {
  readonly check: string;
  readonly kind: Probe;
  readonly before: Status | 'unknown';
  readonly after: Status;
  readonly durationMs: number;
  readonly reason: string | undefined;
}

/** Tells the metrics how a run went, and records an event when the state of the check has changed. */
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
  const facts = { check, kind, ...(reason === undefined ? {} : { reason }) };
  switch (after) {
    case 'degraded':
      healthChanges.degraded(facts);
      break;
    case 'unhealthy':
      healthChanges.failed(facts);
      break;
    case 'healthy':
      if (before !== 'unknown') healthChanges.recovered(facts);
  }
}
