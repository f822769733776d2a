import type { Database } from '../db/database.ts';
import { joinSum, sumColumns } from './exact.ts';
import { readRange, where } from './parameters.ts';
import type { MoneyRow } from './types.ts';

/** `GET /api/money`: what happened to money, by event and currency, between two times of occurrence. */
export function money(db: Database, query: URLSearchParams): MoneyRow[] {
  const { fromUs, toUs } = readRange(query);
  const range = where([['amount_minor IS NOT NULL'], ['at_us >= ?', fromUs], ['at_us < ?', toUs]]);
  const rows = db.all<{
    event: string;
    currency: string;
    count: number;
    high: number;
    low: number;
  }>(
    `SELECT event, currency, count(*) AS count, ${sumColumns('amount_minor')} FROM events
     WHERE ${range.sql} GROUP BY event, currency ORDER BY event, currency`,
    ...range.values,
  );
  return rows.map(({ event, currency, count, ...sum }) => ({
    event,
    currency,
    count,
    amount_minor: joinSum(sum).toString(),
  }));
}
