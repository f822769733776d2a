import { withOptions } from '@moneytrail/catalogue';
import type Stripe from 'stripe';
import { answerTo, isStrangers, type WebhookAnswer } from '../answer.ts';
import { countStranger, recordDelivery } from '../delivery.ts';
import { RecentIds } from '../recent-ids.ts';
import { PaidInvoices } from './invoices.ts';
import type { StripeEvent } from './mapping.ts';
import { readOptions, type StripeAdapterOptions, type StripeSettings } from './options.ts';
import { type RecordingResult, recordFacts } from './recording.ts';
import { verify, type WebhookBody } from './verify.ts';

/** The application's own work with an event. `answer` says, for example, whether the delivery is a repetition. */
export type OnStripeEvent = (event: Stripe.Event, answer: WebhookAnswer) => unknown;

/** Takes deliveries of Stripe's webhook; each is recorded once, with what became of it. */
export interface StripeAdapter {
  /**
   * Checks a delivery, records its facts and says how to answer. `rawBody` is the body as it came, `signature` the
   * `stripe-signature` header. Never throws.
   */
  handle(rawBody: WebhookBody, signature: unknown): WebhookAnswer;
  /**
   * The same, and then the application's own work for every verified event, repetitions and events of the other mode too: whether
   * an earlier delivery was worked off, and what a test is for, is known to the application alone; `answer.result` names them. What the work throws is in the answer (`application_error`, status
   * 500, so that Stripe sends again); the facts stay recorded. Never rejects.
   */
  process(
    rawBody: WebhookBody,
    signature: unknown,
    onEvent?: OnStripeEvent,
  ): Promise<WebhookAnswer>;
}

/** Deliveries that are remembered; a busy account sends about this many in the minutes in which repetitions come. */
const REMEMBERED_DELIVERIES = 10_000;

/** What an adapter remembers. */
interface Memory {
  readonly deliveries: RecentIds;
  readonly invoices: PaidInvoices;
}

interface Delivery {
  readonly answer: WebhookAnswer;
  readonly read?: StripeEvent;
  readonly lagSeconds?: number | undefined;
  readonly startedMs: number;
}

/**
 * An adapter for one webhook endpoint of Stripe. It needs the endpoint's signing secret and no API key. Throws
 * `MONEYTRAIL_WEBHOOK_SECRET_INVALID` or `MONEYTRAIL_OPTION_INVALID` for a wrong option, and nothing afterwards.
 *
 * @example
 * ```ts
 * import { createStripeAdapter } from '@moneytrail/providers';
 * const stripe = createStripeAdapter({ secret: 'whsec_example' });
 * console.log(stripe.handle('{}', 't=1,v1=wrong').code); // signature_invalid
 * ```
 */
export function createStripeAdapter(options: StripeAdapterOptions): StripeAdapter {
  const settings = withOptions('createStripeAdapter', options, readOptions);
  const memory = {
    deliveries: new RecentIds(REMEMBERED_DELIVERIES),
    invoices: new PaidInvoices(),
  };
  return {
    handle: (rawBody, signature) => end(receive(rawBody, signature, settings, memory)),
    process: async (rawBody, signature, onEvent) => {
      const delivery = receive(rawBody, signature, settings, memory);
      return end(onEvent ? await workOff(delivery, onEvent, memory) : delivery);
    },
  };
}

function receive(
  rawBody: WebhookBody,
  signature: unknown,
  settings: StripeSettings,
  memory: Memory,
): Delivery {
  const startedMs = performance.now();
  const verified = verify(rawBody, signature, settings);
  if (typeof verified === 'string') return { startedMs, answer: answerTo(verified) };
  const { event, read } = verified;
  const answer = answerOf(recordOnce(read, settings, memory));
  return { startedMs, read, lagSeconds: lagOf(read, settings), answer: { ...answer, event } };
}

/** Events of the other mode are not remembered either: each of their deliveries says what it is. */
function recordOnce(
  event: StripeEvent,
  { mode }: StripeSettings,
  { deliveries, invoices }: Memory,
): RecordingResult | 'duplicate' | 'test_mode' | 'live_mode' {
  if (event.mode !== undefined && event.mode !== mode) return `${event.mode}_mode`;
  return deliveries.claim(keyOf(event)) ? recordFacts(invoices.complete(event)) : 'duplicate';
}

/** Equal ids of two accounts are two events. */
function keyOf({ account = '', id }: StripeEvent): string {
  return `${account}/${id}`;
}

function answerOf(recorded: ReturnType<typeof recordOnce>): WebhookAnswer {
  return typeof recorded === 'string'
    ? { result: recorded, status: 200 }
    : answerTo(recorded.refused);
}

/** The application's turn. When it fails, the next delivery of the event is no repetition. */
async function workOff(
  delivery: Delivery,
  onEvent: OnStripeEvent,
  { deliveries }: Memory,
): Promise<Delivery> {
  const { answer, read } = delivery;
  if (!answer.event) return delivery;
  try {
    await onEvent(answer.event, answer);
    return delivery;
  } catch (error) {
    if (read && answer.result !== 'duplicate') deliveries.release(keyOf(read));
    return {
      ...delivery,
      answer: { ...answerTo('application_error'), event: answer.event, error },
    };
  }
}

function end({ answer, read, lagSeconds, startedMs }: Delivery): WebhookAnswer {
  const { id, type } = read ?? {};
  if (isStrangers(answer.code)) countStranger('stripe', answer.result, startedMs);
  else recordDelivery('stripe', answer.result, { startedMs, id, type, lagSeconds });
  return answer;
}

function lagOf({ at }: StripeEvent, { nowMs }: StripeSettings): number | undefined {
  const lagSeconds = at === undefined ? -1 : (nowMs() - at.getTime()) / 1000;
  return lagSeconds >= 0 ? lagSeconds : undefined;
}
