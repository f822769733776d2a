import { setImmediate } from 'node:timers/promises';
import { LastSender, type Parcel } from './export/last-sender.ts';
import type { Pipeline } from './export/pipeline.ts';
import type { Threads } from './threads.ts';

/** Share of the time that spans and log records may take; the rest is kept for the metrics, which count them. */
const FIRST_SHARE = 0.75;

/** After this time, one end of the process is no longer taken for another part of the one before. */
const FORGET_AFTER_MS = 60_000;

/** Counters that moved since everything was sent are not worth another request, if that is not longer ago than this. */
const UNCHANGED_MS = 1000;

/** The longest that a caller of `flush` may wait. */
const LONGEST_FLUSH_MS = 60_000;

/** Brings everything recorded to its end. None of it throws or rejects. */
export class Ending {
  readonly #items: readonly Pipeline[];
  readonly #metrics: readonly Pipeline[];
  readonly #all: readonly Pipeline[];
  readonly #limitMs: () => number;
  readonly #allowance: Allowance;
  #finishing: Promise<void> | undefined;
  #finishedAtMs = Number.NEGATIVE_INFINITY;

  /** Ends `items` side by side and `metrics` after them, within the limit in all. It is asked for when the end has come. */
  constructor(items: readonly Pipeline[], metrics: readonly Pipeline[], limitMs: () => number) {
    this.#items = items;
    this.#metrics = metrics;
    this.#all = [...items, ...metrics];
    this.#limitMs = limitMs;
    this.#allowance = createAllowance(limitMs);
  }

  /** True while something recorded has neither left nor been dropped. */
  isPending(): boolean {
    return this.#all.some((pipeline) => pipeline.isPending());
  }

  /** Sends what was recorded, within `timeoutMs`; what does not leave in time goes on waiting. */
  async flush(timeoutMs?: unknown): Promise<void> {
    const ms = isTime(timeoutMs) ? Math.min(timeoutMs, LONGEST_FLUSH_MS) : this.#limitMs();
    await this.#flushBy(performance.now() + ms);
  }

  /** Sends what was recorded, each request once, within the time left; what does not leave in time goes on waiting. */
  finish(): Promise<void> {
    this.#finishing ??= this.#finish();
    return this.#finishing;
  }

  /** Drops and counts what did not leave. */
  abandon(): void {
    for (const pipeline of this.#all) pipeline.abandon();
  }

  /** Sends what was recorded while the process stands still, together with its other threads, and drops what does not leave. */
  finishNow(threads: Pick<Threads, 'finishNow'>): void {
    const endMs = performance.now() + this.#allowance.leftMs();
    const spent = this.#allowance.spend();
    const waitForThreads = threads.finishNow();
    this.#sendNow(endMs);
    waitForThreads(endMs);
    spent();
  }

  async #flushBy(endMs: number): Promise<void> {
    await within((endMs - performance.now()) * FIRST_SHARE, this.#items);
    await within(endMs - performance.now(), this.#metrics);
  }

  async #finish(): Promise<void> {
    const leftMs = this.#allowance.leftMs();
    const spent = this.#allowance.spend();
    for (const pipeline of this.#all) pipeline.hurry();
    await this.#flushBy(performance.now() + leftMs);
    for (const pipeline of this.#all) pipeline.relax();
    spent();
    // Warnings are printed in a later turn, which a signal would not let come.
    await setImmediate();
    this.#finishing = undefined;
    this.#finishedAtMs = performance.now();
  }

  #sendNow(endMs: number): void {
    const isJustFinished = performance.now() - this.#finishedAtMs < UNCHANGED_MS;
    if (isJustFinished && !this.isPending()) return;
    for (const pipeline of this.#all) pipeline.warnAtOnce();
    const leftMs = endMs - performance.now();
    if (leftMs <= 0) {
      this.abandon();
      return;
    }
    const firstEndMs = endMs - (1 - FIRST_SHARE) * leftMs;
    const sender = new LastSender();
    sender.send(requestsOf(this.#items, firstEndMs), firstEndMs);
    // One after the other: the zeros of series come before their values.
    for (const request of requestsOf(this.#metrics, endMs)) sender.send([request], endMs);
  }
}

/** Callers without types may give anything. */
function isTime(ms: unknown): ms is number {
  return typeof ms === 'number' && ms > 0;
}

function requestsOf(pipelines: readonly Pipeline[], endMs: number): Parcel[] {
  return pipelines.flatMap((pipeline) => pipeline.leave(endMs));
}

interface Allowance {
  leftMs(): number;
  /** Notes that the process waits for us from now on, until the function that is returned is called. */
  spend(): () => void;
}

/**
 * The process may be asked to wait more than once: at the end of its work, by a signal, at its exit. All of it together takes
 * no longer than the limit, unless the process lived on.
 */
function createAllowance(limitMs: () => number): Allowance {
  let spentMs = 0;
  let forgottenAtMs = 0;
  let sinceMs: number | undefined;
  const spentLatelyMs = (): number => {
    const underwayMs = sinceMs === undefined ? 0 : performance.now() - sinceMs;
    return underwayMs + (performance.now() < forgottenAtMs ? spentMs : 0);
  };
  return {
    leftMs: () => Math.max(0, limitMs() - spentLatelyMs()),
    spend: () => {
      sinceMs ??= performance.now();
      return () => {
        spentMs = spentLatelyMs();
        sinceMs = undefined;
        forgottenAtMs = performance.now() + FORGET_AFTER_MS;
      };
    },
  };
}

/** Flushes for at most `ms`. The timer holds the process: nothing else of the telemetry does. */
function within(ms: number, pipelines: readonly Pipeline[]): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, Math.max(1, ms));
    void Promise.all(pipelines.map((pipeline) => pipeline.flush())).then(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
