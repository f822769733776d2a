/** How a fresh first page meets the rows that are already shown. Pure, so that it can be tested by itself. */
import type { PaymentPage, PaymentRow } from '@moneytrail/store';

/** The rows of the list, and those that wait above it. */
export interface ListRows {
  readonly shown: readonly PaymentRow[];
  /** New rows that are held back, newest first. */
  readonly waiting: readonly PaymentRow[];
  /** Where the next page begins; undefined at the end. */
  readonly next: string | undefined;
  /** True when more rows are new than one page holds: the list must begin anew to have no gap. */
  readonly gap: boolean;
}

/** What identifies a payment: one id may be that of payments at several providers. */
export function keyOf({ provider, id }: Pick<PaymentRow, 'provider' | 'id'>): string {
  return JSON.stringify([provider, id]);
}

/** A list that shows one page. */
export function startRows(page: PaymentPage): ListRows {
  return { shown: page.payments, waiting: [], next: page.next, gap: false };
}

/** Known rows change in place; unknown ones wait, so that nothing moves under a pointer. */
export function holdFresh(rows: ListRows, page: PaymentPage): ListRows {
  const fresh = new Map(page.payments.map((row) => [keyOf(row), row]));
  const shown = rows.shown.map((row) => fresh.get(keyOf(row)) ?? row);
  const known = new Set(shown.map(keyOf));
  const waiting = page.payments.filter((row) => !known.has(keyOf(row)) && isNewer(row, shown[0]));
  const gap =
    waiting.length > 0 && waiting.length === page.payments.length && page.next !== undefined;
  return { ...rows, shown, waiting, gap };
}

/** The fresh page replaces the rows of its range of time; older rows stay below it. */
export function followFresh(rows: ListRows, page: PaymentPage): ListRows {
  const oldest = page.payments.at(-1);
  if (oldest === undefined || page.next === undefined || holdFresh(rows, page).gap)
    return startRows(page);
  const fresh = new Set(page.payments.map(keyOf));
  const older = rows.shown.filter((row) => row.at_ms <= oldest.at_ms && !fresh.has(keyOf(row)));
  return {
    shown: [...page.payments, ...older],
    waiting: [],
    next: older.length > 0 ? rows.next : page.next,
    gap: false,
  };
}

/** The next page below; rows that moved up meanwhile are not shown twice. */
export function appendPage(rows: ListRows, page: PaymentPage): ListRows {
  const known = new Set([...rows.shown, ...rows.waiting].map(keyOf));
  const older = page.payments.filter((row) => !known.has(keyOf(row)));
  return { ...rows, shown: [...rows.shown, ...older], next: page.next };
}

function isNewer(row: PaymentRow, top: PaymentRow | undefined): boolean {
  return top === undefined || row.at_ms >= top.at_ms;
}
