// Stripe's signature: `t=<seconds>,v1=<hex>,…`, an HMAC of the time, a dot and the body by the endpoint's secret.
import type { HeaderReader, Signature, SignatureProblem } from '../provider.ts';
import { isHmac } from '../values.ts';

/** Stripe sends one signature for each secret that is valid, a few at most. */
const MAX_HEADER = 2048;

/** The signature of a delivery, of which one of several has to fit. */
export function readSignature(header: HeaderReader): Signature | SignatureProblem {
  const text = header('stripe-signature');
  if (text === undefined) return 'signature_missing';
  if (text.length > MAX_HEADER) return 'signature_invalid';
  const parts = text.split(',').map((part) => part.trim());
  const time = valuesOf(parts, 't=').find((value) => /^\d{1,15}$/.test(value));
  const signatures = valuesOf(parts, 'v1=').filter((value) => /^[0-9a-f]{64}$/.test(value));
  if (time === undefined || signatures.length === 0) return 'signature_invalid';
  return {
    signedAtSeconds: Number(time),
    fits: (body, secret) => signatures.some((one) => isHmac(one, secret, [`${time}.`, body])),
  };
}

function valuesOf(parts: readonly string[], key: string): string[] {
  return parts.filter((part) => part.startsWith(key)).map((part) => part.slice(key.length));
}
