/** Results of the probes. */
import type { Status } from './check.ts';
import type { Probe } from './options.ts';
import type { CheckState, Runner } from './runner.ts';

/** The result of a probe, and the body of its response. */
export interface ProbeResult {
  readonly probe: Probe;
  /** Whether the response is 200 or 503. */
  readonly ok: boolean;
  /** The worst state of the probe's checks. */
  readonly status: Status | 'unknown';
  /** Why the probe fails. */
  readonly reason?: string;
  readonly checks: readonly CheckState[];
}

const WORST_LAST = ['healthy', 'degraded', 'unknown', 'unhealthy'] as const;

/** Computes the results of probes from the states of the checks and of the service. */
export class Snapshot {
  /** Whether the service is shutting down. */
  draining = false;
  /** Whether the service has started. It never becomes false again. */
  started = false;
  readonly #runners: readonly Runner[];

  constructor(runners: readonly Runner[]) {
    this.#runners = runners;
  }

  /** The result of a probe. Runs no check. */
  probe(probe: Probe): ProbeResult {
    const checks = this.#checks(probe);
    const status = worst(checks);
    const reason = this.#failure(probe, status);
    const base = { probe, ok: reason === undefined, status };
    return reason === undefined ? { ...base, checks } : { ...base, reason, checks };
  }

  #checks(probe: Probe): CheckState[] {
    return this.#runners.filter(({ plan }) => plan.probe === probe).map(({ state }) => state);
  }

  #failure(probe: Probe, status: Status | 'unknown'): string | undefined {
    switch (probe) {
      case 'liveness':
        return status === 'unhealthy' ? 'a check is unhealthy' : undefined;
      case 'readiness':
        return this.draining ? 'the service is shutting down' : failureOf(status);
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

function worst(checks: readonly CheckState[]): Status | 'unknown' {
  const ranks = checks.map(({ status }) => WORST_LAST.indexOf(status));
  return WORST_LAST[Math.max(0, ...ranks)] ?? 'unknown';
}

function failureOf(status: Status | 'unknown'): string | undefined {
  if (status === 'unhealthy') return 'a check is unhealthy';
  return status === 'unknown' ? 'a check has not run yet' : undefined;
}
