/** End-to-end cases: inputs for the example, and questions to a backend with the expected results. */
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Backend } from './backend.ts';
import { eventually } from './eventually.ts';
import type { Example } from './example.ts';

/** A query to a backend, and its expected result. */
export interface Question {
  readonly about: string;
  readonly ask: (backend: Backend) => Promise<unknown>;
  readonly expected: unknown;
}

/** One end-to-end case. It does not depend on a backend, so that it runs against all of them. */
export interface Case {
  readonly title: string;
  /** Sends the inputs, once; returns the questions about them. */
  readonly run: (example: Example) => Promise<readonly Question[]>;
}

/** The inputs of a case, and the questions about them. */
export interface Script<Input> {
  readonly drive: (example: Example) => Promise<Input>;
  readonly sees: (input: Input) => readonly Question[];
}

/** The running example and the backend that it sends to. */
export interface Running {
  readonly example: Example;
  readonly backend: Backend;
  readonly close: () => Promise<void>;
}

const PATIENCE_MS = 30_000;

/** Creates a case from its script. */
export function scenario<Input>(title: string, { drive, sees }: Script<Input>): Case {
  return { title, run: async (example) => sees(await drive(example)) };
}

/**
 * Runs the cases one after the other, each until all its results are as expected. After everything has been delivered, all
 * questions are asked again, which detects duplicates and data that must not arrive.
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

    it('have the same results after everything was delivered', () =>
      expectStill(running.backend, right));
  });
}

/** Asks until all results are as expected at the same time; otherwise fails with the last results. */
export async function expectSoon(
  backend: Backend,
  questions: readonly Question[],
  patienceMs = PATIENCE_MS,
): Promise<void> {
  const expected = expectedOf(questions);
  const isRight = (seen: object): boolean => holds(() => expect(seen).toEqual(expected));
  const seen = await eventually(() => askAll(backend, questions), isRight, patienceMs);
  expect(seen).toEqual(expected);
}

/** Asks once more after everything has been delivered. */
export async function expectStill(backend: Backend, questions: readonly Question[]): Promise<void> {
  await wait(backend.settledMs);
  expect(await askAll(backend, questions)).toEqual(expectedOf(questions));
}

function expectedOf(questions: readonly Question[]): object {
  return Object.fromEntries(questions.map(({ about, expected }) => [about, expected]));
}

/** One after the other, to avoid rate limits of backends. An error is a result too, so that a failed test shows it. */
async function askAll(backend: Backend, questions: readonly Question[]): Promise<object> {
  const results: Record<string, unknown> = {};
  for (const { about, ask } of questions) {
    results[about] = await ask(backend).catch((error: unknown) => `cannot be asked: ${error}`);
  }
  return results;
}

/** Compares with jest: Node's comparison fails for arrays from outside of jest's realm. */
function holds(assertion: () => void): boolean {
  try {
    assertion();
    return true;
  } catch {
    return false;
  }
}
