// Records a delivery, and the events of the catalogue that follow from it.
import type { BusinessEvent } from '@moneytrail/catalogue';
import { count, type DropReason, recordValue, track, webhooks } from '@moneytrail/metrics';
import type { MappedEvent } from '../mapped-event.ts';
import type { EventTable, ProviderName, WebhookEvent } from '../provider.ts';
import type { WebhookResult } from './response.ts';

/** What became of the events of a delivery. */
export type RecordingResult = 'ok' | 'ignored' | 'unrecognized' | { readonly rejected: DropReason };

/** A provider, as far as its events are recorded. */
interface Source<Event extends WebhookEvent> {
  readonly name: ProviderName;
  readonly events: EventTable<Event>;
  complete?(event: Event): Event;
}

const RECORD = {
  ok: webhooks.processed,
  duplicate: webhooks.duplicated,
  ignored: webhooks.ignored,
  unrecognized: webhooks.unrecognized,
  test_mode: webhooks.testMode,
  live_mode: webhooks.liveMode,
  invalid_signature: webhooks.rejected,
  error: webhooks.failed,
} as const;

/** Records what follows from an event. Never throws: what cannot be recorded is counted, and the rest is recorded. */
export function recordEvents<Event extends WebhookEvent>(
  source: Source<Event>,
  event: Event,
): RecordingResult {
  const { events } = source;
  const handling = Object.hasOwn(events, event.type) ? events[event.type] : undefined;
  if (handling === undefined) return 'unrecognized';
  try {
    const whole = source.complete?.(event) ?? event;
    if (typeof handling === 'string') return 'ignored';
    return recordAll(handling.map(whole), source.name, whole);
  } catch {
    return { rejected: drop(event.type, 'internal') };
  }
}

function recordAll(
  mapped: readonly MappedEvent[],
  provider: ProviderName,
  event: WebhookEvent,
): RecordingResult {
  if (mapped.length === 0) return 'ignored';
  const rejected = mapped
    .map((one) => record(one, provider, event))
    .find((reason) => reason !== undefined);
  return rejected === undefined ? 'ok' : { rejected };
}

/** The reason why an event was rejected, or nothing. One that was recorded before is not rejected: it is the same event. */
function record(
  mapped: MappedEvent,
  provider: ProviderName,
  { at, account }: WebhookEvent,
): DropReason | undefined {
  if ('rejected' in mapped) return drop(mapped.name, mapped.rejected);
  for (const { name, reason } of mapped.leftOut) {
    count('value.coerced', { instrument: name, 'drop.reason': reason });
  }
  const result = track({
    ...(at && { at }),
    ...(account !== undefined && { connectedAccount: account }),
    ...mapped.fields,
    event: mapped.name,
    provider,
    // `event()` has checked the fields by the types of the catalogue.
  } as BusinessEvent);
  return result === 'recorded' || result === 'duplicate' ? undefined : result;
}

function drop(instrument: string, reason: DropReason): DropReason {
  count('business_events.dropped', { instrument, 'drop.reason': reason });
  return reason;
}

/** What is known of a delivery: its id and type once the signature was checked. */
export interface DeliveryDetails {
  /** When it began, by `performance.now()`. */
  readonly startedMs: number;
  readonly id?: string | undefined;
  readonly type?: string | undefined;
  readonly lagSeconds?: number | undefined;
}

/** Records a delivery at its end, once. Never throws. */
export function recordDelivery(
  provider: ProviderName,
  result: WebhookResult,
  { startedMs, id, type, lagSeconds }: DeliveryDetails,
): void {
  RECORD[result]({
    provider,
    ...(id !== undefined && { id }),
    ...(type !== undefined && { type }),
    ...(lagSeconds !== undefined && { lagSeconds }),
    durationSeconds: secondsSince(startedMs),
  });
}

/**
 * Counts a request that nobody has signed. Anybody can send any number of them, so it is not an event and marks no trace: such
 * requests must not displace the events of money. Never throws.
 */
export function countUnsigned(
  provider: ProviderName,
  result: WebhookResult,
  startedMs: number,
): void {
  count('webhook.deliveries', { 'payment.provider': provider, 'webhook.result': result });
  recordValue('webhook.processing.duration', secondsSince(startedMs), {
    'payment.provider': provider,
  });
}

function secondsSince(startedMs: number): number {
  return (performance.now() - startedMs) / 1000;
}
