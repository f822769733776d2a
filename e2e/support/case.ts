import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Backend } from './backend.ts';
import { eventually } from './eventually.ts';
import type { Example } from './example.ts';

/** Something to ask a backend, and the whole answer that it must give. */
export interface Question {
  readonly about: string;
  readonly ask: (backend: Backend) => Promise<unknown>;
  readonly answer: unknown;
}

/** One end-to-end case. It knows no backend, so that all of them are asked the same. */
export interface Case {
  readonly title: string;
  /** Drives the inputs, once; gives what to ask about them. */
  readonly run: (example: Example) => Promise<readonly Question[]>;
}

/** Inputs, and what must be seen of them. */
export interface Script<Told> {
  readonly drive: (example: Example) => Promise<Told>;
  readonly sees: (told: Told) => readonly Question[];
}

/** The example, running, and the backend that it sends to. */
export interface Running {
  readonly example: Example;
  readonly backend: Backend;
  readonly close: () => Promise<void>;
}

const PATIENCE_MS = 30_000;

/** A case from its script. */
export function scenario<Told>(title: string, { drive, sees }: Script<Told>): Case {
  return { title, run: async (example) => sees(await drive(example)) };
}

/**
 * Runs the cases one after the other, each until all its answers are right. When nothing is on its way any more, all are
 * asked again: what came twice, or came and must not, is seen then.
 */
export function describeCases(
  title: string,
  cases: readonly Case[],
  start: () => Promise<Running>,
) {
  describe(title, () => {
    const right: Question[] = [];
    let running: Running;
    beforeAll(async () => {
      running = await start();
    });
    afterAll(() => running?.close());

    it.each(cases.map((one) => [one.title, one] as const))('%s', async (name, one) => {
      const questions = await one.run(running.example);
      await expectSoon(running.backend, questions);
      right.push(...questions.map((each) => ({ ...each, about: `${each.about}, when ${name}` })));
    });

    it('and all of it stays so', () => expectStill(running.backend, right));
  });
}

/** Asks until all answers are right at once, or shows what was wrong at last. */
export async function expectSoon(
  backend: Backend,
  questions: readonly Question[],
  patienceMs = PATIENCE_MS,
): Promise<void> {
  const expected = answersTo(questions);
  const isRight = (seen: object): boolean => holds(() => expect(seen).toEqual(expected));
  const seen = await eventually(() => askAll(backend, questions), isRight, patienceMs);
  expect(seen).toEqual(expected);
}

/** Asks once more when everything that is on its way must have come. */
export async function expectStill(backend: Backend, questions: readonly Question[]): Promise<void> {
  await wait(backend.settledMs);
  expect(await askAll(backend, questions)).toEqual(answersTo(questions));
}

function answersTo(questions: readonly Question[]): object {
  return Object.fromEntries(questions.map(({ about, answer }) => [about, answer]));
}

/** One after the other, which no backend refuses. What cannot be asked yet is an answer, too, so that it is shown. */
async function askAll(backend: Backend, questions: readonly Question[]): Promise<object> {
  const answers: Record<string, unknown> = {};
  for (const { about, ask } of questions) {
    answers[about] = await ask(backend).catch((error: unknown) => `cannot be asked: ${error}`);
  }
  return answers;
}

/** By jest's own comparison: that of Node takes a list for another one when it was made outside of jest. */
function holds(assertion: () => void): boolean {
  try {
    assertion();
    return true;
  } catch {
    return false;
  }
}
