import type { Status } from './check.ts';
import { createHandler, type HealthHandler } from './handler.ts';
import { type HealthOptions, type Probe, planChecks } from './options.ts';
import { type CheckState, Runner } from './runner.ts';

/** The answer to a probe, and the body of its response. */
export interface ProbeAnswer {
  readonly probe: Probe;
  /** Whether the response is 200 or 503. */
  readonly ok: boolean;
  /** The worst state of the probe's checks. */
  readonly status: Status | 'unknown';
  /** Why the answer is no, where no check says it. */
  readonly reason?: string;
  readonly checks: readonly CheckState[];
}

/** The health of a service. None of its functions throws. */
export interface Health {
  /** Serves `/livez`, `/readyz` and `/startupz` from what is known; no check runs because of a request. */
  readonly handler: HealthHandler;
  /** The same answer without HTTP. */
  readonly answer: (probe: Probe) => ProbeAnswer;
  /** Looks at every check now; resolves when all have answered or their time is up. */
  readonly run: () => Promise<void>;
  /** Says that the service has started, whatever the startup checks say. */
  readonly started: () => void;
  /** Says that the service is about to end: readiness answers no, liveness is as before. Call it first of all on SIGTERM. */
  readonly drain: () => void;
  /** Ends all checks. Probes are answered from what was known last. */
  readonly stop: () => void;
}

const WORST_LAST = ['healthy', 'degraded', 'unknown', 'unhealthy'] as const;

function worst(checks: readonly CheckState[]): Status | 'unknown' {
  const ranks = checks.map(({ status }) => WORST_LAST.indexOf(status));
  return WORST_LAST[Math.max(0, ...ranks)] ?? 'unknown';
}

class Snapshot {
  draining = false;
  started = false;
  readonly #runners: readonly Runner[];

  constructor(runners: readonly Runner[]) {
    this.#runners = runners;
  }

  answer(probe: Probe): ProbeAnswer {
    const checks = this.#checks(probe);
    const status = worst(checks);
    const reason = this.#refusal(probe, status);
    const base = { probe, ok: reason === undefined, status };
    return reason === undefined ? { ...base, checks } : { ...base, reason, checks };
  }

  #checks(probe: Probe): CheckState[] {
    return this.#runners.filter(({ plan }) => plan.probe === probe).map(({ state }) => state);
  }

  #refusal(probe: Probe, status: Status | 'unknown'): string | undefined {
    switch (probe) {
      case 'liveness':
        return status === 'unhealthy' ? 'a check is unhealthy' : undefined;
      case 'readiness':
        return this.draining ? 'the service is shutting down' : refusalOf(status);
      case 'startup':
        this.started ||= this.#hasStarted(status);
        return this.started ? undefined : 'the service is starting';
    }
  }

  #hasStarted(status: Status | 'unknown'): boolean {
    const allRan = this.#runners.every(({ state }) => state.status !== 'unknown');
    return allRan && status !== 'unhealthy';
  }
}

function refusalOf(status: Status | 'unknown'): string | undefined {
  if (status === 'unhealthy') return 'a check is unhealthy';
  return status === 'unknown' ? 'a check has not run yet' : undefined;
}

/**
 * Starts to look at the checks, in the background, each at its interval and never twice at once. Timers do not keep the
 * process alive. The state of each check goes out as `health.check.state` and `health.check.duration`, its changes as the
 * events `health.degraded`, `health.failed` and `health.recovered`.
 *
 * Throws `MONEYTRAIL_OPTION_INVALID` for times that cannot be used, `MONEYTRAIL_HEALTH_CHECK_DUPLICATE` for a name used
 * twice, and `MONEYTRAIL_HEALTH_LIVENESS_SCOPE` for a liveness check that looks outside the process.
 *
 * @example
 * ```ts
 * import { createServer } from 'node:http';
 * import { createHealth, dependencyCheck, memoryCheck } from '@moneytrail/health';
 * const health = createHealth({
 *   liveness: [memoryCheck()],
 *   readiness: [dependencyCheck('ledger', async () => 'one row')],
 * });
 * const server = createServer(health.handler); // server.listen(8080)
 * await health.run();
 * console.log(health.answer('readiness').ok); // true
 * ```
 */
export function createHealth(options: HealthOptions = {}): Health {
  const nowMs = options.nowMs ?? Date.now;
  const runners = planChecks(options).map((plan) => new Runner(plan, nowMs));
  const snapshot = new Snapshot(runners);
  const answer = (probe: Probe): ProbeAnswer => snapshot.answer(probe);
  for (const runner of runners) runner.start();
  return {
    handler: createHandler(answer),
    answer,
    run: async () => void (await Promise.all(runners.map((runner) => runner.run()))),
    started: () => {
      snapshot.started = true;
    },
    drain: () => {
      snapshot.draining = true;
    },
    stop: () => {
      for (const runner of runners) runner.stop();
    },
  };
}
