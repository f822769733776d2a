/** The books are closed: what all signals hold, against each other, the ledger, and what Stripe was told to do. */
import { expect } from '@jest/globals';
import { type Checkout, nextCheckout } from '../../examples/creator-platform/driver/checkouts.ts';
import { TEST_CARDS } from '../../examples/creator-platform/stand-in/test-cards.ts';
import { type Backend, type Fact, type Sums, sumsOf } from '../support/backend.ts';
import { type Sale, sumsOfLedger, sumsOfStripe } from '../support/books.ts';
import { type Case, scenario } from '../support/case.ts';
import type { Example } from '../support/example.ts';
import { differences, totalsOf, totalsOfFacts } from '../support/totals.ts';
import { faultsOf } from '../support/trace.ts';

const MINUTE_MS = 60_000;
const WEEK_MS = 7 * 24 * 60 * MINUTE_MS;
const AT_ONCE = 8;
const PASSERS_BY = 60;
const EVERY_REFUNDED = 5;

/** Comes last: its counters are those of every case before it. */
export const WHOLE: readonly Case[] = [
  scenario(`${PASSERS_BY} payers and one of each card: all signals, the ledger and Stripe agree`, {
    drive: async (example) => ({ example, sales: await sell(example) }),
    sees: ({ example, sales }) => [
      {
        about: 'money, as Stripe was told',
        ask: async (backend) => withoutCommissions(sumsOf(await factsOf(backend, sales))),
        answer: sumsOfStripe(sales),
      },
      {
        about: 'money that the ledger has otherwise',
        ask: async (backend) => againstLedger(await factsOf(backend, sales), example, sales),
        answer: [],
      },
      { about: 'counters that the events have otherwise', ask: againstCounters, answer: [] },
      {
        about: 'faults of the traces',
        ask: async (backend) => faults(await factsOf(backend, sales), backend),
        answer: [],
      },
      {
        about: 'statements in the trace of another payment',
        ask: async (backend) => strays(await factsOf(backend, sales), backend),
        answer: [],
      },
    ],
  }),
];

/** Passers-by as the driver would send them, and every card, a few at a time; some get their money back. */
async function sell(example: Example): Promise<Sale[]> {
  const checkouts = [...Array.from({ length: PASSERS_BY }, nextPasserBy), ...everyCard()];
  const waiting = [...checkouts.entries()];
  const sales: Sale[] = [];
  const worker = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [index, checkout] = next;
      const { status, payment } = await example.post('/checkout', checkout);
      const card = TEST_CARDS[checkout.payment_method];
      const isRefunded = status === 201 && !card?.after && index % EVERY_REFUNDED === 0;
      if (isRefunded) await giveBack(example, payment);
      sales.push({ checkout, payment, isRefunded });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return sales;
}

async function giveBack(example: Example, payment: string): Promise<void> {
  const { status } = await example.post(`/payments/${payment}/refund`, {});
  expect(status).toBe(202);
}

/** The same ones in every run. */
function nextPasserBy(_: unknown, index: number): Checkout {
  let seed = index * 7919 + 1;
  return nextCheckout(() => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed / 2_147_483_647;
  });
}

function everyCard(): Checkout[] {
  const checkout = { creator: 'ada-draws', referral_code: 'WREN', amount_minor: 4900 } as const;
  return Object.keys(TEST_CARDS).map((payment_method) => ({
    ...checkout,
    payment_method,
    currency: 'USD',
    method: payment_method.includes('BankAccount') ? 'bank_debit' : 'card',
    purpose: 'purchase',
  }));
}

async function factsOf(backend: Backend, sales: readonly Sale[]): Promise<readonly Fact[]> {
  const payments = new Set(sales.map(({ payment }) => payment));
  const window = { fromMs: Date.now() - 10 * MINUTE_MS, toMs: Date.now() + 10 * MINUTE_MS };
  const facts = await backend.factsOf(window);
  return facts.filter(({ attributes }) => payments.has(attributes['payment_id'] ?? ''));
}

function withoutCommissions(sums: Sums): Sums {
  return Object.fromEntries(Object.entries(sums).filter(([key]) => !key.startsWith('commission.')));
}

/** The ledger knows how payments ended, and their commissions. */
async function againstLedger(
  facts: readonly Fact[],
  example: Example,
  sales: readonly Sale[],
): Promise<string[]> {
  const known = /^(payment\.(created|succeeded|failed)|commission\..+)$/;
  const told = facts.filter(({ event }) => known.test(event));
  const ledger = await sumsOfLedger(example, sales);
  return differences(['ledger', asTexts(ledger)], ['events', asTexts(sumsOf(told))]);
}

async function againstCounters(backend: Backend): Promise<string[]> {
  const window = { fromMs: Date.now() - WEEK_MS, toMs: Date.now() + 10 * MINUTE_MS };
  const facts = await backend.factsOf(window);
  return differences(['events', totalsOfFacts(facts)], ['counters', await totalsOf(backend)]);
}

/** Of every trace that one of these events was told in. */
async function faults(facts: readonly Fact[], backend: Backend): Promise<string[]> {
  const traceIds = new Set(facts.map(({ traceId }) => traceId));
  const found = [...traceIds].map(async (id) => faultsOf(id, await backend.spansOf(id)));
  return (await Promise.all(found)).flat();
}

/** The payers share one connection to the ledger; each payment is written once and moved once in its own trace. */
async function strays(facts: readonly Fact[], backend: Backend): Promise<string[]> {
  const begun = facts.filter(({ event }) => event === 'payment.created');
  const found = begun.map(async ({ traceId }) => {
    const names = (await backend.spansOf(traceId)).map(({ name }) => name);
    return ['INSERT payments', 'UPDATE payments']
      .map((name) => [name, names.filter((one) => one === name).length] as const)
      .filter(([, times]) => times !== 1)
      .map(([name, times]) => `${traceId}: ${name} ${times} times`);
  });
  return (await Promise.all(found)).flat();
}

function asTexts(sums: Sums): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(sums).map(([key, { count, minor }]) => [key, `${count} of ${minor}`]),
  );
}
