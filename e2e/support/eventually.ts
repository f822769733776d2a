import { setTimeout as wait } from 'node:timers/promises';

const POLL_MS = 100;

/** Polls until `accepts` returns true or the time is up; returns the last result, so that a failed test shows it. */
export async function eventually<Result>(
  ask: () => Result | Promise<Result>,
  accepts: (result: Result) => boolean,
  timeoutMs = 20_000,
): Promise<Result> {
  const deadlineMs = Date.now() + timeoutMs;
  for (;;) {
    const result = await ask();
    if (accepts(result) || Date.now() > deadlineMs) return result;
    await wait(POLL_MS);
  }
}
