import { describe, expect, it } from '@jest/globals';
import type { PaymentRow } from '@moneytrail/store';
import fc from 'fast-check';
import { appendPage, followFresh, holdFresh, startRows } from '../src/payments/merge.ts';

/** A row that happened at `atMs` and is named after it. */
function row(atMs: number, revision = 1): PaymentRow {
  const facts = { refunded_minor: '0', disputed: false, attempts: 1, service: 'shop' };
  return {
    id: `pi_${atMs}`,
    provider: 'stripe',
    outcome: 'succeeded',
    at_ms: atMs,
    revision,
    ...facts,
  };
}

const times = (rows: readonly PaymentRow[]): number[] => rows.map(({ at_ms }) => at_ms);

describe('the list of payments', () => {
  const list = startRows({ payments: [row(30), row(20), row(10)], next: 'below 10' });

  it('holds new rows back and changes known ones where they stand', () => {
    const held = holdFresh(list, { payments: [row(40), row(30, 2), row(20)], next: 'below 20' });
    expect(times(held.shown)).toEqual([30, 20, 10]);
    expect(held.shown[0]?.revision).toBe(2);
    expect(times(held.waiting)).toEqual([40]);
    expect(held.next).toBe('below 10');
    expect(held.gap).toBe(false);
  });

  it('follows: what is new stands on top, what is older stays', () => {
    const followed = followFresh(list, { payments: [row(40), row(30)], next: 'below 30' });
    expect(times(followed.shown)).toEqual([40, 30, 20, 10]);
    expect(followed.next).toBe('below 10');
  });

  it('drops a row that no longer fits its filter', () => {
    const followed = followFresh(list, { payments: [row(40), row(20)], next: 'below 20' });
    expect(times(followed.shown)).toEqual([40, 20, 10]);
  });

  it('begins anew when more rows are new than one page holds', () => {
    const fresh = { payments: [row(70), row(60)], next: 'below 60' };
    expect(holdFresh(list, fresh).gap).toBe(true);
    expect(times(followFresh(list, fresh).shown)).toEqual([70, 60]);
  });

  it('ends when the fresh page is all there is', () => {
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
