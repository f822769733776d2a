import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { deliveries, type Expected } from './histories.ts';
import {
  counted,
  deliver,
  eventsAmong,
  type RecordedEvent,
  recordedBy,
  startRecording,
  webhookOfTest,
} from './support.ts';

let runs = 0;

interface Total {
  count: number;
  minor: bigint;
}

function totalsOf(events: Expected): Map<string, Total> {
  const totals = new Map<string, Total>();
  for (const [event, currency, minor] of events) {
    const total = totals.get(`${event} ${currency}`) ?? { count: 0, minor: 0n };
    total.count += 1;
    total.minor += BigInt(minor);
    totals.set(`${event} ${currency}`, total);
  }
  return totals;
}

function readable(one: RecordedEvent): Expected[number] {
  return [one.event, String(one['money.currency']), Number(one['money.amount_minor'])];
}

/** Attempts and failures as the counters have them. */
function attempts(): number[] {
  return ['succeeded', 'declined'].map((outcome) =>
    counted('payment.attempts', { 'payment.outcome': outcome }),
  );
}

describe('generated histories of payments, refunds, disputes, payouts and transfers', () => {
  beforeAll(startRecording);

  it('come to the same totals in any order, repeated, and reported in any of several ways', () => {
    fc.assert(
      fc.property(deliveries, ({ bodies, expected }) => {
        runs += 1;
        const webhook = webhookOfTest();
        const before = attempts();
        const records = recordedBy(() => {
          for (const body of bodies) {
            const own = body.replaceAll('_RUN_', `_${runs}_`);
            expect(deliver(webhook, own).status).toBe(200);
          }
        });
        expect(totalsOf(eventsAmong(records).map(readable))).toEqual(totalsOf(expected));
        const moved = attempts().map((value, index) => value - (before[index] ?? 0));
        const wanted = ['payment.succeeded', 'payment.failed'].map(
          (name) => expected.filter(([event]) => event === name).length,
        );
        expect(moved).toEqual(wanted);
      }),
      { numRuns: 200 },
    );
  });
});
