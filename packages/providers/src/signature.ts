// What a header of a signature must look like, before anything of the body is read.
import type { WebhookProblem } from './answer.ts';

/** Stripe sends one signature for each secret that is valid, a few at most. */
const MAX_HEADER = 2048;

const HAS_TIME = /(?:^|,)\s*t=\d{1,15}(?:,|$)/;
const HAS_SIGNATURE = /(?:^|,)\s*v1=[0-9a-f]{64}(?:,|$)/;

/** Why the header cannot be right for any body, or `undefined` when it may be. */
export function headerProblem(header: unknown): WebhookProblem | undefined {
  if (typeof header !== 'string' || header === '') return 'signature_missing';
  const isWellFormed = HAS_TIME.test(header) && HAS_SIGNATURE.test(header);
  return isWellFormed && header.length <= MAX_HEADER ? undefined : 'signature_invalid';
}
