import { context, createContextKey, ROOT_CONTEXT } from '@opentelemetry/api';
import { type Finding, findingOf, reasonOf, type Status } from './check.ts';
import type { PlannedCheck } from './options.ts';
import { report } from './report.ts';

/** One run of a check. */
export interface CheckResult {
  readonly status: Status;
  /** When it began, in Unix milliseconds. */
  readonly atMs: number;
  /** How long it took, or how long it has gone on without an answer. */
  readonly durationMs: number;
  readonly reason?: string;
}

/** What is known of a check. Its last run is `results[0]`. */
export interface CheckState {
  readonly name: string;
  /** `unknown` before the first run has ended. */
  readonly status: Status | 'unknown';
  /** When the check came into this state, in Unix milliseconds. */
  readonly sinceMs: number;
  readonly reason?: string;
  /** The last ten runs, newest first. */
  readonly results: readonly CheckResult[];
}

const MAX_RESULTS = 10;

/**
 * Under this key the SDK looks whether spans are wanted: a check every few seconds would fill the traces with what nobody
 * asked for.
 */
const QUIET = ROOT_CONTEXT.setValue(
  createContextKey('OpenTelemetry SDK Context Key SUPPRESS_TRACING'),
  true,
);

/** When a run began, by the calendar and by a clock that only goes forward. */
interface Beginning {
  readonly atMs: number;
  readonly tickMs: number;
}

/** A run that has not settled yet, also when its time is up. */
interface Pending extends Beginning {
  readonly recorded: Promise<void>;
  late: boolean;
}

/** Runs one check again and again, never twice at once, and remembers what it found. */
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
      // What a check could not let go of ends with the process.
    }
  }

  /** Looks now and resolves when the check has answered or its time is up. It never rejects. */
  run(): Promise<void> {
    const pending = this.#pending;
    if (pending === undefined) return this.#begin();
    if (pending.late) this.#record(pending, this.#overdue());
    return pending.recorded;
  }

  #begin(): Promise<void> {
    const beginning: Beginning = { atMs: this.#nowMs(), tickMs: performance.now() };
    const { promise: timeUp, resolve } = Promise.withResolvers<Finding>();
    const controller = new AbortController();
    const answer = this.#ask(controller.signal);
    const recorded = Promise.race([answer, timeUp]).then((found) => {
      clearTimeout(timer);
      this.#record(beginning, found);
    });
    const pending: Pending = { ...beginning, recorded, late: false };
    const timer = setTimeout(() => {
      pending.late = true;
      controller.abort();
      resolve(this.#overdue());
    }, this.plan.timeoutMs).unref();
    this.#pending = pending;
    void answer.then(() => {
      this.#pending = undefined;
    });
    return recorded;
  }

  async #ask(signal: AbortSignal): Promise<Finding> {
    const { check } = this.plan;
    try {
      return findingOf(await context.with(QUIET, check.run, check, signal));
    } catch (error) {
      return { status: 'unhealthy', reason: reasonOf(error) };
    }
  }

  #overdue(): Finding {
    return { status: 'unhealthy', reason: `no answer within ${this.plan.timeoutMs} ms` };
  }

  #record({ atMs, tickMs }: Beginning, { status, reason }: Finding): void {
    const { name, status: before, sinceMs, results } = this.state;
    const why = reason === undefined ? {} : { reason };
    const durationMs = Math.round((performance.now() - tickMs) * 1_000) / 1_000;
    const after = damped(this.state, status);
    this.state = {
      name,
      status: after,
      sinceMs: after === before ? sinceMs : this.#nowMs(),
      ...why,
      results: [{ status, atMs, durationMs, ...why }, ...results].slice(0, MAX_RESULTS),
    };
    report({ check: name, kind: this.plan.probe, before, after, durationMs, reason });
  }
}

/** One bad answer of a check that was well is no outage yet: it becomes degraded first, unhealthy with the second. */
function damped({ status, results: [last] }: CheckState, found: Status): Status {
  const isFirst = status !== 'unknown' && status !== 'unhealthy' && last?.status !== 'unhealthy';
  return found === 'unhealthy' && isFirst ? 'degraded' : found;
}
