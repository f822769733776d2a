// Verification of a delivery, in one order for all providers: headers, size, signature by any secret, age, JSON, event.
import { isAnyArrayBuffer, isUint8Array } from 'node:util/types';
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
  if (isAnyArrayBuffer(body)) return new Uint8Array(body);
  return isUint8Array(body) ? body : undefined;
}

/** An expired signature is right but for its age, so any of the secrets has to fit first. */
function signatureProblem<Payload, Event extends WebhookEvent>(
  { settings }: Provider<Payload, Event>,
  signature: Signature,
  body: Uint8Array,
): WebhookProblem | undefined {
  const { secrets, toleranceSeconds, nowMs } = settings;
  try {
    if (!secrets.some((secret) => signature.fits(body, secret))) return 'signature_invalid';
  } catch {
    return 'signature_invalid';
  }
  const { signedAtSeconds = Number.POSITIVE_INFINITY } = signature;
  const ageSeconds = Math.floor(nowMs() / 1000) - signedAtSeconds;
  return ageSeconds > toleranceSeconds ? 'signature_expired' : undefined;
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
    return provider.readEvent(parsed);
  } catch {
    return 'event_malformed';
  }
}
