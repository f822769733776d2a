/** Starts the checks of a service and serves its probes. */
import { withOptions } from '@moneytrail/catalogue';
import { createHandler, type HealthHandler } from './handler.ts';
import { type HealthOptions, type Probe, planChecks } from './options.ts';
import { Runner } from './runner.ts';
import { type ProbeResult, Snapshot } from './snapshot.ts';

/** The health of a service. None of its functions throws. */
export interface Health {
  /** Serves `/livez`, `/readyz` and `/startupz` from the latest results. A request never runs a check. */
  readonly handler: HealthHandler;
  /** The same result without HTTP. */
  readonly probe: (probe: Probe) => ProbeResult;
  /** Runs every check now. Resolves when all have finished or timed out. */
  readonly run: () => Promise<void>;
  /** Ends startup, regardless of the startup checks. */
  readonly started: () => void;
  /** Makes readiness fail because the service is shutting down. Liveness does not change. Call it first on SIGTERM. */
  readonly drain: () => void;
  /** Stops all checks. Probes keep the latest results. */
  readonly stop: () => void;
}

/**
 * Starts to run the checks in the background, each at its interval and one run at a time. Timers do not keep the process
 * alive. The state of each check is recorded as `health.check.state` and `health.check.duration`, and its changes as the
 * events `health.degraded`, `health.failed` and `health.recovered`.
 *
 * Throws `MONEYTRAIL_OPTION_INVALID` for invalid times, `MONEYTRAIL_HEALTH_CHECK_DUPLICATE` for a name that is used twice,
 * and `MONEYTRAIL_HEALTH_LIVENESS_SCOPE` for a liveness check that is not of the process itself.
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
 * console.log(health.probe('readiness').ok); // true
 * ```
 */
export function createHealth(options: HealthOptions = {}): Health {
  return withOptions('createHealth', options, make);
}

function make(options: HealthOptions): Health {
  const nowMs = options.nowMs ?? Date.now;
  const runners = planChecks(options).map((plan) => new Runner(plan, nowMs));
  const snapshot = new Snapshot(runners);
  const probe = (name: Probe): ProbeResult => snapshot.probe(name);
  for (const runner of runners) runner.start();
  return {
    handler: createHandler(probe),
    probe,
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
