/** Records events: detects duplicates, sends events, updates instruments and marks the span. */
import { type AttributeName, type Money, OTHER } from '@moneytrail/catalogue';
import { SeverityNumber, trace } from '@opentelemetry/api';
import type { DropReason, Losses } from '../losses.ts';
import { activeContext } from '../open-telemetry.ts';
import type { EventPlan } from '../plan.ts';
import type { KnownObjects } from './objects.ts';
import type { Outbox } from './outbox.ts';
import { readRaw } from './raw.ts';
import { describe, idOf, type Reading, readEvent, type ValidEvent } from './read.ts';
import type { Updater } from './updates.ts';

/**
 * The outcome: recorded, duplicate, conflict (recorded before with another amount; the first one is kept, and both are
 * events), or the (counted) reason for the rejection.
 */
export type TrackResult = 'recorded' | 'duplicate' | DropReason;

/** Counts events in the metrics of the recorder itself. */
export type CountEvent = (
  counter:
    | 'business_events'
    | 'business_events.duplicates'
    | 'business_events.conflicts'
    | 'business_events.contradictions',
  wireName: string,
) => void;

/** The parts that a tracker needs. */
export interface TrackerParts {
  readonly plans: ReadonlyMap<string, EventPlan>;
  readonly objects: KnownObjects;
  readonly updater: Updater;
  readonly outbox: Outbox;
  readonly losses: Losses;
  readonly reading: Reading;
  readonly countEvent: CountEvent;
}

const KEEP: AttributeName = 'moneytrail.keep';
const CONFLICT: AttributeName = 'moneytrail.event.conflict';
const CONTRADICTION: AttributeName = 'moneytrail.event.contradiction';

type Flags = Readonly<Partial<Record<AttributeName, true>>>;

/** The events of one recorder. */
export class Tracker {
  readonly #parts: TrackerParts;

  constructor(parts: TrackerParts) {
    this.#parts = parts;
  }

  /** Records an event that a caller passes. A getter of the event may throw, and so may a log processor of the service. */
  track(given: unknown, name: unknown): TrackResult {
    try {
      return this.#track(given, name);
    } catch {
      return this.#reject(OTHER, 'internal');
    }
  }

  #track(given: unknown, name: unknown): TrackResult {
    if (typeof given !== 'object' || given === null) {
      return typeof name === 'string'
        ? this.#reject(this.#planOf(name)?.shortName ?? OTHER, 'invalid_value')
        : this.#reject(OTHER, 'unknown_event');
    }
    const plan = this.#planOf(name ?? Reflect.get(given, 'event'));
    if (plan === undefined) return this.#reject(OTHER, 'unknown_event');
    const event = readEvent(plan, readRaw(plan, given), Date.now(), this.#parts.reading);
    return typeof event === 'string' ? this.#reject(plan.shortName, event) : this.#record(event);
  }

  #planOf(name: unknown): EventPlan | undefined {
    return typeof name === 'string' ? this.#parts.plans.get(name) : undefined;
  }

  #record(event: ValidEvent): TrackResult {
    const novelty = this.#parts.objects.addIfNew(event);
    if (typeof novelty === 'object') return this.#recordGrown(event, novelty.grownBy);
    switch (novelty) {
      case 'new':
        this.#recordNew(event);
        return 'recorded';
      case 'resend':
        // The event is counted already, and an event whose amount may come later does not add money.
        this.#emit(event);
        markSpan(event);
        return 'recorded';
      case 'duplicate':
        this.#parts.countEvent('business_events.duplicates', event.plan.wireName);
        return 'duplicate';
      case 'conflict':
        this.#recordConflict(event);
        return 'conflict';
    }
  }

  #reject(instrument: string, reason: DropReason): DropReason {
    this.#parts.losses.add('business_events.dropped', instrument, reason);
    return reason;
  }

  #recordNew(event: ValidEvent): void {
    const { updater, countEvent } = this.#parts;
    countEvent('business_events', event.plan.wireName);
    const contradicts = updater.apply(event);
    if (contradicts) countEvent('business_events.contradictions', event.plan.wireName);
    this.#emit(event, idOf(event), contradicts ? { [CONTRADICTION]: true } : {});
    markSpan(event);
  }

  /** Sends the event with the greater amount in place of the earlier one, and adds the difference to the counters. */
  #recordGrown(event: ValidEvent, amount: Money): TrackResult {
    const field = event.plan.principal?.field ?? '';
    this.#emit(event);
    this.#parts.updater.grow({ ...event, amount, amounts: { ...event.amounts, [field]: amount } });
    markSpan(event);
    return 'recorded';
  }

  /**
   * Records a conflict as a separate event, so that both amounts are visible. Its id contains the amount, so it is counted
   * once.
   */
  #recordConflict(event: ValidEvent): void {
    const id = `${idOf(event)}/${event.amount?.minor}-${event.amount?.currency}`;
    const novelty = this.#parts.objects.addConflict(event, id);
    if (novelty === 'duplicate') return;
    if (novelty === 'new') {
      this.#parts.countEvent('business_events.conflicts', event.plan.wireName);
    }
    this.#emit(event, id, { [CONFLICT]: true });
  }

  #emit(event: ValidEvent, id = idOf(event), flags: Flags = {}): void {
    const { wireName, shortName, definition } = event.plan;
    const severity = Object.keys(flags).length > 0 ? 'WARN' : definition.severity;
    const isKept = this.#parts.outbox.send(shortName, {
      eventName: wireName,
      context: activeContext(),
      // As a `Date`, because the SDK reads small numbers as times since the start of the process.
      timestamp: new Date(event.atMs),
      severityNumber: severity === 'WARN' ? SeverityNumber.WARN : SeverityNumber.INFO,
      severityText: severity,
      body: describe(event),
      attributes: {
        'event.name': wireName,
        'moneytrail.event.id': id ?? globalThis.crypto.randomUUID(),
        'moneytrail.event.version': definition.version ?? 1,
        ...event.attributes,
        ...flags,
      },
    });
    if (!isKept && id !== undefined) this.#parts.objects.lose(id);
  }
}

/** Marks the active span with the attributes of the event, to find traces by payment, and keeps the trace of a failure. */
function markSpan({ plan, attributes }: ValidEvent): void {
  const span = trace.getSpan(activeContext());
  if (!span?.isRecording()) return;
  span.addEvent(plan.wireName, { ...attributes });
  for (const name of plan.onSpan) {
    const value = attributes[name];
    if (value !== undefined) span.setAttribute(name, value);
  }
  if (plan.definition.severity === 'WARN') span.setAttribute(KEEP, true);
}
