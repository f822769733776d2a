/** Merges a fresh first page into the rows that are already shown. Pure functions. */
import type { PaymentPage, PaymentRow } from '@moneytrail/store';

/** The rows of the list, and the new ones above it. */
export interface ListRows {
  readonly shown: readonly PaymentRow[];
  /** New rows that are held back, newest first. */
  readonly waiting: readonly PaymentRow[];
  /** Cursor of the next page; undefined at the end. */
  readonly next: string | undefined;
  /** True when there are more new rows than one page holds: the list must be reloaded to avoid a gap. */
  readonly gap: boolean;
}

/** The identity of a payment: provider and id, because two providers may use the same id. */
export function keyOf({ provider, id }: Pick<PaymentRow, 'provider' | 'id'>): string {
  return JSON.stringify([provider, id]);
}

/** A list of one page. */
export function startRows(page: PaymentPage): ListRows {
  return { shown: page.payments, waiting: [], next: page.next, gap: false };
}

/** Updates known rows in place and holds new rows back, so that nothing moves under the pointer. */
export function holdFresh(rows: ListRows, page: PaymentPage): ListRows {
  const fresh = new Map(page.payments.map((row) => [keyOf(row), row]));
  const shown = rows.shown.map((row) => fresh.get(keyOf(row)) ?? row);
  const known = new Set(shown.map(keyOf));
  const waiting = page.payments.filter((row) => !known.has(keyOf(row)) && isNewer(row, shown[0]));
  const gap =
    waiting.length > 0 && waiting.length === page.payments.length && page.next !== undefined;
  return { ...rows, shown, waiting, gap };
}

/** Replaces the rows in the time range of the fresh page; older rows stay below it. */
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

/** Appends the next page; a row that is already shown is not added again. */
export function appendPage(rows: ListRows, page: PaymentPage): ListRows {
  const known = new Set([...rows.shown, ...rows.waiting].map(keyOf));
  const older = page.payments.filter((row) => !known.has(keyOf(row)));
  return { ...rows, shown: [...rows.shown, ...older], next: page.next };
}

function isNewer(row: PaymentRow, top: PaymentRow | undefined): boolean {
  return top === undefined || row.at_ms >= top.at_ms;
}
