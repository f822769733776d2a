import type { Database } from './database.ts';
import type { FactRow } from './fact-row.ts';
import { foldCommission } from './fold-commission.ts';
import { foldPayment } from './fold-payment.ts';
import { ATTRIBUTES, readColumn } from './json.ts';

/** What has to be folded again after a change. */
export interface Touched {
  readonly payments: Set<string>;
  readonly commissions: Set<string>;
}

/** An empty set of changes. */
export function untouched(): Touched {
  return { payments: new Set(), commissions: new Set() };
}

/** Fills the derived tables again from the facts, after a migration. */
export function deriveAll(db: Database, nowMs: number): void {
  const idsIn = (column: 'payment_id' | 'commission_id'): Set<string> => {
    const sql = `SELECT DISTINCT ${column} AS id FROM events WHERE ${column} IS NOT NULL`;
    return new Set(db.all<{ id: string }>(sql).map(({ id }) => id));
  };
  derive(db, { payments: idsIn('payment_id'), commissions: idsIn('commission_id') }, nowMs);
}

/** Folds what was touched; a payment or commission without facts goes away. */
export function derive(db: Database, touched: Touched, nowMs: number): void {
  for (const id of touched.payments) derivePayment(db, id, nowMs);
  for (const id of touched.commissions) deriveCommission(db, id);
}

/** All facts of one payment, commission or payout. */
export function readFacts(
  db: Database,
  column: 'payment_id' | 'commission_id' | 'payout_id',
  id: string,
): FactRow[] {
  const rows = db.all<Omit<FactRow, 'attributes'> & { id: number; attributes: string }>(
    `SELECT events.id, event_id, event, at_us, service, amount_minor, currency, events.attributes
     FROM events JOIN resources ON resources.id = resource_id WHERE ${column} = ?`,
    id,
  );
  return rows.map((row) => ({
    ...row,
    attributes: readColumn(db, { table: 'events', id: row.id }, row.attributes, ATTRIBUTES),
  }));
}

/** The traces in which a payment itself was worked on, the longest first. */
const OWN_TRACES = `
  SELECT trace_id, (max(end_us) - min(start_us)) / 1000.0 AS took_ms FROM spans WHERE trace_id IN (
    SELECT trace_id FROM spans WHERE payment_id = ? AND name GLOB 'payment.*'
    UNION SELECT trace_id FROM events WHERE payment_id = ? AND event GLOB 'payment.*' AND trace_id IS NOT NULL)
  GROUP BY trace_id ORDER BY took_ms DESC, trace_id`;

/** Ids of the traces of a payment itself, the longest first, with their lengths. */
export function ownTraces(
  db: Database,
  paymentId: string,
): { trace_id: string; took_ms: number }[] {
  return db.all(OWN_TRACES, paymentId, paymentId);
}

const UPSERT_PAYMENT = `
  INSERT INTO payments (id, provider, outcome, reason, amount_minor, currency, method, purpose, fee_minor, commission_minor,
    refunded_minor, disputed, attempts, at_ms, account, took_ms, trace_id, service, revision, updated_ms)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (id) DO UPDATE SET provider = excluded.provider, outcome = excluded.outcome, reason = excluded.reason,
    amount_minor = excluded.amount_minor, currency = excluded.currency, method = excluded.method,
    purpose = excluded.purpose, fee_minor = excluded.fee_minor, commission_minor = excluded.commission_minor,
    refunded_minor = excluded.refunded_minor, disputed = excluded.disputed, attempts = excluded.attempts,
    at_ms = excluded.at_ms, account = excluded.account, took_ms = excluded.took_ms, trace_id = excluded.trace_id, service = excluded.service,
    revision = excluded.revision, updated_ms = excluded.updated_ms`;

function derivePayment(db: Database, id: string, nowMs: number): void {
  const state = foldPayment(readFacts(db, 'payment_id', id));
  if (!state) {
    db.run('DELETE FROM payments WHERE id = ?', id);
    return;
  }
  const trace = ownTraces(db, id)[0];
  const { provider, outcome, reason, amountMinor, currency, method, purpose, feeMinor } = state;
  const { commissionMinor, refundedMinor, disputed, attempts, atMs, account, service } = state;
  db.run(
    UPSERT_PAYMENT,
    ...[id, provider, outcome, reason, amountMinor, currency, method, purpose, feeMinor],
    ...[commissionMinor?.toString(), refundedMinor.toString(), disputed, attempts, atMs, account],
    ...[
      trace && Math.round(trace.took_ms),
      trace?.trace_id ?? eventTrace(db, id),
      service,
      db.nextId(),
      nowMs,
    ],
  );
}

/** Where no span arrived (yet), an event may still name the trace. */
function eventTrace(db: Database, paymentId: string): string | undefined {
  return db.get<{ trace_id: string }>(
    "SELECT min(trace_id) AS trace_id FROM events WHERE payment_id = ? AND event GLOB 'payment.*'",
    paymentId,
  )?.trace_id;
}

function deriveCommission(db: Database, id: string): void {
  const state = foldCommission(readFacts(db, 'commission_id', id));
  if (!state) {
    db.run('DELETE FROM commissions WHERE id = ?', id);
    return;
  }
  const { paymentId, tier, status, amountMinor, currency, payoutId, createdMs, endedMs, tookMs } =
    state;
  db.run(
    `INSERT OR REPLACE INTO commissions
      (id, payment_id, tier, status, amount_minor, currency, payout_id, created_ms, ended_ms, took_ms)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ...[id, paymentId, tier, status, amountMinor, currency, payoutId, createdMs, endedMs, tookMs],
  );
}
