/** Stores business events, each once, even if it is sent again, late or with another amount. */
import { ATTRIBUTES, valuesOf } from '../catalogue.ts';
import { type BusinessEvent, type LogItem, OLD_OWNER } from '../otlp/logs.ts';
import type { Arrival } from './arrival.ts';
import type { Database } from './database.ts';
import type { Touched } from './derive.ts';
import { writeObjects } from './objects.ts';
import { EVENTS, type StoredEvent } from './schema.ts';

/** A log record that is to be stored. */
export interface LogRecord {
  readonly item: LogItem;
  readonly resourceId: number;
  readonly service: string;
  readonly arrival: Arrival;
}

/**
 * Outcome of an event: new; completed, where it was known without an amount or with a part of it; known as it is; in conflict with the
 * known one, which is another event or has another amount.
 */
export type EventOutcome = 'added' | 'completed' | 'known' | 'conflict';

type KnownEvent = Pick<StoredEvent, 'id' | 'event' | 'amount_minor' | 'currency'> & {
  readonly is_part: number;
};

/** Stores the events of one batch. */
export class EventWriter {
  readonly #db: Database;
  readonly #touched: Touched;

  /** `touched` collects the objects to fold again. */
  constructor(db: Database, touched: Touched) {
    this.#db = db;
    this.#touched = touched;
  }

  /** Stores an event under its key. */
  write(record: LogRecord, event: BusinessEvent, givenKey: string): EventOutcome {
    const key = this.#otherKey(record, givenKey) ?? givenKey;
    if (this.#insert(record, event, key)) return 'added';
    const stored = this.#db.get<KnownEvent>(
      `SELECT id, event, amount_minor, currency, instr(attributes, '${PART}') AS is_part FROM events WHERE event_id = ?`,
      key,
    );
    if (!stored || isKnown(stored, event)) return 'known';
    const grown = growth(stored, event, record.item);
    if (grown !== undefined && grown <= 0) return 'known';
    const isOpen = stored.amount_minor === null || grown !== undefined;
    if (stored.event !== event.event || !isOpen) return 'conflict';
    this.#complete(record, event, stored.id);
    return 'completed';
  }

  #insert(record: LogRecord, event: BusinessEvent, key: string): boolean {
    const id = this.#db.nextId();
    const row = { id, event_id: key, arrived_ms: record.arrival.arrivedMs };
    if (EVENTS.insert(this.#db, { ...row, ...columnsOf(record, event) }) === 0) return false;
    this.#writeObjects(id, event);
    return true;
  }

  /** The record with the amount replaces the one without, as if it had arrived first. */
  #complete(record: LogRecord, event: BusinessEvent, id: number): void {
    EVENTS.update(this.#db, id, columnsOf(record, event));
    this.#writeObjects(id, event);
  }

  #writeObjects(id: number, { objects }: BusinessEvent): void {
    this.#touched.addAll(writeObjects(this.#db, id, objects));
  }

  /**
   * The id under which another version of the SDK has sent the same event. Older versions named no provider outside the list, so the same
   * object of the same service is the same event.
   */
  #otherKey({ service }: LogRecord, key: string): string | undefined {
    const slash = Math.max(key.indexOf('/'), 0);
    const owner = otherOwner(key.slice(0, slash), service);
    if (owner === undefined) return undefined;
    const other = owner + key.slice(slash);
    const found = this.#db.get('SELECT 1 FROM events WHERE event_id = ?', other);
    return found === undefined ? undefined : other;
  }
}

/** The columns that a record fills. */
function columnsOf({ item, resourceId, arrival }: LogRecord, event: BusinessEvent) {
  return {
    name: item.event,
    event: event.event,
    at_us: item.atUs || arrival.nowMs * 1000,
    severity: item.severity,
    body: item.body,
    resource_id: resourceId,
    trace_id: item.traceId || undefined,
    span_id: item.spanId || undefined,
    amount_minor: event.amountMinor,
    currency: event.currency,
    attributes: JSON.stringify(item.attributes),
  };
}

/** How another version writes an owner; `undefined` for owners that all versions write alike, and for ids of other senders. */
function otherOwner(owner: string, service: string): string | undefined {
  const own = `service:${service}`;
  const old = `${OLD_OWNER}${service}`;
  if (owner === old) return own;
  const mayBeOld = owner === own || !(owner === '' || owner.includes(':') || PROVIDERS.has(owner));
  return mayBeOld ? old : undefined;
}

/** Providers whose events have had the same id in all versions. */
const PROVIDERS = new Set(valuesOf(ATTRIBUTES['payment.provider']));

/** True for the same event, or one with less data than the stored one. */
function isKnown(stored: KnownEvent, { event, amountMinor, currency }: BusinessEvent): boolean {
  if (stored.event !== event) return false;
  return (
    amountMinor === undefined ||
    (stored.amount_minor === amountMinor && stored.currency === currency)
  );
}

/** The attribute of an amount that is what was captured so far, as it is stored. */
const PART = '"payment.capture":"part"';

/** By how much an event has grown, where its amount or the known one is a part; `undefined` where they contradict each other. */
function growth(
  stored: KnownEvent,
  event: BusinessEvent,
  { attributes }: LogItem,
): number | undefined {
  if (stored.amount_minor === null || event.amountMinor === undefined) return undefined;
  const isPart = stored.is_part > 0 || attributes['payment.capture'] === 'part';
  const isSame = stored.event === event.event && stored.currency === event.currency;
  return isPart && isSame ? event.amountMinor - stored.amount_minor : undefined;
}
