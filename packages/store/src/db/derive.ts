/** Keeps the derived tables in step with the events. */
import { foldCommission } from '../objects/commission.ts';
import type { FoldedEvent } from '../objects/event.ts';
import { foldPayment } from '../objects/payment.ts';
import type { NamedObject } from '../otlp/objects.ts';
import { type Database, marks } from './database.ts';
import { ATTRIBUTES, readColumn } from './json.ts';
import { eventsNaming, homeOf, type Mentions, mentionsOf } from './objects.ts';
import { COMMISSIONS, PAYMENTS } from './schema.ts';

/** What has to be folded again after a change. */
export class Touched {
  readonly #ids = new Map<string, Set<string>>();

  /** Remembers an object; kinds without a derived table need nothing. */
  add(kind: string, id: string): void {
    if (!Object.hasOwn(DERIVED, kind)) return;
    const ids = this.#ids.get(kind) ?? new Set();
    this.#ids.set(kind, ids.add(id));
  }

  /** Remembers the objects of an event. */
  addAll(objects: readonly Pick<NamedObject, 'kind' | 'id'>[]): void {
    for (const { kind, id } of objects) this.add(kind, id);
  }

  /** Folds all of them; an object without events is deleted. */
  derive(db: Database, nowMs: number): void {
    for (const [kind, ids] of this.#ids) for (const id of ids) DERIVED[kind]?.(db, id, nowMs);
  }
}

/** Fills the derived tables again from the events, after a migration. */
export function deriveAll(db: Database, nowMs: number): void {
  const kinds = Object.keys(DERIVED);
  const touched = new Touched();
  touched.addAll(
    db.all<NamedObject>(
      `SELECT DISTINCT kind, id FROM event_objects WHERE kind IN (${marks(kinds)})`,
      ...kinds,
    ),
  );
  touched.derive(db, nowMs);
}

/** All events of the objects with an id, by provider. */
export function eventsOf(
  db: Database,
  kind: string,
  id: string,
): ReadonlyMap<string, readonly FoldedEvent[]> {
  const rows = db.all<
    Omit<FoldedEvent, 'attributes'> & { row: number; provider: string; attributes: string }
  >(
    `SELECT provider, events.id AS row, event_id, event, at_us, service, amount_minor, currency, events.attributes
     FROM (SELECT event_id AS named, provider FROM event_objects WHERE kind = ? AND id = ?)
     JOIN events ON events.id = named JOIN resources ON resources.id = resource_id`,
    ...[kind, id],
  );
  const home = homeOf(rows.map(({ provider }) => provider));
  const events = rows.map(({ row, provider, ...event }) => ({
    ...event,
    provider: provider || home,
    attributes: readColumn(db, { table: 'events', id: row }, event.attributes, ATTRIBUTES),
  }));
  return Map.groupBy(events, ({ provider }) => provider);
}

/** Ids of the traces of a payment itself, the longest first, with their lengths. */
export function ownTraces(
  db: Database,
  payment: Mentions,
): { trace_id: string; took_ms: number }[] {
  const named = eventsNaming('payment', payment);
  return db.all(
    `SELECT trace_id, (max(end_us) - min(start_us)) / 1000.0 AS took_ms FROM spans WHERE trace_id IN (
       SELECT trace_id FROM spans WHERE payment_id = ? AND provider IN (${marks(payment.providers)}) AND name GLOB 'payment.*'
       UNION SELECT trace_id FROM events WHERE id IN (${named.sql}) AND event GLOB 'payment.*' AND trace_id IS NOT NULL)
     GROUP BY trace_id ORDER BY took_ms DESC, trace_id`,
    ...[payment.id, ...payment.providers, ...named.values],
  );
}

/** How the objects with an id are derived, by kind. */
const DERIVED: Readonly<Record<string, (db: Database, id: string, nowMs: number) => void>> = {
  payment: derivePayments,
  commission: deriveCommissions,
};

function derivePayments(db: Database, id: string, nowMs: number): void {
  const kept: string[] = [];
  for (const [provider, events] of eventsOf(db, 'payment', id)) {
    const state = foldPayment(events);
    if (state === undefined) continue;
    const payment = mentionsOf(db, 'payment', { provider, id });
    const trace = ownTraces(db, payment)[0];
    PAYMENTS.upsert(db, {
      provider,
      id,
      ...state,
      took_ms: trace && Math.round(trace.took_ms),
      trace_id: trace?.trace_id ?? eventTrace(db, payment),
      revision: db.nextId(),
      updated_ms: nowMs,
    });
    kept.push(provider);
  }
  deleteOthers(db, PAYMENTS.name, id, kept);
}

/** Where no span arrived (yet), an event may still name the trace. */
function eventTrace(db: Database, payment: Mentions): string | undefined {
  const { sql, values } = eventsNaming('payment', payment);
  return db.get<{ trace_id: string }>(
    `SELECT min(trace_id) AS trace_id FROM events WHERE id IN (${sql}) AND event GLOB 'payment.*'`,
    ...values,
  )?.trace_id;
}

function deriveCommissions(db: Database, id: string): void {
  const kept: string[] = [];
  for (const [provider, events] of eventsOf(db, 'commission', id)) {
    const state = foldCommission(events);
    if (state === undefined) continue;
    COMMISSIONS.upsert(db, { provider, id, ...state });
    kept.push(provider);
  }
  deleteOthers(db, COMMISSIONS.name, id, kept);
}

/** Deletes the rows of an id at providers that have no events of it any more. */
function deleteOthers(db: Database, table: string, id: string, providers: readonly string[]): void {
  db.run(
    `DELETE FROM ${table} WHERE id = ? AND provider NOT IN (${marks(providers)})`,
    ...[id, ...providers],
  );
}
