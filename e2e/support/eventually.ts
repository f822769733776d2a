import { setTimeout as wait } from 'node:timers/promises';

const POLL_MS = 100;

/** Asks until `accepts` is content or the time is up; gives the last answer, so that a test can show what was wrong. */
export async function eventually<Answer>(
  ask: () => Answer | Promise<Answer>,
  accepts: (answer: Answer) => boolean,
  timeoutMs = 20_000,
): Promise<Answer> {
  const deadlineMs = Date.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (accepts(answer) || Date.now() > deadlineMs) return answer;
    await wait(POLL_MS);
  }
}
