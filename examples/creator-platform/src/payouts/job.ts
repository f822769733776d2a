import { commissions, jobs, setGauge } from '@moneytrail/metrics';
import { traced } from '@moneytrail/tracing';
import type { Config } from '../config.ts';
import { approveCommissions, countPendingCommissions } from '../ledger/commissions.ts';
import { beginPayouts, readPendingPayouts, readRequestedPayouts } from '../ledger/payouts.ts';
import type { Service } from '../service.ts';
import { requestPayout } from './request.ts';

const JOB = 'payout';
const PAYOUTS_PER_RUN = 10;

/** A job that repeats until it is stopped. */
export interface PayoutJob {
  /** Resolves when the current run has ended. */
  readonly stop: () => Promise<void>;
}

/** Runs the job at every interval, one run at a time; an interval of 0 turns it off. */
export function startPayoutJob(service: Service, config: Config): PayoutJob {
  const { payoutIntervalMs: intervalMs, commissionWaitMs } = config;
  if (intervalMs === 0) return { stop: async () => {} };
  let running: Promise<void> | undefined;
  const timer = setInterval(() => {
    running ??= runJob(service, commissionWaitMs).finally(() => {
      running = undefined;
    });
  }, intervalMs);
  return {
    stop: async () => {
      clearInterval(timer);
      await running;
    },
  };
}

async function runJob(service: Service, waitMs: number): Promise<void> {
  const startMs = performance.now();
  const run = (): { job: string; durationSeconds: number } => ({
    job: JOB,
    durationSeconds: (performance.now() - startMs) / 1000,
  });
  try {
    await traced('job.payout', { 'job.name': JOB }, () => payOut(service, waitMs));
    jobs.succeeded(run());
  } catch (error) {
    jobs.failed(run());
    service.log.error({ err: error }, 'payout job failed');
  }
}

async function payOut(service: Service, waitMs: number): Promise<void> {
  const { ledger } = service;
  for (const commission of await approveCommissions(ledger, waitMs)) {
    commissions.approved(commission);
  }
  await beginPayouts(ledger, PAYOUTS_PER_RUN);
  for (const payout of await readRequestedPayouts(ledger)) await requestPayout(service, payout);
  await reportBacklog(service);
}

async function reportBacklog({ ledger }: Service): Promise<void> {
  const payouts = await readPendingPayouts(ledger);
  setGauge('commission.pending', await countPendingCommissions(ledger), {});
  setGauge('payout.pending', payouts.count, {});
  setGauge('payout.pending.age.max', payouts.oldestSeconds, {});
}
