import type { Database } from '../db/database.ts';
import { HttpError, quote } from './errors.ts';
import { amountFields, present } from './exact.ts';
import {
  type Condition,
  containing,
  readChoice,
  readLimit,
  readRangeMs,
  where,
} from './parameters.ts';
import type { PaymentOutcome, PaymentPage, PaymentRow } from './types.ts';

/** A row of the table of payments. */
interface StoredPayment {
  readonly id: string;
  readonly provider: string;
  readonly outcome: PaymentOutcome;
  readonly reason: string | null;
  readonly amount_minor: number | null;
  readonly currency: string | null;
  readonly method: string | null;
  readonly purpose: string | null;
  readonly fee_minor: number | null;
  readonly commission_minor: string | null;
  /** Sums are texts, because there is no end to them. */
  readonly refunded_minor: string;
  readonly disputed: number;
  readonly attempts: number;
  readonly at_ms: number;
  readonly account: string;
  readonly took_ms: number | null;
  readonly trace_id: string | null;
  readonly service: string;
  readonly revision: number;
}

const COLUMNS =
  'id, provider, outcome, reason, amount_minor, currency, method, purpose, fee_minor, commission_minor, refunded_minor, ' +
  'disputed, attempts, at_ms, account, took_ms, trace_id, service, revision';

/** Conditions of the filters, which the summary counts under the same names. */
export const FILTERS = {
  failed: "outcome IN ('declined', 'error', 'blocked', 'canceled')",
  needs_action: "outcome = 'needs_action'",
  refunded: "refunded_minor <> '0'",
  slow: 'took_ms > 2000',
  disputed: 'disputed = 1',
} as const;

const OUTCOMES: readonly (PaymentOutcome | 'failed')[] = [
  'succeeded',
  'declined',
  'error',
  'canceled',
  'blocked',
  'needs_action',
  'pending',
  'failed',
];
const FLAGS = ['refunded', 'disputed', 'slow'] as const;

/** `GET /api/payments`: newest first, a page at a time. */
export function payments(db: Database, query: URLSearchParams): PaymentPage {
  const limit = readLimit(query, 100, 1000);
  const filter = filters(query);
  const rows = db.all<StoredPayment>(
    `SELECT ${COLUMNS} FROM payments WHERE ${filter.sql} ORDER BY at_ms DESC, id DESC LIMIT ?`,
    ...filter.values,
    limit + 1,
  );
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    payments: shown.map(toRow),
    ...(last &&
      rows.length > limit && {
        next: `${last.at_ms}_${Buffer.from(last.id).toString('base64url')}`,
      }),
  };
}

/** One payment, or `undefined`. */
export function findPayment(db: Database, id: string): PaymentRow | undefined {
  const row = db.get<StoredPayment>(`SELECT ${COLUMNS} FROM payments WHERE id = ?`, id);
  return row && toRow(row);
}

/** Columns in which a text is looked for. */
const SEARCHED = [
  'id',
  'provider',
  'outcome',
  'reason',
  'method',
  'purpose',
  'currency',
  'trace_id',
];

function filters(query: URLSearchParams): Condition {
  const { fromMs, toMs } = readRangeMs(query);
  const outcome = readChoice(query, 'outcome', OUTCOMES);
  const flag = readChoice(query, 'flag', FLAGS);
  const [beforeMs, beforeId] = readCursor(query.get('before'));
  const text = query.get('q')?.trim();
  const found = text ? containing(text) : undefined;
  const anywhere = SEARCHED.map((column) => `${column} LIKE ? ESCAPE '\\'`).join(' OR ');
  return where([
    ['at_ms >= ?', fromMs],
    ['at_ms < ?', toMs],
    [`(${anywhere})`, ...SEARCHED.map(() => found)],
    [flag ? FILTERS[flag] : 'true'],
    outcome === 'failed' ? [FILTERS.failed] : ['outcome = ?', outcome],
    ['(at_ms, id) < (?, ?)', beforeMs, beforeId],
  ]);
}

function readCursor(text: string | null): [number, string] | [undefined, undefined] {
  if (text === null || text === '') return [undefined, undefined];
  const [, atMs, id] = /^(-?\d{1,16})_([\w-]+)$/.exec(text) ?? [];
  if (atMs === undefined || id === undefined)
    throw new HttpError('bad_cursor', quote('before', text));
  return [Number(atMs), Buffer.from(id, 'base64url').toString()];
}

function toRow(row: StoredPayment): PaymentRow {
  return {
    id: row.id,
    provider: row.provider,
    outcome: row.outcome,
    ...present('reason', row.reason),
    ...amountFields(row.amount_minor, row.currency),
    ...present('method', row.method),
    ...present('purpose', row.purpose),
    ...present('fee_minor', row.fee_minor === null ? null : String(row.fee_minor)),
    ...present('commission_minor', row.commission_minor),
    refunded_minor: row.refunded_minor,
    disputed: row.disputed === 1,
    attempts: row.attempts,
    at_ms: row.at_ms,
    ...(row.account === 'connected' && { account: 'connected' }),
    ...present('took_ms', row.took_ms),
    ...present('trace_id', row.trace_id),
    service: row.service,
    revision: row.revision,
  };
}
