import type { Facts } from '@moneytrail/catalogue';
import { callOf } from './track.ts';
import type { TrackResult } from './tracker.ts';

/** Calls of `webhooks`. */
export interface WebhooksCalls {
  readonly processed: (facts: Facts<'webhook.processed'>) => TrackResult;
  readonly duplicated: (facts: Facts<'webhook.duplicated'>) => TrackResult;
  readonly ignored: (facts: Facts<'webhook.ignored'>) => TrackResult;
  readonly unrecognized: (facts: Facts<'webhook.unrecognized'>) => TrackResult;
  readonly testMode: (facts: Facts<'webhook.test_mode'>) => TrackResult;
  readonly liveMode: (facts: Facts<'webhook.live_mode'>) => TrackResult;
  readonly rejected: (facts: Facts<'webhook.rejected'>) => TrackResult;
  readonly failed: (facts: Facts<'webhook.failed'>) => TrackResult;
}

/**
 * Deliveries of provider webhooks; the adapters of `@moneytrail/payments` make these calls.
 * Each call is `track` with the event filled in: it never throws and says what became of the fact.
 *
 * @example
 * ```ts
 * import { webhooks } from '@moneytrail/metrics';
 * webhooks.processed({ provider: 'stripe', type: 'charge.succeeded', lagSeconds: 0.8 });
 * ```
 */
export const webhooks: WebhooksCalls = {
  processed: callOf('webhook.processed'),
  duplicated: callOf('webhook.duplicated'),
  ignored: callOf('webhook.ignored'),
  unrecognized: callOf('webhook.unrecognized'),
  testMode: callOf('webhook.test_mode'),
  liveMode: callOf('webhook.live_mode'),
  rejected: callOf('webhook.rejected'),
  failed: callOf('webhook.failed'),
};

/** Calls of `jobs`. */
export interface JobsCalls {
  readonly succeeded: (facts: Facts<'job.succeeded'>) => TrackResult;
  readonly failed: (facts: Facts<'job.failed'>) => TrackResult;
}

/**
 * Runs of background jobs.
 * Each call is `track` with the event filled in: it never throws and says what became of the fact.
 *
 * @example
 * ```ts
 * import { jobs } from '@moneytrail/metrics';
 * jobs.succeeded({ job: 'payout', durationSeconds: 1.2 });
 * ```
 */
export const jobs: JobsCalls = {
  succeeded: callOf('job.succeeded'),
  failed: callOf('job.failed'),
};

/** Calls of `healthChanges`. */
export interface HealthChangesCalls {
  readonly degraded: (facts: Facts<'health.degraded'>) => TrackResult;
  readonly failed: (facts: Facts<'health.failed'>) => TrackResult;
  readonly recovered: (facts: Facts<'health.recovered'>) => TrackResult;
}

/**
 * Changes of health checks; `@moneytrail/health` makes these calls.
 * Each call is `track` with the event filled in: it never throws and says what became of the fact.
 *
 * @example
 * ```ts
 * import { healthChanges } from '@moneytrail/metrics';
 * healthChanges.degraded({ check: 'ledger', kind: 'readiness', reason: 'slow' });
 * ```
 */
export const healthChanges: HealthChangesCalls = {
  degraded: callOf('health.degraded'),
  failed: callOf('health.failed'),
  recovered: callOf('health.recovered'),
};
