// Takes facts one after the other: recognises those that were recorded before, sends events, moves the counters and marks the span.
import { randomUUID } from 'node:crypto';
import {
  type AttributeName,
  type EventName,
  type InstrumentOfKind,
  type Money,
  OTHER,
} from '@moneytrail/catalogue';
import { SeverityNumber, trace } from '@opentelemetry/api';
import { describe, type Fact, idOf, type Reading, readFact, wireName } from './fact.ts';
import { Mover } from './instruments.ts';
import type { DropReason } from './meter.ts';
import { KnownObjects } from './objects.ts';
import { activeContext } from './open-telemetry.ts';
import { readRaw } from './raw.ts';
import type { Outbox } from './sending.ts';
import type { SeriesStore } from './store.ts';

/**
 * What became of a fact: recorded, recorded before, recorded before with another amount (the first one stands, and both are
 * events), or refused for a reason that is counted.
 */
export type TrackResult = 'recorded' | 'duplicate' | DropReason;

const KEEP: AttributeName = 'moneytrail.keep';

/** The facts of one recorder. */
export class Tracker {
  readonly #objects: KnownObjects = new KnownObjects();
  readonly #store: SeriesStore;
  readonly #outbox: Outbox;
  readonly #reading: Reading;
  readonly #mover: Mover;

  constructor(store: SeriesStore, outbox: Outbox, reading: Reading) {
    this.#store = store;
    this.#outbox = outbox;
    this.#reading = reading;
    this.#mover = new Mover(store, this.#objects);
  }

  /** Takes a fact and says what became of it. */
  track(given: unknown, event: EventName | undefined): TrackResult {
    const raw = readRaw(given, event);
    if (raw === undefined) {
      return event === undefined
        ? this.#refuse(OTHER, 'unknown_event')
        : this.#refuse(event, 'invalid_value');
    }
    const fact = readFact(raw, Date.now(), this.#reading);
    if (typeof fact === 'string') {
      return this.#refuse(fact === 'unknown_event' ? OTHER : String(raw['event']), fact);
    }
    return this.#record(fact);
  }

  #record(fact: Fact): TrackResult {
    const standing = this.#objects.claim(fact);
    if (typeof standing === 'object') return this.#recordGrown(fact, standing.grownBy);
    switch (standing) {
      case 'new':
        this.#recordNew(fact);
        return 'recorded';
      case 'resend':
        // The counters have it already: no event with an amount that may come later adds money.
        this.#emitEvent(fact);
        markSpan(fact);
        return 'recorded';
      case 'duplicate':
        this.#countEvent('business_events.duplicates', fact);
        return 'duplicate';
      case 'conflict':
        this.#recordConflict(fact);
        return 'conflict';
    }
  }

  #refuse(instrument: string, reason: DropReason): DropReason {
    this.#store.drop(instrument, reason);
    return reason;
  }

  #recordNew(fact: Fact): void {
    this.#emitEvent(fact);
    this.#countEvent('business_events', fact);
    this.#mover.move(fact);
    markSpan(fact);
  }

  /** The event with the greater amount takes the place of the one before; the counters get the difference. */
  #recordGrown(fact: Fact, amount: Money): TrackResult {
    this.#emitEvent(fact);
    this.#mover.grow({ ...fact, amount });
    markSpan(fact);
    return 'recorded';
  }

  /** An event of its own, so that both amounts are seen; its id says which amount it is. It counts once however often it comes. */
  #recordConflict(fact: Fact): void {
    const id = `${idOf(fact)}/${fact.amount?.minor}-${fact.amount?.currency}`;
    const standing = this.#objects.claimConflict(fact, id);
    if (standing === 'duplicate') return;
    if (standing === 'new') this.#countEvent('business_events.conflicts', fact);
    this.#emitEvent(fact, id, { 'moneytrail.event.conflict': true });
  }

  #emitEvent(fact: Fact, id = idOf(fact), more: Record<string, boolean> = {}): void {
    const eventName = wireName(fact.name);
    const warn = fact.definition.severity === 'WARN' || 'moneytrail.event.conflict' in more;
    const isKept = this.#outbox.send(fact.name, {
      eventName,
      context: activeContext(),
      // As a `Date`: the SDK takes small numbers for times since the start of the process.
      timestamp: new Date(fact.atMs),
      severityNumber: warn ? SeverityNumber.WARN : SeverityNumber.INFO,
      severityText: warn ? 'WARN' : fact.definition.severity,
      body: describe(fact),
      attributes: {
        'event.name': eventName,
        'moneytrail.event.id': id ?? randomUUID(),
        'moneytrail.event.version': fact.definition.version,
        ...fact.attributes,
        ...more,
      },
    });
    if (!isKept && id !== undefined) this.#objects.lose(id);
  }

  /** Notes that the event with this id did not leave. */
  lose(id: string): void {
    this.#objects.lose(id);
  }

  #countEvent(name: InstrumentOfKind<'counter'>, { name: event }: Fact): void {
    this.#store.measure('counter', name, 1, { 'event.name': wireName(event) });
  }
}

/** The span shows what was recorded under it, so that a trace can be found by its payment, and is kept where it went wrong. */
function markSpan(fact: Fact): void {
  const span = trace.getSpan(activeContext());
  if (!span?.isRecording()) return;
  span.addEvent(wireName(fact.name), { ...fact.attributes });
  const { 'payment.id': payment, 'payment.provider': provider } = fact.attributes;
  if (payment !== undefined) span.setAttribute('payment.id', payment);
  if (provider !== undefined) span.setAttribute('payment.provider', provider);
  if (fact.definition.severity === 'WARN') span.setAttribute(KEEP, true);
}
