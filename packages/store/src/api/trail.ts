import type { Database } from '../db/database.ts';
import { ownTraces } from '../db/derive.ts';
import { HttpError, quote } from './errors.ts';
import { amountFields, present } from './exact.ts';
import { marks } from './parameters.ts';
import { findPayment } from './payments.ts';
import { payoutsOf } from './payouts.ts';
import { EVENT_COLUMNS, readLogs, type StoredEvent, toEvent } from './records.ts';
import { deductions, split } from './split.ts';
import type { CommissionRow, EventRow, PaymentTrail } from './types.ts';

/** Most of each kind that one trail shows. */
const MOST_TRACES = 50;
const MOST_LINES = 1000;

/** `GET /api/payments/ID`: everything that the store knows of one payment. */
export function trail(db: Database, id: string): PaymentTrail {
  const payment = findPayment(db, id);
  if (!payment) throw new HttpError('payment_not_found', quote('Payment', id));
  const events = readEvents(db, id);
  const commissions = readCommissions(db, id);
  const own = ownTraces(db, id).map(({ trace_id }) => trace_id);
  const traces = withFollowing(db, id, own);
  const parts = split(payment, events, commissions);
  return {
    payment,
    ...(parts && { split: parts }),
    deductions: deductions(payment, events),
    events,
    logs: readLines(db, id, own.length > 0 ? own : traces),
    trace_ids: traces,
    commissions,
    payouts: payoutsOf(db, commissions),
  };
}

function readEvents(db: Database, id: string): EventRow[] {
  const sql = `SELECT ${EVENT_COLUMNS} FROM events WHERE payment_id = ? ORDER BY at_us, id`;
  return db.all<StoredEvent>(sql, id).map((row) => toEvent(db, row));
}

/** The traces of the payment itself come first, then those in which something followed from it, the longest first. */
function withFollowing(db: Database, id: string, own: readonly string[]): string[] {
  const all = db.all<{ trace_id: string }>(
    `SELECT trace_id FROM (
       SELECT trace_id FROM spans WHERE payment_id = ? UNION SELECT trace_id FROM events WHERE payment_id = ?
       UNION SELECT trace_id FROM logs WHERE payment_id = ?) AS found
     WHERE trace_id IS NOT NULL
     ORDER BY (SELECT max(end_us) - min(start_us) FROM spans WHERE spans.trace_id = found.trace_id) DESC, trace_id
     LIMIT ?`,
    ...[id, id, id, MOST_TRACES],
  );
  return [...new Set([...own, ...all.map(({ trace_id }) => trace_id)])].slice(0, MOST_TRACES);
}

/** Lines that name the payment, and lines of its own traces; lines of a payout of many payments are not about this one. */
function readLines(db: Database, id: string, traces: readonly string[]): PaymentTrail['logs'] {
  const named = traces.slice(0, MOST_TRACES);
  const sql = `(payment_id = ? OR trace_id IN (${marks(named)}))`;
  return readLogs(db, { sql, values: [id, ...named], withEvents: false, limit: MOST_LINES });
}

interface StoredCommission {
  readonly id: string;
  readonly tier: string | null;
  readonly status: string;
  readonly amount_minor: number | null;
  readonly currency: string | null;
  readonly took_ms: number | null;
  readonly payout_id: string | null;
}

function readCommissions(db: Database, paymentId: string): CommissionRow[] {
  const rows = db.all<StoredCommission>(
    `SELECT id, tier, status, amount_minor, currency, took_ms, payout_id FROM commissions
     WHERE id IN (SELECT commission_id FROM events WHERE payment_id = ?) ORDER BY tier, id`,
    paymentId,
  );
  return rows.map((row) => ({
    id: row.id,
    ...present('tier', row.tier),
    status: row.status,
    ...amountFields(row.amount_minor, row.currency),
    ...present('took_ms', row.took_ms),
    ...present('payout_id', row.payout_id),
  }));
}
