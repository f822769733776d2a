import { randomUUID } from 'node:crypto';
import {
  type AttributeName,
  type BusinessEvent,
  type EventName,
  type Facts,
  OTHER,
} from '@moneytrail/catalogue';
import { context, SeverityNumber, trace } from '@opentelemetry/api';
import { describe, type Fact, idOf, readFact, readRaw, wireName } from './fact.ts';
import { moveInstruments } from './instruments.ts';
import { count, countDrop, type DropReason } from './meter.ts';
import { objects } from './objects.ts';
import { send } from './sending.ts';

/**
 * What became of a fact: recorded, recorded before, recorded before with another amount (the first one stands, and both are
 * events), or refused for a reason that is counted.
 */
export type TrackResult = 'recorded' | 'duplicate' | DropReason;

const KEEP: AttributeName = 'moneytrail.keep';

/**
 * Records a business fact: checks it, recognises a fact that was recorded before (same provider, object and event), emits the
 * event, moves the counters and marks the active span, so that the three signals cannot disagree. It never throws; what
 * cannot be recorded is counted in `moneytrail.business_events.dropped` and named in the answer.
 *
 * @example
 * ```ts
 * import { money } from '@moneytrail/catalogue';
 * import { track } from '@moneytrail/metrics';
 * const fact = { event: 'payout.created', provider: 'stripe', id: 'po_1', amount: money(1200n, 'EUR') } as const;
 * console.log(track(fact), track(fact)); // recorded duplicate
 * ```
 */
export function track(event: BusinessEvent): TrackResult {
  return guarded(() => record(event, undefined));
}

/** The call for one event: `track` with the event filled in, whatever the facts say of it. It never throws either. */
export function callOf<Name extends EventName>(event: Name): (facts: Facts<Name>) => TrackResult {
  return (given) => guarded(() => record(given, event));
}

/**
 * Says that the event of a fact did not leave, by its `moneytrail.event.id`. The fact counts all the same; when it is recorded once
 * more, for example because a webhook is delivered again, its event is sent once more. `@moneytrail/telemetry` calls it for each event
 * that it drops. It never throws.
 *
 * @example
 * ```ts
 * import { eventLost } from '@moneytrail/metrics';
 * eventLost('stripe/pi_1/payment.succeeded');
 * ```
 */
export function eventLost(id: string): void {
  // Callers without types may give anything.
  if (typeof id === 'string') objects.lose(id);
}

/** A getter of the caller's facts may throw, and so may a log processor of the service. */
function guarded(work: () => TrackResult): TrackResult {
  try {
    return work();
  } catch {
    countDrop(OTHER, 'internal');
    return 'internal';
  }
}

function record(given: unknown, event: EventName | undefined): TrackResult {
  const raw = readRaw(given, event);
  if (raw === undefined) {
    return event === undefined ? refuse(OTHER, 'unknown_event') : refuse(event, 'invalid_value');
  }
  const fact = readFact(raw, Date.now());
  if (typeof fact === 'string') {
    return refuse(fact === 'unknown_event' ? OTHER : String(raw['event']), fact);
  }
  switch (objects.claim(fact)) {
    case 'new':
      recordNew(fact);
      return 'recorded';
    case 'resend':
      // The counters have it already: no event with an amount that may come later adds money.
      emitEvent(fact);
      markSpan(fact);
      return 'recorded';
    case 'duplicate':
      count('business_events.duplicates', { 'event.name': wireName(fact.name) });
      return 'duplicate';
    case 'conflict':
      recordConflict(fact);
      return 'conflict';
  }
}

function refuse(instrument: string, reason: DropReason): DropReason {
  countDrop(instrument, reason);
  return reason;
}

function recordNew(fact: Fact): void {
  emitEvent(fact);
  count('business_events', { 'event.name': wireName(fact.name) });
  moveInstruments(fact);
  markSpan(fact);
}

/** An event of its own, so that both amounts are seen; its id says which amount it is. It counts once however often it comes. */
function recordConflict(fact: Fact): void {
  const id = `${idOf(fact)}/${fact.amount?.minor}-${fact.amount?.currency}`;
  const standing = objects.claimConflict(fact, id);
  if (standing === 'duplicate') return;
  if (standing === 'new') {
    count('business_events.conflicts', { 'event.name': wireName(fact.name) });
  }
  emitEvent(fact, id, { 'moneytrail.event.conflict': true });
}

function emitEvent(fact: Fact, id = idOf(fact), more: Record<string, boolean> = {}): void {
  const eventName = wireName(fact.name);
  const warn = fact.definition.severity === 'WARN' || 'moneytrail.event.conflict' in more;
  const isKept = send(fact.name, {
    eventName,
    context: context.active(),
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
  if (!isKept && id !== undefined) objects.lose(id);
}

/** The span shows what was recorded under it, so that a trace can be found by its payment, and is kept where it went wrong. */
function markSpan(fact: Fact): void {
  const span = trace.getActiveSpan();
  if (!span?.isRecording()) return;
  span.addEvent(wireName(fact.name), { ...fact.attributes });
  const { 'payment.id': payment, 'payment.provider': provider } = fact.attributes;
  if (payment !== undefined) span.setAttribute('payment.id', payment);
  if (provider !== undefined) span.setAttribute('payment.provider', provider);
  if (fact.definition.severity === 'WARN') span.setAttribute(KEEP, true);
}
