/** Stores business facts: each once, whatever is sent again, late or with another amount. */
import { ATTRIBUTES, valuesOf } from '@moneytrail/catalogue';
import { type Fact, type LogItem, OLD_OWNER } from '../otlp/logs.ts';
import { asText } from '../otlp/read.ts';
import type { Arrival } from './arrival.ts';
import type { Database } from './database.ts';
import type { Touched } from './derive.ts';

/** A log record that is to be stored. */
export interface Row {
  readonly item: LogItem;
  readonly resourceId: number;
  readonly service: string;
  readonly arrival: Arrival;
}

/**
 * What became of a fact: new; known without an amount or with a part of it, and whole now; known as it is; known as another event or
 * with another amount.
 */
export type FactOutcome = 'added' | 'completed' | 'known' | 'conflict';

interface StoredFact {
  readonly id: number;
  readonly event: string;
  readonly amount_minor: number | null;
  readonly currency: string | null;
  readonly payment_id: string | null;
  readonly commission_id: string | null;
  readonly is_part: number;
}

/** Stores the facts of one batch. */
export class FactWriter {
  readonly #db: Database;
  readonly #touched: Touched;

  /** `touched` gets what has to be folded again. */
  constructor(db: Database, touched: Touched) {
    this.#db = db;
    this.#touched = touched;
  }

  /** Stores a fact by its key. */
  write(row: Row, fact: Fact, givenKey: string): FactOutcome {
    const key = this.#otherKey(row, givenKey) ?? givenKey;
    if (this.#insert(row, fact, key) > 0) {
      this.#touch(row.item);
      return 'added';
    }
    const stored = this.#db.get<StoredFact>(
      `SELECT id, event, amount_minor, currency, payment_id, commission_id, instr(attributes, '${PART}') AS is_part
       FROM events WHERE event_id = ?`,
      key,
    );
    if (!stored || isKnown(stored, fact)) return 'known';
    const grown = growth(stored, fact, row.item);
    if (grown !== undefined && grown <= 0) return 'known';
    const isOpen = stored.amount_minor === null || grown !== undefined;
    if (stored.event !== fact.event || !isOpen) return 'conflict';
    this.#complete(row, fact, stored);
    return 'completed';
  }

  #insert({ item, resourceId, arrival }: Row, fact: Fact, key: string): number {
    return this.#db.run(
      `INSERT INTO events (id, event_id, event, at_us, arrived_ms, severity, body, resource_id, trace_id, span_id,
         payment_id, commission_id, payout_id, amount_minor, currency, attributes)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (event_id) DO NOTHING`,
      ...[this.#db.nextId(), key, fact.event, item.atUs || arrival.nowMs * 1000, arrival.arrivedMs],
      ...[item.severity, item.body, resourceId, item.traceId || null, item.spanId || null],
      ...[objectId(item, 'payment.id'), objectId(item, 'commission.id')],
      ...[objectId(item, 'payout.id'), fact.amountMinor, fact.currency],
      JSON.stringify(item.attributes),
    );
  }

  /** The record with the amount takes the place of the one without, as if it had come first. */
  #complete({ item, resourceId, arrival }: Row, fact: Fact, stored: StoredFact): void {
    this.#db.run(
      `UPDATE events SET at_us = ?, severity = ?, body = ?, resource_id = ?, trace_id = ?, span_id = ?, payment_id = ?,
         commission_id = ?, payout_id = ?, amount_minor = ?, currency = ?, attributes = ? WHERE id = ?`,
      ...[item.atUs || arrival.nowMs * 1000, item.severity, item.body, resourceId],
      ...[item.traceId || null, item.spanId || null, objectId(item, 'payment.id')],
      ...[objectId(item, 'commission.id'), objectId(item, 'payout.id')],
      ...[fact.amountMinor, fact.currency, JSON.stringify(item.attributes), stored.id],
    );
    this.#touch(item);
    if (stored.payment_id !== null) this.#touched.payments.add(stored.payment_id);
    if (stored.commission_id !== null) this.#touched.commissions.add(stored.commission_id);
  }

  #touch(item: LogItem): void {
    const payment = objectId(item, 'payment.id');
    const commission = objectId(item, 'commission.id');
    if (payment !== undefined) this.#touched.payments.add(payment);
    if (commission !== undefined) this.#touched.commissions.add(commission);
  }

  /**
   * The id under which another version of the SDK has sent the same fact. Older versions named no provider outside the list, so the same
   * object of the same service is the same fact.
   */
  #otherKey({ service }: Row, key: string): string | undefined {
    const slash = Math.max(key.indexOf('/'), 0);
    const owner = otherOwner(key.slice(0, slash), service);
    if (owner === undefined) return undefined;
    const other = owner + key.slice(slash);
    const found = this.#db.get('SELECT 1 FROM events WHERE event_id = ?', other);
    return found === undefined ? undefined : other;
  }
}

/** How another version writes an owner; `undefined` for owners that all versions write alike, and for ids of other senders. */
function otherOwner(owner: string, service: string): string | undefined {
  const own = `service:${service}`;
  const old = `${OLD_OWNER}${service}`;
  if (owner === old) return own;
  const mayBeOld = owner === own || !(owner === '' || owner.includes(':') || PROVIDERS.has(owner));
  return mayBeOld ? old : undefined;
}

/** Providers whose facts have had the same id in all versions. */
const PROVIDERS = new Set(valuesOf(ATTRIBUTES['payment.provider']));

/** The same fact again, or with less than is known. */
function isKnown(stored: StoredFact, { event, amountMinor, currency }: Fact): boolean {
  if (stored.event !== event) return false;
  return (
    amountMinor === undefined ||
    (stored.amount_minor === amountMinor && stored.currency === currency)
  );
}

/** The attribute of an amount that is what was captured so far, as it is stored. */
const PART = '"payment.capture":"part"';

/** By how much a fact has grown, where its amount or the known one is a part; `undefined` where they contradict each other. */
function growth(
  { event, amount_minor, currency, is_part }: StoredFact,
  fact: Fact,
  { attributes }: LogItem,
): number | undefined {
  if (amount_minor === null || fact.amountMinor === undefined) return undefined;
  const isPart = is_part > 0 || attributes['payment.capture'] === 'part';
  const isSame = event === fact.event && currency === fact.currency;
  return isPart && isSame ? fact.amountMinor - amount_minor : undefined;
}

/** The object that a record is about, or `undefined`. */
export function objectId({ attributes }: LogItem, name: string): string | undefined {
  return asText(attributes[name]) || undefined;
}
