/** Webhooks of Stripe, in any order and three times each: sums are exact to the minor unit. */
import { existsSync, readFileSync } from 'node:fs';
import { expect } from '@jest/globals';
import fc from 'fast-check';
import type { Sums } from '../support/backend.ts';
import { type Case, scenario } from '../support/case.ts';
import { anyPayment, History } from '../support/generators.ts';
import { money } from '../support/questions.ts';
import type { EventBody } from '../support/webhooks.ts';

const FIXTURES = `${process.env['MONEYTRAIL_FIXTURES'] ?? '../shared/fixtures'}/stripe/events.jsonl`;
const HOUR_SECONDS = 3600;
const DAY_SECONDS = 24 * HOUR_SECONDS;
/** Set the seed to reproduce a failure. */
const SEED = Number(process.env['MONEYTRAIL_SEED'] ?? Date.now() % 1_000_000);
const HISTORIES = 4;

/** The sums of the fixtures; lines that are not mentioned do not count. */
const FIXTURE_SUMS: Sums = {
  // charge.dispute.created; withdrawn funds are not a second dispute.
  'dispute.opened USD': { count: 1, minor: 100n },
  // payment_intent.requires_action
  'payment.action_required USD': { count: 1, minor: 2000n },
  // payment_intent.canceled
  'payment.canceled USD': { count: 1, minor: 2000n },
  // payment_intent.created
  'payment.created USD': { count: 1, minor: 2000n },
  // charge.failed and payment_intent.payment_failed, of two payments
  'payment.failed USD': { count: 2, minor: 4000n },
  // charge.captured (1.00) and payment_intent.succeeded (20.00)
  'payment.succeeded USD': { count: 2, minor: 2100n },
  // payout.created, and transfer.created from when payouts were transfers; payout.updated is about metadata
  'payout.created USD': { count: 2, minor: 1167n },
  // transfer.failed and transfer.paid from that time
  'payout.failed USD': { count: 1, minor: 67n },
  'payout.paid USD': { count: 1, minor: 67n },
  // charge.refunded contains a refund, charge.refund.updated is one
  'refund.succeeded USD': { count: 2, minor: 200n },
};

export const WEBHOOKS: readonly Case[] = [
  existsSync(FIXTURES)
    ? scenario(
        'the 66 events of the fixtures, delivered three times in any order, sum up to the table',
        {
          drive: async (example) => {
            const lastSeconds = secondsAgo(3 * HOUR_SECONDS);
            const events = readFixtures(lastSeconds);
            expect(events).toHaveLength(66);
            const statuses = await example.deliver(shuffled([...events, ...events, ...events]));
            expect([...statuses]).toEqual([200]);
            return lastSeconds;
          },
          sees: (lastSeconds) => [
            money(
              { fromMs: (lastSeconds - 2 * HOUR_SECONDS) * 1000, toMs: (lastSeconds + 1) * 1000 },
              FIXTURE_SUMS,
            ),
          ],
        },
      )
    : scenario(`the fixtures are absent: ${FIXTURES} (MONEYTRAIL_FIXTURES names the folder)`, {
        drive: async () => {},
        sees: () => [],
      }),

  ...Array.from({ length: HISTORIES }, (_, index) => SEED + index).map((seed, index) =>
    scenario(
      `a generated history has exact sums, in any order and with duplicates (seed ${seed})`,
      {
        drive: async (example) => {
          // A separate day for each history, so that their sums do not mix.
          const fromSeconds = secondsAgo((index + 2) * DAY_SECONDS);
          const { history, deliveries } = generate(seed, fromSeconds + HOUR_SECONDS);
          expect([...(await example.deliver(deliveries))]).toEqual([200]);
          return { history, fromSeconds };
        },
        sees: ({ history, fromSeconds }) => [
          money(
            { fromMs: fromSeconds * 1000, toMs: (fromSeconds + DAY_SECONDS) * 1000 },
            history.sums(),
          ),
        ],
      },
    ),
  ),
];

/** Payments with their refunds, disputes and payouts; each event up to three times, in any order. */
function generate(seed: number, atSeconds: number): { history: History; deliveries: EventBody[] } {
  const history = new History(`seed${seed}x`, atSeconds);
  const payments = fc.array(anyPayment(), { minLength: 20, maxLength: 40 });
  for (const payment of one(payments, seed)) history.add(payment);
  const times = fc.array(fc.integer({ min: 1, max: 3 }), {
    minLength: history.events.length,
    maxLength: history.events.length,
  });
  const repeats = one(times, seed);
  const deliveries = history.events.flatMap((event, index) =>
    Array.from({ length: repeats[index] ?? 1 }, () => event),
  );
  return { history, deliveries: shuffled(deliveries, seed) };
}

/** Shuffles, in the same order for the same seed. */
function shuffled<Item>(items: readonly Item[], seed = 1): Item[] {
  const order = fc.shuffledSubarray([...items], { minLength: items.length });
  return one(order, seed);
}

function one<Value>(values: fc.Arbitrary<Value>, seed: number): Value {
  const [value] = fc.sample(values, { seed, numRuns: 1 });
  if (value === undefined) throw new Error('fast-check returned no value');
  return value;
}

/** The lines have the same ids and dates; each gets its own. */
function readFixtures(lastSeconds: number): EventBody[] {
  const lines = readFileSync(FIXTURES, 'utf8').trim().split('\n');
  return lines.map((line, index) => {
    const own = line.replaceAll(/_0{6,}(?=")/g, (zeros) => `${zeros}${index + 1}`);
    return { ...JSON.parse(own), id: `evt_fixture${index + 1}`, created: lastSeconds - index * 60 };
  });
}

function secondsAgo(seconds: number): number {
  return Math.floor(Date.now() / 1000) - seconds;
}
