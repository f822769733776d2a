import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ComponentName } from '../../../dev/stack/index.ts';
import type { Balance } from './balance.ts';
import {
  type Disturbance,
  ended,
  hung,
  OUTAGE_SECONDS,
  startTestStack,
  type TestStack,
  underLoad,
} from './test-stack.ts';

const ADMITS_A_LOSS = 'Failed retrieving item';
/** Maximum size of one request of the load. */
const A_REQUEST = { spans: 9, events: 3, samples: 6 } as const;

/** Disturbances of a component, as the end of a sentence. */
export type Trouble = readonly [what: string, disturb: Disturbance];

/** The disturbances of each backend. */
export const BACKEND_TROUBLE: readonly Trouble[] = [
  [`is stopped for ${OUTAGE_SECONDS} s`, ended('SIGTERM', OUTAGE_SECONDS)],
  [`is killed and away for ${OUTAGE_SECONDS} s`, ended('SIGKILL', OUTAGE_SECONDS)],
  [`hangs for ${OUTAGE_SECONDS} s`, hung(OUTAGE_SECONDS)],
];

/** The tests of one component: after each disturbance, all accepted data exists exactly once. */
export function conservationUnder(victim: ComponentName, troubles: readonly Trouble[]): void {
  let testStack: TestStack;

  beforeAll(async () => {
    testStack = await startTestStack();
  });

  afterAll(() => testStack?.close());

  describe(`payments, amounts, spans, events and counters are complete when ${victim}`, () => {
    it.each(troubles)(
      '%s',
      async (what, disturb) => {
        const name = `${victim}-${what.replaceAll(/[^a-z0-9]+/g, '-')}`;
        const outcome = await underLoad(testStack.stack, name, () =>
          disturb(testStack.stack, victim),
        );
        process.stdout.write(`${outcome.line}\n`);
        // See docs/conservation.md: the Collector reports a loss when it is killed at one moment of its start.
        const admitted = testStack.stack.logOf('collector').split(ADMITS_A_LOSS).length - 1;
        if (admitted === 0) expect(outcome.balance).toEqual(outcome.expected);
        else expect(lostRequests(outcome.balance)).toBeLessThanOrEqual(admitted);
      },
      240_000 + OUTAGE_SECONDS * 2_000,
    );
  });
}

function lostRequests(balance: Balance): number {
  return Object.entries(A_REQUEST).reduce(
    (sum, [part, size]) =>
      sum + Math.ceil((balance[part as keyof typeof A_REQUEST]?.missing ?? 0) / size),
    0,
  );
}
