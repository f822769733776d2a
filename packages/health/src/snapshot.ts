import type { Status } from './check.ts';
import type { Probe } from './options.ts';
import type { CheckState, Runner } from './runner.ts';

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

const WORST_LAST = ['healthy', 'degraded', 'unknown', 'unhealthy'] as const;

/** What the probes are answered from: the state of the checks, and what the service said of itself. */
export class Snapshot {
  /** The service is about to end. */
  draining = false;
  /** The service has started, and stays so. */
  started = false;
  readonly #runners: readonly Runner[];

  constructor(runners: readonly Runner[]) {
    this.#runners = runners;
  }

  /** The answer to a probe, from what is known; no check runs. */
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

function worst(checks: readonly CheckState[]): Status | 'unknown' {
  const ranks = checks.map(({ status }) => WORST_LAST.indexOf(status));
  return WORST_LAST[Math.max(0, ...ranks)] ?? 'unknown';
}

function refusalOf(status: Status | 'unknown'): string | undefined {
  if (status === 'unhealthy') return 'a check is unhealthy';
  return status === 'unknown' ? 'a check has not run yet' : undefined;
}
