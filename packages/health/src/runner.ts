/** Runs a check at its interval and keeps its latest results. */
import { context, createContextKey, ROOT_CONTEXT } from '@opentelemetry/api';
import { type CheckOutcome, outcomeOf, reasonOf, type Status } from './check.ts';
import type { PlannedCheck } from './options.ts';
import { report } from './report.ts';

/** One run of a check. */
export interface CheckResult {
  readonly status: Status;
  /** Start of the run in Unix milliseconds. */
  readonly atMs: number;
  /** How long the run took, or how long it has been running if it has not finished. */
  readonly durationMs: number;
  readonly reason?: string;
}

/** The state of a check. Its latest run is `results[0]`. */
export interface CheckState {
  readonly name: string;
  /** `unknown` until the first run has finished. */
  readonly status: Status | 'unknown';
  /** When the check entered this state, in Unix milliseconds. */
  readonly sinceMs: number;
  readonly reason?: string;
  /** The ten latest runs, newest first. */
  readonly results: readonly CheckResult[];
}

const MAX_RESULTS = 10;

/**
 * A context in which the SDK creates no spans: checks that run every few seconds would fill the traces with noise.
 */
const QUIET = ROOT_CONTEXT.setValue(
  createContextKey('OpenTelemetry SDK Context Key SUPPRESS_TRACING'),
  true,
);

/** Start of a run, by the wall clock and by the monotonic clock. */
interface Start {
  readonly atMs: number;
  readonly tickMs: number;
}

/** A run that has not settled yet. It may have timed out already. */
interface Pending extends Start {
  readonly recorded: Promise<void>;
  late: boolean;
}

/** Runs one check repeatedly, one run at a time, and keeps its state. */
export class Runner {
  readonly plan: PlannedCheck;
  state: CheckState;

  readonly #nowMs: () => number;
  #timer: NodeJS.Timeout | undefined;
  #pending: Pending | undefined;

  constructor(plan: PlannedCheck, nowMs: () => number) {
    this.plan = plan;
    this.#nowMs = nowMs;
    this.state = { name: plan.check.name, status: 'unknown', sinceMs: nowMs(), results: [] };
  }

  start(): void {
    this.#timer = setInterval(() => void this.run(), this.plan.intervalMs).unref();
    void this.run();
  }

  stop(): void {
    clearInterval(this.#timer);
    try {
      this.plan.check.close?.();
    } catch {
      // Resources that the check could not release end with the process.
    }
  }

  /** Runs the check now. Resolves when it has finished or timed out; never rejects. */
  run(): Promise<void> {
    const pending = this.#pending;
    if (pending === undefined) return this.#start();
    if (pending.late) this.#record(pending, this.#overdue());
    return pending.recorded;
  }

  #start(): Promise<void> {
    const start: Start = { atMs: this.#nowMs(), tickMs: performance.now() };
    const { promise: timedOut, resolve } = Promise.withResolvers<CheckOutcome>();
    const controller = new AbortController();
    const outcome = this.#ask(controller.signal);
    const recorded = Promise.race([outcome, timedOut]).then((first) => {
      clearTimeout(timer);
      this.#record(start, first);
    });
    const pending: Pending = { ...start, recorded, late: false };
    const timer = setTimeout(() => {
      pending.late = true;
      controller.abort();
      resolve(this.#overdue());
    }, this.plan.timeoutMs).unref();
    this.#pending = pending;
    void outcome.then(() => {
      this.#pending = undefined;
    });
    return recorded;
  }

  async #ask(signal: AbortSignal): Promise<CheckOutcome> {
    const { check } = this.plan;
    try {
      return outcomeOf(await context.with(QUIET, check.run, check, signal));
    } catch (error) {
      return { status: 'unhealthy', reason: reasonOf(error) };
    }
  }

  #overdue(): CheckOutcome {
    return { status: 'unhealthy', reason: `no result within ${this.plan.timeoutMs} ms` };
  }

  #record({ atMs, tickMs }: Start, { status, reason }: CheckOutcome): void {
    const { name, status: before, sinceMs, results } = this.state;
    const withReason = reason === undefined ? {} : { reason };
    const durationMs = Math.round((performance.now() - tickMs) * 1_000) / 1_000;
    const after = damped(this.state, status);
    this.state = {
      name,
      status: after,
      sinceMs: after === before ? sinceMs : this.#nowMs(),
      ...withReason,
      results: [{ status, atMs, durationMs, ...withReason }, ...results].slice(0, MAX_RESULTS),
    };
    report({ check: name, kind: this.plan.probe, before, after, durationMs, reason });
  }
}

/** The first unhealthy outcome of a check makes it degraded, the second in a row unhealthy. */
function damped({ status, results: [last] }: CheckState, found: Status): Status {
  const isFirst = status !== 'unknown' && status !== 'unhealthy' && last?.status !== 'unhealthy';
  return found === 'unhealthy' && isFirst ? 'degraded' : found;
}
