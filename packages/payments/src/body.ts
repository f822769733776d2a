import type { IncomingMessage } from 'node:http';

/** The largest body that is read, in bytes. Stripe's events are far smaller. */
export const MAX_BODY_BYTES = 1_048_576;

/** A request of `node:http` or Express; `body` is used when a raw body parser has filled it. */
export type WebhookRequest = IncomingMessage & { readonly body?: unknown };

/** Why there is no raw body: too large, cut off, or eaten by a parser that stood before. */
export type BodyProblem = 'body_too_large' | 'body_aborted' | 'body_not_raw';

/**
 * The body's bytes, from a raw body parser or from the stream. Never rejects. What is over the limit is read and thrown away,
 * so that the sender, who is still sending, gets the answer.
 */
export async function readRawBody(request: WebhookRequest): Promise<Uint8Array | BodyProblem> {
  const bytes = typeof request.body === 'string' ? Buffer.from(request.body) : request.body;
  if (bytes instanceof Uint8Array) {
    return bytes.byteLength > MAX_BODY_BYTES ? 'body_too_large' : bytes;
  }
  if (request.readableEnded) return 'body_not_raw';
  if (request.destroyed) return 'body_aborted';
  const announced = Number(request.headers['content-length'] ?? 0);
  return announced > MAX_BODY_BYTES ? 'body_too_large' : readStream(request);
}

function readStream(request: IncomingMessage): Promise<Uint8Array | BodyProblem> {
  return new Promise((resolve) => {
    const chunks: Uint8Array[] = [];
    let size = 0;
    request.on('data', (chunk: Uint8Array) => {
      size += chunk.byteLength;
      if (size <= MAX_BODY_BYTES) chunks.push(chunk);
      else resolve('body_too_large');
    });
    request.on('end', () => resolve(Buffer.concat(chunks)));
    request.on('error', () => resolve('body_aborted'));
    request.on('close', () => resolve('body_aborted'));
  });
}
