// What one provider has to supply. Everything else about a webhook is written once, in `delivery/`.
import type { AttributeValue, EventName } from '@moneytrail/catalogue';
import type { MappedEvent } from './mapped-event.ts';
import type { WebhookMode, WebhookSettings } from './options.ts';

/** Name of a provider, as in `payment.provider`: lower case, Stripe's is `stripe`. */
export type ProviderName = AttributeValue<'payment.provider'>;

/** Why a delivery cannot be trusted, as far as its provider can say. */
export type SignatureProblem = 'signature_missing' | 'signature_invalid';

/** Why the body of a signed delivery is not an event; `event_thin`: it names an event and does not contain it. */
export type EventProblem = 'event_malformed' | 'event_thin';

/** Reads a header of a delivery by its name; `undefined` where it is absent, empty or given more than once. */
export type HeaderReader = (name: string) => string | undefined;

/** The signature of a delivery, read from its headers. */
export interface Signature {
  /** When the delivery was signed, in Unix seconds. Without it a signature does not expire. */
  readonly signedAtSeconds?: number;
  /** Whether the signature fits the body by this secret. Compares in constant time. */
  fits(body: Uint8Array, secret: string): boolean;
}

/** What is known of an event of any provider. */
export interface WebhookEvent {
  /** Id of the event at the provider; deliveries with an equal id and account are repetitions. */
  readonly id: string;
  /** The provider's name of what happened, a key of its table of events. */
  readonly type: string;
  /** When it happened; absent when the event does not say. */
  readonly at?: Date | undefined;
  /** The connected account that it is about; absent for the own one. */
  readonly account?: string | undefined;
  /** Absent when the event does not say: then it counts. */
  readonly mode?: WebhookMode | undefined;
}

/** An event in two forms: as the provider sent it, for the application, and as its events are mapped. */
export interface ReadEvent<Payload, Event extends WebhookEvent> {
  readonly payload: Payload;
  readonly event: Event;
}

/**
 * Why a type records nothing: `no_money` (it is about accounts, products, files), `intermediate` (a step between two recorded
 * events), `counted_elsewhere` (its money is counted by the events of another object), `not_covered` (the catalogue has no event for
 * this money, such as issued cards and top-ups of the own balance).
 */
export type IgnoreReason = 'no_money' | 'intermediate' | 'counted_elsewhere' | 'not_covered';

/** Maps an event to those of the catalogue. Pure, so that equal events give equal results; an empty list records nothing. */
export type Mapping<Event extends WebhookEvent> = (event: Event) => readonly MappedEvent[];

/** What is done with a type: the events that it may record and how they are mapped, or why it is ignored. */
export type Handling<Event extends WebhookEvent> =
  | { readonly records: readonly EventName[]; readonly map: Mapping<Event> }
  | IgnoreReason;

/** What is done with each type of a provider. A type that is absent gets the response 200 and is counted as `unrecognized`. */
export type EventTable<Event extends WebhookEvent> = Readonly<Record<string, Handling<Event>>>;

/**
 * A payment provider. `Payload` is its event as the application gets it, `Event` what its mappings read. What a provider throws never
 * reaches the service: the delivery is refused, or its events are dropped and counted.
 */
export interface Provider<Payload, Event extends WebhookEvent = WebhookEvent> {
  /** Recorded as `payment.provider` of each event. */
  readonly name: ProviderName;
  /** What `webhookSettings` makes of the options. */
  readonly settings: WebhookSettings;
  /** Reads the signature before the body is read, so that nothing is kept of a request that cannot be right. */
  readSignature(header: HeaderReader): Signature | SignatureProblem;
  /** Reads the event from the parsed JSON of a signed body. */
  readEvent(body: unknown): ReadEvent<Payload, Event> | EventProblem;
  readonly events: EventTable<Event>;
  /** Adds what earlier events said. Called once per new event, before it is mapped. */
  complete?(event: Event): Event;
}
