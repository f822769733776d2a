import type { BusinessEvent, EventName, Facts } from '@moneytrail/catalogue';
import { RECORDER } from './recorder.ts';
import type { TrackResult } from './tracker.ts';

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
  return RECORDER.track(event, undefined);
}

/** The call for one event: `track` with the event filled in, whatever the facts say of it. It never throws either. */
export function callOf<Name extends EventName>(event: Name): (facts: Facts<Name>) => TrackResult {
  return (given) => RECORDER.track(given, event);
}
