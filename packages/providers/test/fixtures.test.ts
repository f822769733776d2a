import { hash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import {
  counted,
  deliver,
  deliveriesAmong,
  eventsAmong,
  NOW_SECONDS,
  recordedBy,
  startRecording,
  webhookOfTest,
} from './support.ts';

const root = new URL('../../../', import.meta.url).pathname;
const folder = resolve(root, process.env['MONEYTRAIL_FIXTURES'] ?? '../shared/fixtures');
const file = join(folder, 'stripe/events.jsonl');

/** What counts, for each type that records an event; every other type records none. */
const COUNTS: Readonly<Record<string, readonly string[]>> = {
  'charge.captured': ['payment.succeeded 100 USD'],
  'charge.dispute.created': ['dispute.opened 100 USD'],
  'charge.failed': ['payment.failed 2000 USD'],
  'charge.refund.updated': ['refund.succeeded 100 USD'],
  'charge.refunded': ['refund.succeeded 100 USD'],
  'payment_intent.canceled': ['payment.canceled 2000 USD'],
  'payment_intent.created': ['payment.created 2000 USD'],
  'payment_intent.payment_failed': ['payment.failed 2000 USD'],
  'payment_intent.requires_action': ['payment.action_required 2000 USD'],
  'payment_intent.succeeded': ['payment.succeeded 2000 USD'],
  'payout.created': ['payout.created 1100 USD'],
  // Transfers to a bank account, as payouts were called then.
  'transfer.created': ['payout.created 67 USD'],
  'transfer.failed': ['payout.failed 67 USD'],
  'transfer.paid': ['payout.paid 67 USD'],
};

/** The lines share ids and dates, so each gets its own: in every text that looks like an id, and in `created`. */
function bodiesOf(lines: readonly string[]): string[] {
  return lines.map((line, index) => {
    const own = line.replaceAll(/"([a-z]+(?:_[a-z]+)*)_(?:0{8,})"/g, `"$1_own${index}"`);
    const event = JSON.parse(own);
    return JSON.stringify({ ...event, id: `evt_own${index}`, created: NOW_SECONDS - index });
  });
}

/** The items in an order that looks random and is the same in every run, so that a failure can be repeated. */
function shuffled<Item>(items: readonly Item[]): Item[] {
  return items
    .map((item, index) => ({ item, order: hash('sha1', String(index)) }))
    .sort((a, b) => (a.order < b.order ? -1 : 1))
    .map(({ item }) => item);
}

const present = existsSync(file);
if (!present) {
  it(`does not run the recorded events: ${file} is absent (MONEYTRAIL_FIXTURES names the folder)`, () => {
    expect(present).toBe(false);
  });
}

(present ? [readFileSync(file, 'utf8').trim().split('\n')] : []).forEach((lines) => {
  describe(`the ${lines.length} recorded events, each delivered three times in a shuffled order`, () => {
    const bodies = bodiesOf(lines);
    const types = bodies.map((body): string => JSON.parse(body).type);
    let records: ReturnType<typeof recordedBy> = [];

    beforeAll(() => {
      startRecording();
      // They are of Stripe's test mode.
      const webhook = webhookOfTest({ mode: 'test' });
      records = recordedBy(() => {
        for (const body of shuffled([...bodies, ...bodies, ...bodies])) deliver(webhook, body);
      });
    });

    it('count what the table says, to the minor unit', () => {
      const events = eventsAmong(records).map(
        (one) => `${one.event} ${one['money.amount_minor']} ${one['money.currency']}`,
      );
      expect(events.sort()).toEqual(types.flatMap((type) => COUNTS[type] ?? []).sort());
    });

    it('are recorded when they happened', () => {
      const created = bodies
        .filter((body) => JSON.parse(body).type in COUNTS)
        .map((body) => JSON.parse(body).created);
      expect(new Set(eventsAmong(records).map(({ atSeconds }) => atSeconds))).toEqual(
        new Set(created),
      );
    });

    it('are counted by the result of each delivery', () => {
      const first = types.length;
      const ok = types.filter((type) => type in COUNTS).length;
      expect(
        Object.fromEntries(
          ['ok', 'duplicate', 'unrecognized', 'ignored', 'error', 'invalid_signature'].map(
            (result) => [result, counted('webhook.deliveries', { 'webhook.result': result })],
          ),
        ),
      ).toEqual({
        ok,
        duplicate: 2 * first,
        unrecognized: 0,
        ignored: first - ok,
        error: 0,
        invalid_signature: 0,
      });
      expect(deliveriesAmong(records)).toHaveLength(3 * first);
    });
  });
});
