import type { Pipeline } from './pipeline.ts';

/** Share of the time that spans and log records may take; the rest is kept for the metrics, which count them. */
const FIRST_SHARE = 0.75;

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
  let finishing: Promise<void> | undefined;
  const flush = async (): Promise<void> => {
    const endMs = performance.now() + timeoutMs;
    await within(timeoutMs * FIRST_SHARE, items);
    await within(endMs - performance.now(), metrics);
  };
  const finish = async (): Promise<void> => {
    for (const pipeline of all) pipeline.hurry();
    await flush();
    for (const pipeline of all) pipeline.abandon();
    for (const pipeline of all) pipeline.relax();
    finishing = undefined;
  };
  return {
    flush,
    isPending: () => all.some((pipeline) => pipeline.isPending()),
    finish: () => {
      finishing ??= finish();
      return finishing;
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
