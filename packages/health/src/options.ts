/** Options of `createHealth`, validated, with their defaults. */
import { codedError, invalidOption, listOf, shownValue } from '@moneytrail/catalogue';
import type { Check, ProcessCheck } from './check.ts';
import { ERRORS } from './errors.ts';

/** Options of `createHealth`. All are optional. */
export interface HealthOptions {
  /** Checks of this process. If one is unhealthy, the platform should restart the process. */
  readonly liveness?: readonly ProcessCheck[];
  /** If one is unhealthy or has not run yet, the process should not get traffic. */
  readonly readiness?: readonly Check[];
  /** Requirements of a start, such as a migrated database. */
  readonly startup?: readonly Check[];
  /**
   * Interval of checks that do not have their own.
   * @defaultValue 10000
   */
  readonly intervalMs?: number;
  /**
   * Time that a check may take before it counts as unhealthy.
   * @defaultValue 2000
   */
  readonly timeoutMs?: number;
  /** Unix time in milliseconds. @defaultValue `Date.now` */
  readonly nowMs?: () => number;
}

/** Values at which a check becomes degraded and unhealthy. */
export interface Thresholds {
  readonly degradedAt: number;
  readonly unhealthyAt: number;
}

/** The probes of a platform. */
export type Probe = 'liveness' | 'readiness' | 'startup';

/** A check with its probe and its times, defaults included. */
export interface PlannedCheck {
  readonly check: Check;
  readonly probe: Probe;
  readonly intervalMs: number;
  readonly timeoutMs: number;
}

const PROBES = ['liveness', 'readiness', 'startup'] as const;
const EXPECTED_CHECKS = 'a list of checks, each with a name and a function run';

/** Maximum delay of a Node timer. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** Validates two thresholds. Throws `MONEYTRAIL_OPTION_INVALID` unless 0 < degraded <= unhealthy <= `max`. */
export function readThresholds(owner: string, thresholds: Thresholds, max: number): Thresholds {
  const { degradedAt, unhealthyAt } = thresholds;
  if (degradedAt > 0 && degradedAt <= unhealthyAt && unhealthyAt <= max) return thresholds;
  const expected = `two numbers above 0${max === 1 ? ' and up to 1' : ''}, degraded before unhealthy`;
  throw invalidOption(
    `thresholds of ${owner}`,
    `${shownValue(degradedAt)} and ${shownValue(unhealthyAt)}`,
    expected,
  );
}

/**
 * The checks with their times. Throws `MONEYTRAIL_OPTION_INVALID` for invalid times, `MONEYTRAIL_HEALTH_CHECK_DUPLICATE`
 * for a name that is used twice, and `MONEYTRAIL_HEALTH_LIVENESS_SCOPE` for a liveness check that is not of the process
 * itself.
 */
export function planChecks(options: HealthOptions): PlannedCheck[] {
  const planned = PROBES.flatMap((probe) => planProbe(probe, options));
  const names = new Set<string>();
  for (const { check } of planned) {
    if (names.has(check.name)) {
      throw codedError(ERRORS, 'MONEYTRAIL_HEALTH_CHECK_DUPLICATE', { name: check.name });
    }
    names.add(check.name);
  }
  return planned;
}

function planProbe(probe: Probe, options: HealthOptions): PlannedCheck[] {
  const given: unknown = options[probe] ?? [];
  const checks = listOf(given);
  if (checks === undefined) throw invalidOption(probe, given, EXPECTED_CHECKS);
  return checks.map((check) => planCheck(check, probe, options));
}

function planCheck(check: unknown, probe: Probe, options: HealthOptions): PlannedCheck {
  if (!isCheck(check)) throw invalidOption(probe, check, EXPECTED_CHECKS);
  if (probe === 'liveness' && check.scope !== 'process') {
    throw codedError(ERRORS, 'MONEYTRAIL_HEALTH_LIVENESS_SCOPE', { name: check.name });
  }
  const intervalMs = readMs(
    `intervalMs of ${check.name}`,
    check.intervalMs ?? options.intervalMs ?? 10_000,
  );
  const timeoutMs = readMs(
    `timeoutMs of ${check.name}`,
    check.timeoutMs ?? options.timeoutMs ?? 2_000,
  );
  if (timeoutMs > intervalMs) {
    throw invalidOption(
      `timeoutMs of ${check.name}`,
      timeoutMs,
      `at most its intervalMs, ${intervalMs}`,
    );
  }
  return { check, probe, intervalMs, timeoutMs };
}

function isCheck(check: unknown): check is Check {
  const { name, run }: Record<string, unknown> = Object(check);
  return typeof name === 'string' && name !== '' && typeof run === 'function';
}

function readMs(name: string, value: number): number {
  if (value > 0 && value <= MAX_TIMER_MS) return value;
  throw invalidOption(name, value, `a number of milliseconds from 1 to ${MAX_TIMER_MS}`);
}
