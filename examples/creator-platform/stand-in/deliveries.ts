import Stripe from 'stripe';
import { nowSeconds, stripeId } from './objects.ts';

/** Destination and timing of signed events. */
export interface DeliveryOptions {
  readonly webhookUrl: string;
  readonly webhookSecret: string;
  /** Every event once, in order and soon, for tests. */
  readonly steady: boolean;
}

const RETRIES_AFTER_MS = [1_000, 4_000, 15_000];
/** Factor for all delays in steady mode. */
const STEADY_SHARE = 0.1;
const DUPLICATED_SHARE = 0.02;
/** Simultaneous events arrive in any order within this time, like Stripe's. */
const JITTER_MS = 1_200;
/** The caller of the API gets its response before the event arrives. */
const HEAD_START_MS = 400;
const API_VERSION: string = Stripe.API_VERSION;

/** Sends events to the webhook endpoint of the service: signed, late, sometimes twice, with retries. */
export class Deliveries {
  readonly #options: DeliveryOptions;
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #stripe = new Stripe('sk_test_stand_in');

  constructor(options: DeliveryOptions) {
    this.#options = options;
  }

  /** Creates an event from the current object and its changes, and delivers it after a delay. */
  send(type: Stripe.Event['type'], object: object, previous?: object): void {
    const body = JSON.stringify({
      id: stripeId('evt'),
      object: 'event',
      api_version: API_VERSION,
      created: nowSeconds(),
      type,
      livemode: false,
      pending_webhooks: 1,
      request: { id: null, idempotency_key: null },
      data: { object, ...(previous && { previous_attributes: previous }) },
    });
    const jitterMs = this.#options.steady ? 0 : Math.random() * JITTER_MS;
    const delayMs = HEAD_START_MS + jitterMs;
    this.#after(delayMs, () => this.#deliver(body, 0));
    if (!this.#options.steady && Math.random() < DUPLICATED_SHARE) {
      this.#after(delayMs + JITTER_MS, () => this.#deliver(body, 0));
    }
  }

  /** Runs work after a delay, unless the stand-in stops before. */
  later(delayMs: number, work: () => void): void {
    this.#after(this.#options.steady ? delayMs * STEADY_SHARE : delayMs, work);
  }

  /** Discards everything that has not been sent. */
  stop(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }

  #after(delayMs: number, work: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      work();
    }, delayMs);
    this.#timers.add(timer);
  }

  #deliver(body: string, attempt: number): void {
    this.#post(body).catch(() => {
      const delayMs = RETRIES_AFTER_MS[attempt];
      if (delayMs !== undefined) this.#after(delayMs, () => this.#deliver(body, attempt + 1));
    });
  }

  async #post(body: string): Promise<void> {
    const { webhookUrl, webhookSecret: secret } = this.#options;
    const signature = this.#stripe.webhooks.generateTestHeaderString({ payload: body, secret });
    const response = await fetch(webhookUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'stripe-signature': signature },
      body,
      signal: AbortSignal.timeout(10_000),
    });
    await response.arrayBuffer();
    if (!response.ok) throw new Error(`the webhook endpoint responded with ${response.status}`);
  }
}
