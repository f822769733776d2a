/** To the minor unit: what Stripe tells, in any order and three times over, against the sums that the store gives. */
import { existsSync, readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { eventually, settled } from './support/eventually.ts';
import { anyStory, History, type Sums } from './support/made-up.ts';
import { type Stack, startStack } from './support/stack.ts';
import { deliver, type EventBody } from './support/webhooks.ts';

const FIXTURES = `${process.env['MONEYTRAIL_FIXTURES'] ?? '../shared/fixtures'}/stripe/events.jsonl`;
const HOUR_SECONDS = 3600;

/** What each line of the fixtures that names money counts as; every other line counts as nothing. */
const FIXTURE_SUMS: Sums = new Map([
  // charge.dispute.created; what the bank moves on the way is no second dispute.
  ['dispute.opened USD', { count: 1, minor: 100n }],
  // payment_intent.requires_action
  ['payment.action_required USD', { count: 1, minor: 2000n }],
  // payment_intent.canceled
  ['payment.canceled USD', { count: 1, minor: 2000n }],
  // payment_intent.created
  ['payment.created USD', { count: 1, minor: 2000n }],
  // charge.failed and payment_intent.payment_failed, each of a payment of its own
  ['payment.failed USD', { count: 2, minor: 4000n }],
  // charge.captured (1.00) and payment_intent.succeeded (20.00)
  ['payment.succeeded USD', { count: 2, minor: 2100n }],
  // payout.created; payout.updated tells of metadata
  ['payout.created USD', { count: 1, minor: 1100n }],
  // charge.refunded lists a refund, charge.refund.updated is one
  ['refund.succeeded USD', { count: 2, minor: 200n }],
  // transfer.created; transfer.paid and transfer.failed are types that Stripe gave up
  ['transfer.created USD', { count: 1, minor: 67n }],
]);

let stack: Stack;

beforeAll(async () => {
  stack = await startStack({ args: ['--no-traffic'] });
});

afterAll(() => stack.close());

/** The sums of `[from, to)`: asked for until they are as expected and stay so, or until the time is up. */
async function sumsBetween(fromSeconds: number, toSeconds: number, expected: Sums): Promise<Sums> {
  const query = `from=${fromSeconds * 1000}&to=${toSeconds * 1000}`;
  const ask = async (): Promise<Sums> => {
    const response = await fetch(`${stack.storeUrl}/api/money?${query}`);
    return sumsOf(readRows(await response.json()));
  };
  await eventually(ask, (sums) => isDeepStrictEqual(sums, expected));
  return settled(ask);
}

function sumsOf(rows: readonly Row[]): Sums {
  return new Map(
    rows.map(({ event, currency, count, amount_minor }) => [
      `${event} ${currency}`,
      { count, minor: BigInt(amount_minor) },
    ]),
  );
}

interface Row {
  readonly event: string;
  readonly currency: string;
  readonly count: number;
  readonly amount_minor: string;
}

function readRows(answer: unknown): readonly Row[] {
  expect(Array.isArray(answer)).toBe(true);
  return answer as readonly Row[];
}

/** In an order that looks like any other and is the same in every run. */
function shuffled<Item>(items: readonly Item[]): Item[] {
  let seed = 1;
  const random = (): number => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed;
  };
  return items
    .map((item) => [random(), item] as const)
    .toSorted(([a], [b]) => a - b)
    .map(([, item]) => item);
}

/** The lines share their ids and dates; each gets its own, everywhere in it. */
function readFixtures(lines: readonly string[], nowSeconds: number): EventBody[] {
  return lines.map((line, index) => {
    const own = line.replaceAll(/_0{6,}(?=")/g, (zeros) => `${zeros}${index + 1}`);
    return { ...JSON.parse(own), id: `evt_fixture${index + 1}`, created: nowSeconds - index * 60 };
  });
}

const isPresent = existsSync(FIXTURES);
if (!isPresent) {
  it(`does not deliver the fixtures: ${FIXTURES} is absent (MONEYTRAIL_FIXTURES names the folder)`, () => {
    expect(isPresent).toBe(false);
  });
}

(isPresent ? [readFileSync(FIXTURES, 'utf8').trim().split('\n')] : []).forEach((lines) => {
  it(`the ${lines.length} events of the fixtures, delivered three times in random order, sum up to the table`, async () => {
    const nowSeconds = Math.floor(Date.now() / 1000);
    const events = readFixtures(lines, nowSeconds);
    expect(events).toHaveLength(66);
    const statuses = await deliver(stack.appUrl, shuffled([...events, ...events, ...events]));
    expect([...statuses]).toEqual([200]);
    const sums = await sumsBetween(nowSeconds - 2 * HOUR_SECONDS, nowSeconds + 1, FIXTURE_SUMS);
    expect(Object.fromEntries(sums)).toEqual(Object.fromEntries(FIXTURE_SUMS));
  });
});

describe('made-up histories', () => {
  it('of payments, refunds, disputes and payouts sum up exactly, whatever the order and however often', async () => {
    let run = 0;
    const stories = fc.array(anyStory(fc), { minLength: 20, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(stories, fc.infiniteStream(fc.nat({ max: 2 })), async (told, repeats) => {
        run += 1;
        // Each history has a day of its own, so that the sums of one do not meet those of another.
        const fromSeconds = Math.floor(Date.now() / 1000) - (run + 1) * 24 * HOUR_SECONDS;
        const history = new History(`run${run}x`, fromSeconds + HOUR_SECONDS);
        for (const story of told) history.tell(story);
        const deliveries = history.events.flatMap((event) =>
          Array.from({ length: 1 + Number(repeats.next().value) }, () => event),
        );
        const statuses = await deliver(stack.appUrl, shuffled(deliveries));
        expect([...statuses]).toEqual([200]);
        const sums = await sumsBetween(fromSeconds, fromSeconds + 24 * HOUR_SECONDS, history.sums);
        expect(Object.fromEntries(sums)).toEqual(Object.fromEntries(history.sums));
      }),
      // Each run drives whole programs; a smaller counterexample is not worth many more of them.
      { numRuns: 4, endOnFailure: true },
    );
  });
});
