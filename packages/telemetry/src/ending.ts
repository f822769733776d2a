import { setImmediate } from 'node:timers/promises';
import type { Pipeline } from './export/pipeline.ts';

/** Share of the time that spans and log records may take; the rest is kept for the metrics, which count them. */
const FIRST_SHARE = 0.75;

/** After this time, one end of the process is no longer taken for another part of the one before. */
const FORGET_AFTER_MS = 60_000;

/** How everything recorded is brought to its end. None of it rejects, and each takes at most the time allowed. */
export interface Ending {
  /** True while something recorded has neither left nor been dropped. */
  readonly isPending: () => boolean;
  /** Sends what was recorded; what does not leave in time goes on waiting. */
  readonly flush: () => Promise<void>;
  /** Sends what was recorded, each request once; what does not leave in time is dropped and counted. */
  readonly finish: () => Promise<void>;
}

/** Ends `items` side by side and `metrics` after them, within `timeoutMs` in all. */
export function createEnding(
  items: readonly Pipeline[],
  metrics: readonly Pipeline[],
  timeoutMs: number,
): Ending {
  const all = [...items, ...metrics];
  const allowance = createAllowance(timeoutMs);
  const isPending = (): boolean => all.some((pipeline) => pipeline.isPending());
  let finishing: Promise<void> | undefined;
  const flush = async (ms: number): Promise<void> => {
    const endMs = performance.now() + ms;
    await within(ms * FIRST_SHARE, items);
    await within(endMs - performance.now(), metrics);
  };
  const finish = async (): Promise<void> => {
    const startMs = performance.now();
    for (const pipeline of all) pipeline.hurry();
    await flush(allowance.leftMs());
    if (isPending()) allowance.spend(performance.now() - startMs);
    for (const pipeline of all) pipeline.abandon();
    for (const pipeline of all) pipeline.relax();
    // Warnings are printed in a later turn, which a signal would not let come.
    await setImmediate();
    finishing = undefined;
  };
  return {
    flush: () => flush(timeoutMs),
    isPending,
    finish: () => {
      finishing ??= finish();
      return finishing;
    },
  };
}

interface Allowance {
  leftMs(): number;
  spend(ms: number): void;
}

/**
 * The end of a process may be asked for twice, by a signal and then by the service's own handler. What the first wait for
 * a silent endpoint took is not granted again, unless the process lived on.
 */
function createAllowance(timeoutMs: number): Allowance {
  let spentMs = 0;
  let forgottenAtMs = 0;
  const spentLatelyMs = (): number => (performance.now() < forgottenAtMs ? spentMs : 0);
  return {
    leftMs: () => Math.max(0, timeoutMs - spentLatelyMs()),
    spend: (ms) => {
      spentMs = Math.min(timeoutMs, spentLatelyMs() + ms);
      forgottenAtMs = performance.now() + FORGET_AFTER_MS;
    },
  };
}

/** Flushes for at most `ms`. The timer holds the process: nothing else of the telemetry does. */
function within(ms: number, pipelines: readonly Pipeline[]): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    void Promise.all(pipelines.map((pipeline) => pipeline.flush())).then(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
