import { collectSeries } from '@moneytrail/metrics';
import { createWebhook, type Webhook, type WebhookResponse } from '@moneytrail/providers';
import { type StripeOptions, stripe } from '@moneytrail/providers/stripe';
import { logs } from '@opentelemetry/api';
import {
  InMemoryLogRecordExporter,
  LoggerProvider,
  type ReadableLogRecord,
  SimpleLogRecordProcessor,
} from '@opentelemetry/sdk-logs';
import fc from 'fast-check';
import Stripe from 'stripe';

export const SECRET = 'whsec_test';
/** The time of every webhook here; events are made a second before. */
export const NOW_SECONDS = 1_790_000_000;

/** An event as a test writes it; what is absent gets a usual value. */
export interface EventInput {
  readonly id?: string;
  readonly type: string;
  readonly object: object;
  readonly previous?: object;
  readonly created?: number;
  readonly account?: string;
  readonly livemode?: boolean;
}

/** A recorded event as a test reads it. */
export type RecordedEvent = Readonly<Record<string, unknown>> & { readonly event: string };

const exporter = new InMemoryLogRecordExporter();
const BOOKKEEPING = ['event.name', 'moneytrail.event.id', 'moneytrail.event.version'];
let eventCount = 0;

/** Installs the real logs SDK with an exporter that keeps what it gets. */
export function startRecording(): void {
  const processor = new SimpleLogRecordProcessor({ exporter });
  logs.setGlobalLoggerProvider(new LoggerProvider({ processors: [processor] }));
}

/** A webhook of Stripe whose clock stands at `NOW_SECONDS`. */
export function webhookOfTest(more: Partial<StripeOptions> = {}): Webhook<Stripe.Event> {
  return createWebhook(stripe({ secret: SECRET, now: () => NOW_SECONDS * 1000, ...more }));
}

/** The JSON body of an event, with an event id of its own. */
export function bodyOf({ id, type, object, previous, created, ...envelope }: EventInput): string {
  eventCount += 1;
  return JSON.stringify({
    id: id ?? `evt_${eventCount}`,
    object: 'event',
    type,
    created: created ?? NOW_SECONDS - 1,
    ...envelope,
    data: { object, ...(previous ? { previous_attributes: previous } : {}) },
  });
}

/** The signature header of a body. */
export function signatureOf(
  payload: string,
  timestamp: number = NOW_SECONDS,
  secret: string = SECRET,
): string {
  return Stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp });
}

/** Delivers a body with a right signature. */
export function deliver(
  webhook: Webhook<Stripe.Event>,
  body: string,
): WebhookResponse<Stripe.Event> {
  return webhook.handle(Buffer.from(body), headersOf(body));
}

/** The headers of a body. */
export function headersOf(...signed: Parameters<typeof signatureOf>): Record<string, string> {
  return { 'stripe-signature': signatureOf(...signed) };
}

/** What was recorded while `work` ran. */
export function recordedBy(work: () => unknown): ReadableLogRecord[] {
  exporter.reset();
  work();
  return exporter.getFinishedLogRecords();
}

/** What was recorded since the last reset. */
export function recordedSoFar(): ReadableLogRecord[] {
  return exporter.getFinishedLogRecords();
}

/** Forgets what was recorded. */
export function resetRecording(): void {
  exporter.reset();
}

/** The events among the records, without the deliveries themselves. */
export function eventsAmong(records: readonly ReadableLogRecord[]): RecordedEvent[] {
  return records.map(readable).filter(({ event }) => !event.startsWith('webhook.'));
}

/** The records of deliveries. */
export function deliveriesAmong(records: readonly ReadableLogRecord[]): RecordedEvent[] {
  return records.map(readable).filter(({ event }) => event.startsWith('webhook.'));
}

/** Sum of the series of a counter that have these attributes. */
export function counted(name: string, attributes: Readonly<Record<string, string>> = {}): number {
  const series = collectSeries().find((instrument) => instrument.name === name)?.series ?? [];
  const wanted = Object.entries(attributes);
  return series
    .filter((one) => wanted.every(([key, value]) => one.attributes[key] === value))
    .reduce((sum, { value }) => sum + Number(value), 0);
}

/** The items of a list, each three times, in any order. */
export function threeTimes<Item>(items: readonly Item[]): fc.Arbitrary<Item[]> {
  const all = [...items, ...items, ...items];
  return fc.shuffledSubarray(all, { minLength: all.length });
}

function readable({ eventName, attributes, hrTime }: ReadableLogRecord): RecordedEvent {
  const kept = Object.entries(attributes).filter(([name]) => !BOOKKEEPING.includes(name));
  return {
    event: String(eventName).replace('moneytrail.', ''),
    atSeconds: hrTime[0],
    ...Object.fromEntries(kept),
  };
}
