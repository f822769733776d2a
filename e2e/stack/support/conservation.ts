import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ComponentName } from '../../../deploy/stack/index.ts';
import {
  type Disturbance,
  ended,
  hung,
  OUTAGE_SECONDS,
  type Stand,
  startStand,
  underLoad,
} from './stand.ts';

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
        expect(outcome.balance).toEqual(outcome.expected);
      },
      240_000 + OUTAGE_SECONDS * 2_000,
    );
  });
}
