import { randomUUID } from 'node:crypto';
import {
  type AttributeName,
  type BusinessEvent,
  type EventName,
  type Facts,
  OTHER,
} from '@moneytrail/catalogue';
import { context, SeverityNumber, trace } from '@opentelemetry/api';
import { describe, type Fact, type RawEvent, readFact, wireName } from './fact.ts';
import { moveInstruments } from './instruments.ts';
import { claim, Memory } from './memory.ts';
import { count, countDrop, type DropReason } from './meter.ts';
import { send } from './sending.ts';

/** What became of a fact: recorded, told before, or refused for a reason that is counted. */
export type TrackResult = 'recorded' | 'duplicate' | DropReason;

const facts: Memory<true> = new Memory();
const KEEP: AttributeName = 'moneytrail.keep';

/**
 * Records a business fact: checks it, recognises a fact that was told before (same provider, object and event), emits the
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
  return guarded(() => record({ ...event }));
}

/** The call for one event: `track` with the event filled in, whatever the facts say of it. It never throws either. */
export function callOf<Name extends EventName>(event: Name): (facts: Facts<Name>) => TrackResult {
  return (facts) => guarded(() => record({ ...facts, event }));
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

function record(raw: RawEvent): TrackResult {
  const fact = readFact(raw, Date.now());
  if (typeof fact === 'string') {
    countDrop(fact === 'unknown_event' ? OTHER : String(raw['event']), fact);
    return fact;
  }
  if (fact.id !== undefined && !claim(facts, fact.id)) {
    count('business_events.duplicates', { 'event.name': wireName(fact.name) });
    return 'duplicate';
  }
  emitEvent(fact);
  moveInstruments(fact);
  markSpan(fact);
  return 'recorded';
}

function emitEvent(fact: Fact): void {
  const eventName = wireName(fact.name);
  const warn = fact.definition.severity === 'WARN';
  send(fact.name, {
    eventName,
    context: context.active(),
    // As a `Date`: the SDK takes small numbers for times since the start of the process.
    timestamp: new Date(fact.atMs),
    severityNumber: warn ? SeverityNumber.WARN : SeverityNumber.INFO,
    severityText: fact.definition.severity,
    body: describe(fact),
    attributes: {
      'event.name': eventName,
      'moneytrail.event.id': fact.id ?? randomUUID(),
      'moneytrail.event.version': fact.definition.version,
      ...fact.attributes,
    },
  });
  count('business_events', { 'event.name': eventName });
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
