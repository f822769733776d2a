import { describe, expect, it } from '@jest/globals';
import type { PaymentRow } from '@moneytrail/store';
import fc from 'fast-check';
import { appendPage, followFresh, holdFresh, startRows } from '../src/payments/merge.ts';

/** A payment at `atMs`, with an id made of it. */
function row(atMs: number, revision = 1): PaymentRow {
  return {
    id: `pi_${atMs}`,
    provider: 'stripe',
    outcome: 'succeeded',
    at_ms: atMs,
    revision,
    refunded_minor: '0',
    disputed: false,
    attempts: 1,
    service: 'shop',
  };
}

const times = (rows: readonly PaymentRow[]): number[] => rows.map(({ at_ms }) => at_ms);

describe('the list of payments', () => {
  const list = startRows({ payments: [row(30), row(20), row(10)], next: 'below 10' });

  it('holds new rows back and updates known ones in place', () => {
    const held = holdFresh(list, { payments: [row(40), row(30, 2), row(20)], next: 'below 20' });
    expect(times(held.shown)).toEqual([30, 20, 10]);
    expect(held.shown[0]?.revision).toBe(2);
    expect(times(held.waiting)).toEqual([40]);
    expect(held.next).toBe('below 10');
    expect(held.gap).toBe(false);
  });

  it('shows new rows on top and keeps older ones', () => {
    const followed = followFresh(list, { payments: [row(40), row(30)], next: 'below 30' });
    expect(times(followed.shown)).toEqual([40, 30, 20, 10]);
    expect(followed.next).toBe('below 10');
  });

  it('removes a row that no longer matches the filter', () => {
    const followed = followFresh(list, { payments: [row(40), row(20)], next: 'below 20' });
    expect(times(followed.shown)).toEqual([40, 20, 10]);
  });

  it('starts anew when there are more new rows than one page holds', () => {
    const fresh = { payments: [row(70), row(60)], next: 'below 60' };
    expect(holdFresh(list, fresh).gap).toBe(true);
    expect(times(followFresh(list, fresh).shown)).toEqual([70, 60]);
  });

  it('ends when the fresh page contains all rows', () => {
    const followed = followFresh(list, { payments: [row(40)] });
    expect(times(followed.shown)).toEqual([40]);
    expect(followed.next).toBeUndefined();
  });

  it('never shows a row twice, whatever pages arrive', () => {
    const pages = fc.array(fc.uniqueArray(fc.nat(50), { minLength: 1, maxLength: 10 }));
    fc.assert(
      fc.property(
        pages,
        fc.func(fc.constantFrom(appendPage, followFresh, holdFresh)),
        (all, choose) => {
          const end = all.reduce((rows, atMs, index) => {
            const payments = [...atMs].sort((one, other) => other - one).map((at) => row(at));
            return choose(index)(rows, { payments, next: 'more' });
          }, list);
          const ids = [...end.shown, ...end.waiting].map(({ id }) => id);
          expect(new Set(ids).size).toBe(ids.length);
        },
      ),
    );
  });
});
