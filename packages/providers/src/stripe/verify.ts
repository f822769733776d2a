import { isAnyArrayBuffer } from 'node:util/types';
import Stripe from 'stripe';
import type { WebhookProblem } from '../answer.ts';
import { MAX_BODY_BYTES } from '../body.ts';
import { headerProblem } from '../signature.ts';
import { childOf, isJson, numberOf, referenceOf, textOf } from './json.ts';
import type { StripeEvent } from './mapping.ts';
import type { StripeMode, StripeSettings } from './options.ts';

/** A request body as it came over the network: the signature covers its bytes. */
export type WebhookBody = Uint8Array | ArrayBuffer | string;

/** A delivery whose signature is right and whose shape is an event: Stripe's type of it, and what facts are read from. */
export interface VerifiedEvent {
  readonly event: Stripe.Event;
  readonly read: StripeEvent;
}

/** Checks the signature and its age, then the shape of the event. Never throws; says what was wrong. */
export function verify(
  given: WebhookBody,
  signature: unknown,
  settings: StripeSettings,
): VerifiedEvent | WebhookProblem {
  const body = isAnyArrayBuffer(given) ? new Uint8Array(given) : given;
  const problem = headerProblem(signature) ?? sizeProblem(body);
  if (problem !== undefined || typeof signature !== 'string') return problem ?? 'signature_missing';
  return verifyWithAny(body, signature, settings);
}

function verifyWithAny(
  body: Uint8Array | string,
  signature: string,
  settings: StripeSettings,
): VerifiedEvent | WebhookProblem {
  let problem: WebhookProblem = 'signature_invalid';
  for (const secret of settings.secrets) {
    const found = verifyWith(secret, body, signature, settings);
    // An old signature is right but for its age. Whatever is not about the signature is about an event that is signed.
    if (found === 'signature_expired') problem = found;
    else if (found !== 'signature_invalid') return found;
  }
  return problem;
}

function verifyWith(
  secret: string,
  body: Uint8Array | string,
  signature: string,
  { toleranceSeconds, nowMs, ownAccount }: StripeSettings,
): VerifiedEvent | WebhookProblem {
  try {
    const { webhooks } = Stripe;
    return readEvent(
      webhooks.constructEvent(body, signature, secret, toleranceSeconds, undefined, nowMs()),
      ownAccount,
    );
  } catch (error) {
    return problemOf(error);
  }
}

/** A caller without types may hand in what a parser made of the body. */
function sizeProblem(body: unknown): WebhookProblem | undefined {
  if (typeof body !== 'string' && !(body instanceof Uint8Array)) return 'body_not_raw';
  return body.length > MAX_BODY_BYTES ? 'body_too_large' : undefined;
}

function problemOf(error: unknown): WebhookProblem {
  if (error instanceof Stripe.errors.StripeSignatureVerificationError) {
    return /tolerance/.test(error.message) ? 'signature_expired' : 'signature_invalid';
  }
  // Of what is signed, only thin events (API v2: an id to look up, no object) are refused by the package itself.
  return error instanceof SyntaxError ? 'json_invalid' : 'event_thin';
}

function readEvent(
  event: Stripe.Event,
  ownAccount: string | undefined,
): VerifiedEvent | WebhookProblem {
  const raw: unknown = event;
  if (!isJson(raw)) return 'event_malformed';
  const id = textOf(raw, 'id');
  const type = textOf(raw, 'type');
  const data = childOf(raw, 'data');
  if (id === undefined || type === undefined || !isJson(data['object'])) return 'event_malformed';
  const { object } = data;
  const createdSeconds = numberOf(raw, 'created');
  const at = createdSeconds === undefined ? undefined : new Date(createdSeconds * 1000);
  const named = referenceOf(raw, 'account');
  const account = named === ownAccount ? undefined : named;
  const mode = modeOf(raw['livemode'] ?? object['livemode']);
  const previous = childOf(data, 'previous_attributes');
  return { event, read: { id, type, createdSeconds, at, account, mode, object, previous } };
}

/** Only what says so is of a mode: money whose event does not say it must not be lost. */
function modeOf(livemode: unknown): StripeMode | undefined {
  if (typeof livemode !== 'boolean') return undefined;
  return livemode ? 'live' : 'test';
}
