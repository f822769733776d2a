/** What a check is, and how its result is read. */
/** State of a check, from best to worst. With `degraded`, probes still respond with 200. */
export type Status = 'healthy' | 'degraded' | 'unhealthy';

/** The outcome of one run of a check. */
export interface CheckOutcome {
  readonly status: Status;
  /** What is wrong, in one sentence. It is part of the response of the probe. */
  readonly reason?: string | undefined;
}

interface CheckBase {
  /** Unique among the checks of a service. */
  readonly name: string;
  /**
   * Runs the check once. Returning nothing means healthy, throwing means unhealthy. `signal` is aborted at the timeout. A run
   * that continues after that is not started a second time.
   */
  readonly run: (
    signal: AbortSignal,
  ) => CheckOutcome | undefined | Promise<CheckOutcome | undefined>;
  /** Releases the resources of the check. Called by `stop`. */
  readonly close?: () => void;
  /** @defaultValue `intervalMs` of `createHealth` */
  readonly intervalMs?: number | undefined;
  /** @defaultValue `timeoutMs` of `createHealth` */
  readonly timeoutMs?: number | undefined;
}

/** A check of the process itself, which a restart can fix. Only these can be liveness checks. */
export interface ProcessCheck extends CheckBase {
  readonly scope: 'process';
}

/** A check of the machine or of another service, which a restart does not fix. */
export interface ExternalCheck extends CheckBase {
  readonly scope: 'host' | 'dependency';
}

/** Any check. */
export type Check = ProcessCheck | ExternalCheck;

/** How often a check runs and how long it may take. */
export interface CheckTiming {
  /** @defaultValue `intervalMs` of `createHealth` */
  readonly intervalMs?: number;
  /** @defaultValue `timeoutMs` of `createHealth` */
  readonly timeoutMs?: number;
}

/**
 * A check of a dependency of the service: a database, a provider, a queue. `ask` makes a real round trip and rejects when
 * it fails. Only class and code of the error are shown because messages may contain addresses and passwords.
 *
 * Use it in `readiness` or `startup`. In `liveness` it does not compile because restarting every replica does not
 * bring a database back.
 *
 * @example
 * ```ts
 * import { createHealth, dependencyCheck } from '@moneytrail/health';
 * const ledger = dependencyCheck('ledger', async () => undefined);
 * const health = createHealth({ readiness: [ledger] });
 * ```
 */
export function dependencyCheck(
  name: string,
  ask: (signal: AbortSignal) => unknown,
  timing: CheckTiming = {},
): ExternalCheck {
  return {
    ...timing,
    name,
    scope: 'dependency',
    run: async (signal) => outcomeOf(await ask(signal)),
  };
}

const STATUSES: ReadonlySet<unknown> = new Set<Status>(['healthy', 'degraded', 'unhealthy']);

/** Describes an error without its message: the name of its class, and its code if it has one. */
export function reasonOf(error: unknown): string {
  try {
    if (!(typeof error === 'object' && error !== null)) return `threw a ${typeof error}`;
    const name = 'name' in error ? String(error.name) : 'an object';
    const code = 'code' in error ? ` ${String(error.code)}` : '';
    return `${name}${code}`;
  } catch {
    return 'threw something unreadable';
  }
}

/** Reads the result of a check. Any result that is not an outcome, such as the rows of a query, means healthy. */
export function outcomeOf(value: unknown): CheckOutcome {
  if (typeof value !== 'object' || value === null || !('status' in value))
    return { status: 'healthy' };
  if (!isStatus(value.status)) return { status: 'healthy' };
  const reason = 'reason' in value && typeof value.reason === 'string' ? value.reason : undefined;
  return { status: value.status, reason };
}

function isStatus(value: unknown): value is Status {
  return STATUSES.has(value);
}
