import { withOptions } from '@moneytrail/catalogue';
import { createHandler, type HealthHandler } from './handler.ts';
import { type HealthOptions, type Probe, planChecks } from './options.ts';
import { Runner } from './runner.ts';
import { type ProbeAnswer, Snapshot } from './snapshot.ts';

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
  return withOptions('createHealth', options, make);
}

function make(options: HealthOptions): Health {
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
