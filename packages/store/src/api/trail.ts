/** The trail of one payment: everything that the store has about it. */
import { OTHER } from '../catalogue.ts';
import { type Database, marks } from '../db/database.ts';
import { eventsOf, ownTraces } from '../db/derive.ts';
import {
  eventsNaming,
  homeOf,
  type Mentions,
  mentionsOf,
  type ObjectKey,
  providersOf,
} from '../db/objects.ts';
import { COMMISSIONS, type StoredCommission } from '../db/schema.ts';
import { foldPayout } from '../objects/payout.ts';
import { amountFields, present } from './exact.ts';
import { findPayment } from './payments.ts';
import { findEvents, linesNaming, readLogs, toEvent } from './records.ts';
import { deductions, split } from './split.ts';
import type { CommissionRow, EventRow, PaymentTrail, PayoutRow } from './types.ts';

/** Limit of each kind of records in one trail. */
const MOST_TRACES = 50;
const MOST_LINES = 1000;

/** `GET /api/payments/PROVIDER/ID`; without a provider where exactly one has the payment. */
export function trail(db: Database, id: string, provider?: string): PaymentTrail {
  const payment = findPayment(db, id, provider);
  const mentions = mentionsOf(db, 'payment', payment);
  const events = readEvents(db, mentions);
  const commissions = readCommissions(db, mentions);
  const own = ownTraces(db, mentions).map(({ trace_id }) => trace_id);
  const traces = withFollowing(db, mentions, own);
  const parts = split(payment, events, commissions);
  return {
    payment,
    ...(parts && { split: parts }),
    deductions: deductions(payment, events),
    events,
    logs: readLines(db, mentions, own.length > 0 ? own : traces),
    trace_ids: traces,
    commissions,
    payouts: payoutsOf(db, commissions),
  };
}

function readEvents(db: Database, payment: Mentions): EventRow[] {
  const { sql, values } = eventsNaming('payment', payment);
  const rows = findEvents(db, { sql: `id IN (${sql})`, values }, 'ORDER BY at_us, id');
  return rows.map((row) => toEvent(db, row));
}

/** The traces of the payment itself come first, then those in which something followed from it, the longest first. */
function withFollowing(db: Database, payment: Mentions, own: readonly string[]): string[] {
  const events = eventsNaming('payment', payment);
  const lines = linesNaming(payment);
  const all = db.all<{ trace_id: string }>(
    `SELECT trace_id FROM (
       SELECT trace_id FROM spans WHERE ${lines.sql} UNION SELECT trace_id FROM events WHERE id IN (${events.sql})
       UNION SELECT trace_id FROM logs WHERE ${lines.sql}) AS found
     WHERE trace_id IS NOT NULL
     ORDER BY (SELECT max(end_us) - min(start_us) FROM spans WHERE spans.trace_id = found.trace_id) DESC, trace_id
     LIMIT ?`,
    ...[...lines.values, ...events.values, ...lines.values, MOST_TRACES],
  );
  return [...new Set([...own, ...all.map(({ trace_id }) => trace_id)])].slice(0, MOST_TRACES);
}

/** Lines that name the payment, and lines of its own traces; lines of a payout of many payments are not about this one. */
function readLines(
  db: Database,
  payment: Mentions,
  traces: readonly string[],
): PaymentTrail['logs'] {
  const named = traces.slice(0, MOST_TRACES);
  const { sql, values } = linesNaming(payment);
  const lines = {
    sql: `((${sql}) OR trace_id IN (${marks(named)}))`,
    values: [...values, ...named],
  };
  return readLogs(db, { lines, limit: MOST_LINES });
}

function readCommissions(db: Database, payment: Mentions): CommissionRow[] {
  const { sql, values } = eventsNaming('payment', payment);
  const named = db.all<ObjectKey>(
    `SELECT DISTINCT provider, id FROM event_objects WHERE kind = 'commission' AND event_id IN (${sql})`,
    ...values,
  );
  const keys = new Map(
    named.map((key) => resolve(db, 'commission', key)).map((key) => [JSON.stringify(key), key]),
  );
  const rows = [...keys.values()].flatMap(({ provider, id }) =>
    db.all<StoredCommission>(
      `SELECT ${COMMISSIONS.columns} FROM commissions WHERE provider = ? AND id = ?`,
      ...[provider, id],
    ),
  );
  return rows.map(toCommission).toSorted(byTier);
}

function toCommission(row: StoredCommission): CommissionRow {
  return {
    provider: row.provider,
    id: row.id,
    ...present('tier', row.tier),
    status: row.status,
    ...amountFields(row.amount_minor, row.currency),
    ...present('took_ms', row.took_ms),
    ...present('payout_id', row.payout_id),
  };
}

function byTier(a: CommissionRow, b: CommissionRow): number {
  const order = [compare(a.tier ?? '', b.tier ?? ''), compare(a.id, b.id)];
  return order.find((one) => one !== 0) ?? compare(a.provider, b.provider);
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** The payouts that contain commissions of a payment. */
function payoutsOf(db: Database, commissions: readonly CommissionRow[]): PayoutRow[] {
  const keys = commissions.flatMap(({ provider, payout_id }) =>
    payout_id === undefined ? [] : [resolve(db, 'payout', { provider, id: payout_id })],
  );
  const distinct = new Map(keys.map((key) => [JSON.stringify(key), key]));
  return [...distinct.values()].map(({ provider, id }) => {
    const events = eventsOf(db, 'payout', id).get(provider) ?? [];
    const { status, amount_minor = null, currency = null, at_ms } = foldPayout(events);
    return { provider, id, status, ...amountFields(amount_minor, currency), at_ms };
  });
}

/** The object that an id without a provider refers to. */
function resolve(db: Database, kind: string, { provider, id }: ObjectKey): ObjectKey {
  const isNamed = provider !== '' && provider !== OTHER;
  return { provider: isNamed ? provider : homeOf(providersOf(db, kind, id)), id };
}
