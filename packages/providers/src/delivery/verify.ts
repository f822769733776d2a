// Verification of a delivery, in one order for all providers: headers, size, signature by any secret, age, JSON, event.
import { isAnyArrayBuffer, isUint8Array } from 'node:util/types';
import { childOf, isJson, textOf } from '../json.ts';
import type { WebhookSettings } from '../options.ts';
import type {
  Provider,
  ReadEvent,
  Signature,
  SignatureProblem,
  WebhookEvent,
} from '../provider.ts';
import { MAX_BODY_BYTES } from './body.ts';
import { headerReader, type WebhookHeaders } from './headers.ts';
import type { WebhookProblem } from './response.ts';

/** A request body as it came over the network: the signature covers its bytes. */
export type WebhookBody = Uint8Array | ArrayBuffer | string;

/** The signature in the headers, or why no body can make them right. */
export function readSignature<Payload, Event extends WebhookEvent>(
  provider: Provider<Payload, Event>,
  headers: WebhookHeaders,
): Signature | SignatureProblem {
  try {
    return provider.readSignature(headerReader(headers));
  } catch {
    return 'signature_invalid';
  }
}

/** The event of a delivery, or what is wrong with it. Never throws. */
export function verify<Payload, Event extends WebhookEvent>(
  provider: Provider<Payload, Event>,
  body: WebhookBody,
  headers: WebhookHeaders,
): ReadEvent<Payload, Event> | WebhookProblem {
  const signature = readSignature(provider, headers);
  if (typeof signature === 'string') return signature;
  const bytes = bytesOf(body);
  if (bytes === undefined) return 'body_not_raw';
  if (bytes.byteLength > MAX_BODY_BYTES) return 'body_too_large';
  return signatureProblem(provider, signature, bytes) ?? readBody(provider, bytes);
}

/** A caller without types may give what a parser made of the body. */
function bytesOf(body: unknown): Uint8Array | undefined {
  if (typeof body === 'string') return Buffer.from(body);
  if (!isAnyArrayBuffer(body)) return isUint8Array(body) ? body : undefined;
  try {
    return new Uint8Array(body);
  } catch {
    return undefined; // It was transferred to another thread.
  }
}

/** An expired signature is right but for its age, so any of the secrets has to fit first. */
function signatureProblem<Payload, Event extends WebhookEvent>(
  { settings }: Provider<Payload, Event>,
  signature: Signature,
  body: Uint8Array,
): WebhookProblem | undefined {
  try {
    // Only `true` fits: a provider without types may return a promise.
    const fits = settings.secrets.some((secret) => signature.fits(body, secret) === true);
    if (!fits) return 'signature_invalid';
    return hasExpired(signature, settings) ? 'signature_expired' : undefined;
  } catch {
    return 'signature_invalid';
  }
}

/** An age that is not a number is not proof of a recent signature. */
function hasExpired(
  { signedAtSeconds }: Signature,
  { toleranceSeconds, nowMs }: WebhookSettings,
): boolean {
  if (signedAtSeconds === undefined) return false;
  const ageSeconds = Math.floor(nowMs() / 1000) - signedAtSeconds;
  return !Number.isFinite(ageSeconds) || ageSeconds > toleranceSeconds;
}

function readBody<Payload, Event extends WebhookEvent>(
  provider: Provider<Payload, Event>,
  body: Uint8Array,
): ReadEvent<Payload, Event> | WebhookProblem {
  let parsed: unknown;
  try {
    parsed = JSON.parse(new TextDecoder().decode(body));
  } catch {
    return 'json_invalid';
  }
  try {
    const read = provider.readEvent(parsed);
    return typeof read === 'string' || isWhole(read) ? read : 'event_malformed';
  } catch {
    return 'event_malformed';
  }
}

/** A provider without types may return anything. Events without an id would be repetitions of each other. */
function isWhole(read: unknown): boolean {
  if (!isJson(read)) return false;
  const event = childOf(read, 'event');
  const hasNames = textOf(event, 'id') !== undefined && textOf(event, 'type') !== undefined;
  return hasNames && [undefined, 'live', 'test'].some((mode) => mode === event['mode']);
}
