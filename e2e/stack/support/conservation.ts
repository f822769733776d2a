import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ComponentName } from '../../../dev/stack/index.ts';
import type { Balance } from './balance.ts';
import {
  type Disturbance,
  ended,
  hung,
  OUTAGE_SECONDS,
  type Stand,
  startStand,
  underLoad,
} from './stand.ts';

const ADMITS_A_LOSS = 'Failed retrieving item';
/** What one request of the load holds at most. */
const A_REQUEST = { spans: 9, events: 3, samples: 6 } as const;

/** What can happen to a component, as the end of a sentence. */
export type Trouble = readonly [what: string, disturb: Disturbance];

/** What happens to each backend. */
export const BACKEND_TROUBLE: readonly Trouble[] = [
  [`is stopped for ${OUTAGE_SECONDS} s`, ended('SIGTERM', OUTAGE_SECONDS)],
  [`is killed and away for ${OUTAGE_SECONDS} s`, ended('SIGKILL', OUTAGE_SECONDS)],
  [`hangs for ${OUTAGE_SECONDS} s`, hung(OUTAGE_SECONDS)],
];

/** The tests of one victim: after each trouble, everything that was accepted is there once. */
export function conservationUnder(victim: ComponentName, troubles: readonly Trouble[]): void {
  let stand: Stand;

  beforeAll(async () => {
    stand = await startStand();
  });

  afterAll(() => stand?.close());

  describe(`payments, amounts, spans, events and counters stay whole when ${victim}`, () => {
    it.each(troubles)(
      '%s',
      async (what, disturb) => {
        const name = `${victim}-${what.replaceAll(/[^a-z0-9]+/g, '-')}`;
        const outcome = await underLoad(stand.stack, name, () => disturb(stand.stack, victim));
        process.stdout.write(`${outcome.line}\n`);
        // See docs/conservation.md: the Collector admits what it loses when it is killed in one instant of its start.
        const admitted = stand.stack.logOf('collector').split(ADMITS_A_LOSS).length - 1;
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
