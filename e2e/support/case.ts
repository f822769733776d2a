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
  readonly run: (example: Example) => Promise<readonly Question[]>;
}

/** Inputs, what must be seen of them, and what must not come after that. */
export interface Script<Told> {
  /** Drives the inputs, once; gives what the questions are about. */
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

/** Runs the cases one after the other. Every answer must be right at once, and stay so. */
export function describeCases(
  title: string,
  cases: readonly Case[],
  start: () => Promise<Running>,
) {
  describe(title, () => {
    let running: Running;
    beforeAll(async () => {
      running = await start();
    });
    afterAll(() => running?.close());

    it.each(cases.map((one) => [one.title, one] as const))('%s', async (_title, one) => {
      const { backend } = running;
      const questions = await one.run(running.example);
      const expected = Object.fromEntries(questions.map(({ about, answer }) => [about, answer]));
      const ask = (): Promise<unknown> => askAll(backend, questions);
      const isRight = (seen: unknown): boolean => holds(() => expect(seen).toEqual(expected));
      expect(await eventually(ask, isRight, PATIENCE_MS)).toEqual(expected);
      expect(await eventually(ask, (seen) => !isRight(seen), backend.settledMs)).toEqual(expected);
    });
  });
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

/** What cannot be asked yet is an answer, too, so that it is shown when the time is up. */
async function askAll(backend: Backend, questions: readonly Question[]): Promise<unknown> {
  const answers = questions.map(async ({ about, ask }) => {
    const seen = await ask(backend).catch((error: unknown) => `cannot be asked: ${error}`);
    return [about, seen] as const;
  });
  return Object.fromEntries(await Promise.all(answers));
}
