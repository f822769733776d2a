/** The list of payments. */
import { OTHER } from '../catalogue.ts';
import type { Database } from '../db/database.ts';
import { PAYMENT_OUTCOMES, PAYMENTS, type StoredPayment } from '../db/schema.ts';
import { HttpError, quote } from './errors.ts';
import { amountFields, present } from './exact.ts';
import {
  type Condition,
  containing,
  readChoice,
  readCursor,
  readLimit,
  readRangeMs,
  toCursor,
  where,
} from './parameters.ts';
import type { PaymentOutcome, PaymentPage, PaymentRow } from './types.ts';

/** Conditions of the filters; the summary has counts with the same names. */
export const FILTERS = {
  failed: "outcome IN ('declined', 'error', 'blocked', 'canceled')",
  needs_action: "outcome = 'needs_action'",
  refunded: "refunded_minor <> '0'",
  slow: 'took_ms > 2000',
  disputed: 'disputed = 1',
  contradictory: 'contradictory = 1',
} as const;

const OUTCOMES: readonly (PaymentOutcome | 'failed')[] = [...PAYMENT_OUTCOMES, 'failed'];
const FLAGS = ['refunded', 'disputed', 'slow', 'contradictory'] as const;

/** `GET /api/payments`: newest first, a page at a time. */
export function payments(db: Database, query: URLSearchParams): PaymentPage {
  const limit = readLimit(query, 100, 1000);
  const filter = filters(query);
  const rows = db.all<StoredPayment>(
    `SELECT ${PAYMENTS.columns} FROM payments WHERE ${filter.sql}
     ORDER BY at_ms DESC, provider DESC, id DESC LIMIT ?`,
    ...filter.values,
    limit + 1,
  );
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    payments: shown.map(toRow),
    ...(last && rows.length > limit && { next: toCursor(last.at_ms, [last.provider, last.id]) }),
  };
}

/** One payment. Throws `HttpError` where the store has none, and where no provider is given and several have one. */
export function findPayment(db: Database, id: string, provider?: string): PaymentRow {
  const rows = db.all<StoredPayment>(
    `SELECT ${PAYMENTS.columns} FROM payments WHERE id = ? AND provider = coalesce(?, provider) ORDER BY provider`,
    ...[id, provider],
  );
  const [row, another] = rows;
  // Events may reference a payment before any of them contains its provider.
  if (row === undefined && provider === OTHER) return findPayment(db, id);
  if (row === undefined) throw new HttpError('payment_not_found', quote('Payment', id));
  if (another === undefined) return toRow(row);
  const providers = rows.map((one) => one.provider).join(', ');
  throw new HttpError('ambiguous_payment', `${quote('Payment', id)} (${providers})`);
}

/** Columns that a text search covers. */
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
  const [beforeMs, beforeProvider, beforeId] = readCursor(query, 2);
  const text = query.get('q')?.trim();
  const found = text ? containing(text) : undefined;
  const anywhere = SEARCHED.map((column) => `${column} LIKE ? ESCAPE '\\'`).join(' OR ');
  return where([
    ['at_ms >= ?', fromMs],
    ['at_ms < ?', toMs],
    [`(${anywhere})`, ...SEARCHED.map(() => found)],
    [flag ? FILTERS[flag] : 'true'],
    outcome === 'failed' ? [FILTERS.failed] : ['outcome = ?', outcome],
    ['(at_ms, provider, id) < (?, ?, ?)', beforeMs, beforeProvider, beforeId],
  ]);
}

function toRow(row: StoredPayment): PaymentRow {
  return {
    provider: row.provider,
    id: row.id,
    outcome: row.outcome,
    ...present('reason', row.reason),
    ...amountFields(row.amount_minor, row.currency),
    ...present('method', row.method),
    ...present('purpose', row.purpose),
    ...present('fee_minor', row.fee_minor === null ? null : String(row.fee_minor)),
    ...present('commission_minor', row.commission_minor),
    refunded_minor: row.refunded_minor,
    disputed: row.disputed === 1,
    ...(row.contradictory === 1 && { contradictory: true }),
    attempts: row.attempts,
    at_ms: row.at_ms,
    ...(row.account === 'connected' && { account: 'connected' }),
    ...present('took_ms', row.took_ms),
    ...present('trace_id', row.trace_id),
    service: row.service,
    revision: row.revision,
  };
}
