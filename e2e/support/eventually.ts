import { setTimeout as wait } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';

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

/** Asks until the answer is the same `times` in a row, which shows that nothing comes after it. */
export async function settled<Answer>(
  ask: () => Promise<Answer>,
  times = 15,
  timeoutMs = 20_000,
): Promise<Answer> {
  let last: Answer | undefined;
  let same = 0;
  return eventually(
    ask,
    (answer) => {
      same = isDeepStrictEqual(answer, last) ? same + 1 : 0;
      last = answer;
      return same >= times;
    },
    timeoutMs,
  );
}
