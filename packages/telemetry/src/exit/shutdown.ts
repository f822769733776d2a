// Sends everything recorded at the end of the process, within one time limit.
import { setImmediate } from 'node:timers/promises';
import type { ExportPipeline } from '../export/pipeline.ts';
import type { LastRequest } from '../export/request.ts';
import { LastSender } from './last-sender.ts';
import type { Threads } from './threads.ts';

/** Share of the time for spans and log records; the rest is reserved for metrics, which account for them. */
const FIRST_SHARE = 0.75;

/** After this time, the next end of the process gets the whole limit again. */
const FORGET_AFTER_MS = 60_000;

/** Counters that changed within this time after everything was sent are not worth another request. */
const UNCHANGED_MS = 1000;

/** Upper limit of the time that `flush` accepts. */
const LONGEST_FLUSH_MS = 60_000;

/** Sends everything recorded when the process ends. Nothing here throws or rejects. */
export class Shutdown {
  readonly #items: readonly ExportPipeline[];
  readonly #metrics: readonly ExportPipeline[];
  readonly #all: readonly ExportPipeline[];
  readonly #limitMs: () => number;
  readonly #allowance: Allowance;
  #finishing: Promise<void> | undefined;
  #finishedAtMs = Number.NEGATIVE_INFINITY;

  /** Sends `items` concurrently and `metrics` after them, within the limit in total. The limit is read when the end has come. */
  constructor(
    items: readonly ExportPipeline[],
    metrics: readonly ExportPipeline[],
    limitMs: () => number,
  ) {
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

  /** Sends what was recorded, within `timeoutMs`. What is not sent in time stays queued. */
  async flush(timeoutMs?: unknown): Promise<void> {
    const ms = isTime(timeoutMs) ? Math.min(timeoutMs, LONGEST_FLUSH_MS) : this.#limitMs();
    await this.#flushBy(performance.now() + ms);
  }

  /** Sends what was recorded, each request once, within the time left. What is not sent in time stays queued. */
  finish(): Promise<void> {
    this.#finishing ??= this.#finish();
    return this.#finishing;
  }

  /** Drops and counts everything that was not sent. */
  dropPending(): void {
    for (const pipeline of this.#all) pipeline.dropPending();
  }

  /** Sends what was recorded synchronously, together with the other threads, and drops what is not sent in time. */
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
    for (const pipeline of this.#all) pipeline.drain();
    await this.#flushBy(performance.now() + leftMs);
    for (const pipeline of this.#all) pipeline.resume();
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
      this.dropPending();
      return;
    }
    const firstEndMs = endMs - (1 - FIRST_SHARE) * leftMs;
    const sender = new LastSender();
    sender.send(requestsOf(this.#items, firstEndMs), firstEndMs);
    // One after the other: the zeros of series come before their values.
    for (const request of requestsOf(this.#metrics, endMs)) sender.send([request], endMs);
  }
}

/** Callers without types may pass anything. */
function isTime(ms: unknown): ms is number {
  return typeof ms === 'number' && ms > 0;
}

function requestsOf(pipelines: readonly ExportPipeline[], endMs: number): LastRequest[] {
  return pipelines.flatMap((pipeline) => pipeline.takePending(endMs));
}

interface Allowance {
  leftMs(): number;
  /** Starts the clock of the time that the process waits for us; the returned function stops it. */
  spend(): () => void;
}

/**
 * The process may be asked to wait more than once: at the end of its work, by a signal, at its exit. The sum does not exceed the limit,
 * unless the process continued to live.
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

/** Flushes for at most `ms`. This timer keeps the process alive; nothing else of the telemetry does. */
export function within(
  ms: number,
  pipelines: readonly Pick<ExportPipeline, 'flush'>[],
): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, Math.max(1, ms));
    void Promise.all(pipelines.map((pipeline) => pipeline.flush())).then(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
