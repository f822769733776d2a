// Receives the deliveries of one webhook: verifies, recognises repetitions, records, and gives the application its turn.
import { invalidOption, withOptions } from '@moneytrail/catalogue';
import type { Provider, WebhookEvent } from '../provider.ts';
import type { WebhookHeaders } from './headers.ts';
import { RecentIds } from './recent-ids.ts';
import { countUnsigned, type RecordingResult, recordDelivery, recordEvents } from './record.ts';
import { isUnsigned, responseTo, type WebhookResponse } from './response.ts';
import { verify, type WebhookBody } from './verify.ts';

/** The application's own work with an event. `response` says, for example, whether the delivery is a repetition. */
export type OnEvent<Payload> = (event: Payload, response: WebhookResponse<Payload>) => unknown;

/** Takes the deliveries of a webhook; each is recorded once, with its result. */
export interface Webhook<Payload> {
  /**
   * Verifies a delivery, records its events and returns the response to send. `rawBody` is the body as it came, `headers` are those of
   * the request. Never throws.
   */
  handle(rawBody: WebhookBody, headers: WebhookHeaders): WebhookResponse<Payload>;
  /**
   * The same, followed by the application's own work for every verified event, including repetitions and events of the other mode: only
   * the application knows whether an earlier delivery was processed, and what a test is for; `response.result` names them. What the
   * work throws is in the response (`application_error`, status 500, so that the provider sends again); the events stay recorded.
   * Never rejects.
   */
  process(
    rawBody: WebhookBody,
    headers: WebhookHeaders,
    onEvent?: OnEvent<Payload>,
  ): Promise<WebhookResponse<Payload>>;
}

/** Deliveries that are remembered; a busy account sends about this many in the minutes in which repetitions come. */
const REMEMBERED_DELIVERIES = 10_000;

/**
 * A webhook of a provider, for frameworks that have read the request already; `webhookHandler` serves the others. Throws
 * `MONEYTRAIL_OPTION_INVALID` for what is not a provider, and nothing afterwards.
 *
 * @example
 * ```ts
 * import { createWebhook } from '@moneytrail/providers';
 * import { stripe } from '@moneytrail/providers/stripe';
 * const webhook = createWebhook(stripe({ secret: 'whsec_example' }));
 * console.log(webhook.handle('{}', { 'stripe-signature': 't=1,v1=wrong' }).code); // signature_invalid
 * ```
 */
export function createWebhook<Payload, Event extends WebhookEvent>(
  provider: Provider<Payload, Event>,
): Webhook<Payload> {
  const receiver = new Receiver(withOptions('createWebhook', provider, checked));
  return {
    handle: (rawBody, headers) => receiver.handle(rawBody, headers),
    process: (rawBody, headers, onEvent) => receiver.process(rawBody, headers, onEvent),
  };
}

/** A caller without types may give anything, such as the options of a provider. */
function checked<Payload, Event extends WebhookEvent>(
  provider: Provider<Payload, Event>,
): Provider<Payload, Event> {
  const { name, settings, events, readSignature, readEvent } = provider;
  const isWhole =
    typeof name === 'string' &&
    [settings, events].every((table) => typeof table === 'object' && table !== null) &&
    [readSignature, readEvent].every((read) => typeof read === 'function');
  if (isWhole) return provider;
  const expected = 'a provider, such as `stripe({ secret })`';
  throw invalidOption('provider', provider, expected);
}

interface Delivery<Payload, Event> {
  readonly response: WebhookResponse<Payload>;
  readonly event?: Event;
  readonly startedMs: number;
}

class Receiver<Payload, Event extends WebhookEvent> {
  readonly #provider: Provider<Payload, Event>;
  readonly #deliveries: RecentIds = new RecentIds(REMEMBERED_DELIVERIES);

  constructor(provider: Provider<Payload, Event>) {
    this.#provider = provider;
  }

  handle(rawBody: WebhookBody, headers: WebhookHeaders): WebhookResponse<Payload> {
    return this.#end(this.#receive(rawBody, headers));
  }

  async process(
    rawBody: WebhookBody,
    headers: WebhookHeaders,
    onEvent?: OnEvent<Payload>,
  ): Promise<WebhookResponse<Payload>> {
    const delivery = this.#receive(rawBody, headers);
    return this.#end(onEvent ? await this.#giveTo(onEvent, delivery) : delivery);
  }

  #receive(rawBody: WebhookBody, headers: WebhookHeaders): Delivery<Payload, Event> {
    const startedMs = performance.now();
    const verified = verify(this.#provider, rawBody, headers);
    if (typeof verified === 'string') return { startedMs, response: responseTo(verified) };
    const { payload, event } = verified;
    const response = responseOf(this.#recordOnce(event));
    return { startedMs, event, response: { ...response, event: payload } };
  }

  /** Events of the other mode are not remembered: each of their deliveries has the same result. */
  #recordOnce(event: Event): RecordingResult | 'duplicate' | 'test_mode' | 'live_mode' {
    const { mode } = event;
    if (mode !== undefined && mode !== this.#provider.settings.mode) return `${mode}_mode`;
    if (!this.#deliveries.addIfNew(keyOf(event))) return 'duplicate';
    return recordEvents(this.#provider, event);
  }

  /** The application's turn. When it fails, the next delivery of the event is not a repetition. */
  async #giveTo(
    onEvent: OnEvent<Payload>,
    delivery: Delivery<Payload, Event>,
  ): Promise<Delivery<Payload, Event>> {
    const { response, event } = delivery;
    if (event === undefined || response.event === undefined) return delivery;
    try {
      await onEvent(response.event, response);
      return delivery;
    } catch (error) {
      if (response.result !== 'duplicate') this.#deliveries.forget(keyOf(event));
      const failed = { ...responseTo('application_error'), event: response.event, error };
      return { ...delivery, response: failed };
    }
  }

  #end({ response, event, startedMs }: Delivery<Payload, Event>): WebhookResponse<Payload> {
    const { name } = this.#provider;
    const { id, type } = event ?? {};
    if (isUnsigned(response.code)) countUnsigned(name, response.result, startedMs);
    else {
      recordDelivery(name, response.result, {
        startedMs,
        id,
        type,
        lagSeconds: this.#lagOf(event),
      });
    }
    return response;
  }

  #lagOf(event: Event | undefined): number | undefined {
    const { nowMs } = this.#provider.settings;
    const lagSeconds = event?.at === undefined ? -1 : (nowMs() - event.at.getTime()) / 1000;
    return lagSeconds >= 0 ? lagSeconds : undefined;
  }
}

/** Equal ids of two accounts are two events. */
function keyOf({ account = '', id }: WebhookEvent): string {
  return `${account}/${id}`;
}

function responseOf(recorded: RecordingResult | 'duplicate' | 'test_mode' | 'live_mode') {
  return typeof recorded === 'string'
    ? ({ result: recorded, status: 200 } as const)
    : responseTo(recorded.rejected);
}
