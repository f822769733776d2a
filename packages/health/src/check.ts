/** State of a check, worst last. `degraded` still answers probes with 200. */
export type Status = 'healthy' | 'degraded' | 'unhealthy';

/** What a check found. */
export interface Finding {
  readonly status: Status;
  /** What is wrong, in a sentence; shown to whoever may ask the probe. */
  readonly reason?: string | undefined;
}

interface CheckBase {
  /** Unique among the checks of a service. */
  readonly name: string;
  /**
   * Looks once. Returning nothing means healthy, throwing means unhealthy. `signal` is aborted when the time is up; a run
   * that goes on all the same is not started a second time.
   */
  readonly run: (signal: AbortSignal) => Finding | undefined | Promise<Finding | undefined>;
  /** Lets go of what the check holds; called by `stop`. */
  readonly close?: () => void;
  /** @defaultValue `intervalMs` of `createHealth` */
  readonly intervalMs?: number | undefined;
  /** @defaultValue `timeoutMs` of `createHealth` */
  readonly timeoutMs?: number | undefined;
}

/** A check of this very process, which a restart can cure. Only such a check may be a liveness check. */
export interface ProcessCheck extends CheckBase {
  readonly scope: 'process';
}

/** A check of the machine or of another service, which a restart does not cure. */
export interface OutsideCheck extends CheckBase {
  readonly scope: 'host' | 'dependency';
}

/** Any check. */
export type Check = ProcessCheck | OutsideCheck;

/** When a check is looked at and how long it may take. */
export interface CheckTiming {
  /** @defaultValue `intervalMs` of `createHealth` */
  readonly intervalMs?: number;
  /** @defaultValue `timeoutMs` of `createHealth` */
  readonly timeoutMs?: number;
}

/**
 * A check of something the service depends on: a database, a provider, a queue. `ask` makes a real round trip and rejects
 * when that fails. Of its error only class and code are shown, because messages hold addresses and passwords.
 *
 * It belongs into `readiness` or `startup`; in `liveness` it does not compile, because restarting every replica does not
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
): OutsideCheck {
  return {
    ...timing,
    name,
    scope: 'dependency',
    run: async (signal) => findingOf(await ask(signal)),
  };
}

const STATUSES: ReadonlySet<unknown> = new Set<Status>(['healthy', 'degraded', 'unhealthy']);

/** What went wrong, without the message: name of the class, and the code if there is one. */
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

/** Reads what a check returned. Rows of a query and other values are no finding: the check has answered, so it is healthy. */
export function findingOf(value: unknown): Finding {
  if (typeof value !== 'object' || value === null || !('status' in value))
    return { status: 'healthy' };
  if (!isStatus(value.status)) return { status: 'healthy' };
  const reason = 'reason' in value && typeof value.reason === 'string' ? value.reason : undefined;
  return { status: value.status, reason };
}

function isStatus(value: unknown): value is Status {
  return STATUSES.has(value);
}
