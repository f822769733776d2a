/** Reconciles all signals with each other, with the ledger and with the inputs of Stripe. */
import { expect } from '@jest/globals';
import { type Checkout, nextCheckout } from '../../examples/creator-platform/driver/checkouts.ts';
import { TEST_CARDS } from '../../examples/creator-platform/stand-in/test-cards.ts';
import { type Backend, type ReceivedEvent, type Sums, sumsOf } from '../support/backend.ts';
import { type Sale, sumsOfLedger, sumsOfStripe } from '../support/books.ts';
import { type Case, scenario } from '../support/case.ts';
import type { Example } from '../support/example.ts';
import { differences, totalsOf, totalsOfEvents } from '../support/totals.ts';
import { faultsOf } from '../support/trace.ts';

const MINUTE_MS = 60_000;
const WEEK_MS = 7 * 24 * 60 * MINUTE_MS;
const AT_ONCE = 8;
const PASSERS_BY = 60;
const EVERY_REFUNDED = 5;

/** Must run last: its counters include all cases before it. */
export const WHOLE: readonly Case[] = [
  scenario(`${PASSERS_BY} payers and one of each card: all signals, the ledger and Stripe agree`, {
    drive: async (example) => ({ example, sales: await sell(example) }),
    sees: ({ example, sales }) => [
      {
        about: 'money, by the inputs of Stripe',
        ask: async (backend) => withoutCommissions(sumsOf(await eventsOf(backend, sales))),
        expected: sumsOfStripe(sales),
      },
      {
        about: 'differences between ledger and events',
        ask: async (backend) => againstLedger(await eventsOf(backend, sales), example, sales),
        expected: [],
      },
      { about: 'differences between counters and events', ask: againstCounters, expected: [] },
      {
        about: 'faults of the traces',
        ask: async (backend) => faults(await eventsOf(backend, sales), backend),
        expected: [],
      },
      {
        about: 'statements in the trace of another payment',
        ask: async (backend) => strays(await eventsOf(backend, sales), backend),
        expected: [],
      },
    ],
  }),
];

/** Checkouts like those of the driver, and one with every card, a few at a time; some are refunded. */
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
      if (isRefunded) await refund(example, payment);
      sales.push({ checkout, payment, isRefunded });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return sales;
}

async function refund(example: Example, payment: string): Promise<void> {
  const { status } = await example.post(`/payments/${payment}/refund`, {});
  expect(status).toBe(202);
}

/** The same checkouts in every run. */
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

async function eventsOf(
  backend: Backend,
  sales: readonly Sale[],
): Promise<readonly ReceivedEvent[]> {
  const payments = new Set(sales.map(({ payment }) => payment));
  const window = { fromMs: Date.now() - 10 * MINUTE_MS, toMs: Date.now() + 10 * MINUTE_MS };
  const events = await backend.eventsOf(window);
  return events.filter(({ attributes }) => payments.has(attributes['payment_id'] ?? ''));
}

function withoutCommissions(sums: Sums): Sums {
  return Object.fromEntries(Object.entries(sums).filter(([key]) => !key.startsWith('commission.')));
}

/** The ledger has the outcomes of payments, and their commissions. */
async function againstLedger(
  events: readonly ReceivedEvent[],
  example: Example,
  sales: readonly Sale[],
): Promise<string[]> {
  const known = /^(payment\.(created|succeeded|failed)|commission\..+)$/;
  const inLedger = events.filter(({ event }) => known.test(event));
  const ledger = await sumsOfLedger(example, sales);
  return differences(['ledger', asTexts(ledger)], ['events', asTexts(sumsOf(inLedger))]);
}

async function againstCounters(backend: Backend): Promise<string[]> {
  const window = { fromMs: Date.now() - WEEK_MS, toMs: Date.now() + 10 * MINUTE_MS };
  const events = await backend.eventsOf(window);
  return differences(['events', totalsOfEvents(events)], ['counters', await totalsOf(backend)]);
}

/** The faults of all traces of these events. */
async function faults(events: readonly ReceivedEvent[], backend: Backend): Promise<string[]> {
  const traceIds = new Set(events.map(({ traceId }) => traceId));
  const found = [...traceIds].map(async (id) => faultsOf(id, await backend.spansOf(id)));
  return (await Promise.all(found)).flat();
}

/** The payers share one connection to the ledger; each payment is inserted once and updated once in its own trace. */
async function strays(events: readonly ReceivedEvent[], backend: Backend): Promise<string[]> {
  const begun = events.filter(({ event }) => event === 'payment.created');
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
