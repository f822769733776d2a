/** The totals above the list of payments. */
import { currencyExponent } from '../catalogue.ts';
import type { Database } from '../db/database.ts';
import { joinSum, sumColumns } from './exact.ts';
import { type Condition, type RangeMs, readRangeMs, where } from './parameters.ts';
import { FILTERS } from './payments.ts';
import type { CurrencyTotal, Summary } from './types.ts';

/** Number of slices of the sparklines. */
const SLICES = 30;

/** The range cut into slices of equal length. */
interface Slices {
  readonly fromMs: number;
  readonly toMs: number;
  readonly lengthMs: number;
}

/** `GET /api/summary`: the totals above the list of payments. */
export function summary(db: Database, query: URLSearchParams): Summary {
  const asked = readRangeMs(query);
  const range = within('at_ms', asked);
  const slices = readSlices(db, asked, range);
  const { succeeded, ...counts } = countAll(db, range);
  return {
    from_ms: slices.fromMs,
    to_ms: slices.toMs,
    payments: counts.all,
    currencies: currencies(db, range, slices),
    succeeded,
    failed: counts.failed,
    success_line: successLine(db, range, slices),
    counts,
    commissions: commissions(db, within('created_ms', asked), slices),
  };
}

function within(column: string, { fromMs, toMs }: RangeMs): Condition {
  return where([
    [`${column} >= ?`, fromMs],
    [`${column} < ?`, toMs],
  ]);
}

/** Open ends are the first and the last payment; the end is never before now. */
function readSlices(db: Database, asked: RangeMs, range: Condition): Slices {
  const ends = db.get<{ first: number | null; last: number | null }>(
    `SELECT min(at_ms) AS first, max(at_ms) AS last FROM payments WHERE ${range.sql}`,
    ...range.values,
  );
  const toMs = asked.toMs ?? Math.max(Date.now(), (ends?.last ?? 0) + 1);
  const fromMs = asked.fromMs ?? Math.min(ends?.first ?? toMs, toMs);
  return { fromMs, toMs, lengthMs: Math.max(1, Math.ceil((toMs - fromMs) / SLICES)) };
}

/** The slice of a payment. The range is a parameter, because each text is a prepared statement that is kept. */
const SLICE = 'CAST((at_ms - ?) / ? AS INTEGER) AS slice';

function sliceValues({ fromMs, lengthMs }: Slices): number[] {
  return [fromMs, lengthMs];
}

type Counts = Summary['counts'] & { readonly succeeded: number };

function countAll(db: Database, range: Condition): Counts {
  const filters = Object.entries({ ...FILTERS, succeeded: "outcome = 'succeeded'" });
  const columns = filters.map(([name, sql]) => `count(*) FILTER (WHERE ${sql}) AS ${name}`);
  const row = db.get<Counts>(
    `SELECT count(*) AS "all", ${columns.join(', ')} FROM payments WHERE ${range.sql}`,
    ...range.values,
  );
  return row ?? NO_PAYMENTS;
}

const NO_PAYMENTS: Counts = {
  all: 0,
  failed: 0,
  needs_action: 0,
  refunded: 0,
  slow: 0,
  disputed: 0,
  contradictory: 0,
  succeeded: 0,
};

const TAKEN = "outcome = 'succeeded' AND amount_minor IS NOT NULL";

function currencies(db: Database, range: Condition, slices: Slices): CurrencyTotal[] {
  const rows = db.all<{
    currency: string;
    account: string;
    payments: number;
    refunded: number;
    high: number;
    low: number;
  }>(
    `SELECT currency, account, count(*) AS payments, count(*) FILTER (WHERE ${FILTERS.refunded}) AS refunded,
       ${sumColumns('amount_minor')} FROM payments WHERE ${range.sql} AND ${TAKEN}
     GROUP BY currency, account ORDER BY payments DESC, currency, account`,
    ...range.values,
  );
  const points = db.all<{ currency: string; account: string; slice: number; taken: number }>(
    `SELECT currency, account, ${SLICE}, total(amount_minor) AS taken FROM payments
     WHERE ${range.sql} AND ${TAKEN} GROUP BY currency, account, slice`,
    ...sliceValues(slices),
    ...range.values,
  );
  return rows.map(({ currency, account, payments, refunded, ...sum }) => {
    const line = new Array<number>(SLICES).fill(0);
    for (const point of points) {
      const isOwn = point.currency === currency && point.account === account;
      if (isOwn) line[clamp(point.slice)] = point.taken;
    }
    const exponent = currencyExponent(currency) ?? 2;
    const whose = account === 'connected' ? ({ account: 'connected' } as const) : {};
    return {
      currency,
      ...whose,
      exponent,
      taken_minor: joinSum(sum).toString(),
      payments,
      refunded,
      line,
    };
  });
}

function successLine(db: Database, range: Condition, slices: Slices): (number | null)[] {
  const rows = db.all<{ slice: number; share: number }>(
    `SELECT ${SLICE}, avg(outcome = 'succeeded') AS share FROM payments
     WHERE ${range.sql} AND (outcome = 'succeeded' OR ${FILTERS.failed}) GROUP BY slice`,
    ...sliceValues(slices),
    ...range.values,
  );
  const line = new Array<number | null>(SLICES).fill(null);
  for (const { slice, share } of rows) line[clamp(slice)] = share;
  return line;
}

/** Commissions created in the range: the pending ones, and how many were pending at the end of each slice. */
function commissions(db: Database, range: Condition, slices: Slices): Summary['commissions'] {
  const rows = db.all<{ created_ms: number; ended_ms: number | null; status: string }>(
    `SELECT created_ms, ended_ms, status FROM commissions WHERE ${range.sql}`,
    ...range.values,
  );
  const waiting = rows.filter(({ ended_ms }) => ended_ms === null);
  const oldest = waiting.reduce(
    (first, { created_ms }) => Math.min(first, created_ms),
    Number.POSITIVE_INFINITY,
  );
  return {
    waiting: waiting.length,
    ...(waiting.length > 0 && { oldest_ms: Math.max(0, Date.now() - oldest) }),
    failed: rows.filter(({ status }) => status === 'failed').length,
    line: waitingLine(rows, slices),
  };
}

function waitingLine(
  rows: readonly { created_ms: number; ended_ms: number | null }[],
  slices: Slices,
): number[] {
  const steps = new Array<number>(SLICES + 1).fill(0);
  const step = (atMs: number, by: number): void => {
    const slice = clamp(Math.floor((atMs - slices.fromMs) / slices.lengthMs));
    steps[slice] = (steps[slice] ?? 0) + by;
  };
  for (const { created_ms, ended_ms } of rows) {
    step(created_ms, 1);
    if (ended_ms !== null && ended_ms < slices.toMs) step(ended_ms, -1);
  }
  let level = 0;
  return steps.slice(0, SLICES).map((by) => (level += by));
}

function clamp(slice: number): number {
  return Math.min(Math.max(slice, 0), SLICES - 1);
}
