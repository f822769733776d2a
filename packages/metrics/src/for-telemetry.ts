// What the telemetry of the service says to the recorder.
import { RECORDER } from './recorder.ts';

/**
 * Sends the events of facts that were recorded before the SDK started. `@moneytrail/telemetry` does it at its start; with
 * another SDK the next fact does it. It never throws.
 *
 * @example
 * ```ts
 * import { sendWaitingFacts } from '@moneytrail/metrics';
 * sendWaitingFacts();
 * ```
 */
export function sendWaitingFacts(): void {
  RECORDER.sendWaiting();
}

/**
 * Says what the service is called, for the ids of facts about its own objects. `@moneytrail/telemetry` does it at its start; without
 * it, `OTEL_SERVICE_NAME` and `OTEL_RESOURCE_ATTRIBUTES` say it.
 *
 * @example
 * ```ts
 * import { setServiceName } from '@moneytrail/metrics';
 * setServiceName('checkout');
 * ```
 */
export function setServiceName(name: string): void {
  RECORDER.setServiceName(name);
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
  if (typeof id === 'string') RECORDER.lose(id);
}
