/** Exact sums of money. */
import type { Database } from '../db/database.ts';
import { OF_CONNECTED } from '../db/schema.ts';
import { joinSum, sumColumns } from './exact.ts';
import { readRange, type TimeRange, where } from './parameters.ts';
import type { MoneyRow } from './types.ts';

/** The money of one event in one currency. */
interface Sum {
  readonly event: string;
  readonly currency: string;
  readonly count: number;
  readonly minor: bigint;
}

/**
 * `GET /api/money`: exact sums by event and currency, between two times of occurrence. Money of
 * connected accounts has rows of its own.
 */
export function money(db: Database, query: URLSearchParams): MoneyRow[] {
  const range = readRange(query);
  const connected = new Map(
    sumsOf(db, range, OF_CONNECTED).map((sum) => [`${sum.event} ${sum.currency}`, sum]),
  );
  return sumsOf(db, range).flatMap((sum) => {
    const others = connected.get(`${sum.event} ${sum.currency}`);
    if (!others) return [toRow(sum)];
    const own = { ...sum, count: sum.count - others.count, minor: sum.minor - others.minor };
    const ofOthers = { ...toRow(others), account: 'connected' } as const;
    return own.count > 0 ? [toRow(own), ofOthers] : [ofOthers];
  });
}

function sumsOf(db: Database, { fromUs, toUs }: TimeRange, condition = 'true'): Sum[] {
  const range = where([['amount_minor IS NOT NULL'], ['at_us >= ?', fromUs], ['at_us < ?', toUs]]);
  const rows = db.all<Omit<Sum, 'minor'> & { high: number; low: number }>(
    `SELECT event, currency, count(*) AS count, ${sumColumns('amount_minor')} FROM events
     WHERE ${range.sql} AND ${condition} GROUP BY event, currency ORDER BY event, currency`,
    ...range.values,
  );
  return rows.map(({ high, low, ...row }) => ({ ...row, minor: joinSum({ high, low }) }));
}

function toRow({ event, currency, count, minor }: Sum): MoneyRow {
  return { event, currency, count, amount_minor: minor.toString() };
}
