// Reads raw bodies, within limits: nobody has shown yet who sends them.
import type { IncomingMessage } from 'node:http';
import { isUint8Array } from 'node:util/types';

/** The largest body that is read, in bytes. The events of providers are far smaller. */
export const MAX_BODY_BYTES = 1_048_576;

/**
 * A request of `node:http`, Express or anything made of it. Where a parser has read the request already, its bytes are taken from
 * `rawBody`, where Cloud Functions and NestJS keep them, or from `body`, where a raw parser keeps them.
 */
export type WebhookRequest = IncomingMessage & {
  readonly body?: unknown;
  readonly rawBody?: unknown;
};

/** Bytes that all bodies under way may take together. */
const MAX_BUFFERED_BYTES = 16 * MAX_BODY_BYTES;

/** How long a body may take. Providers send their few kilobytes at once. */
const BODY_MS = 10_000;

/** Why there is no raw body: it is too large, cut off, too slow, one too many, or was consumed by a parser. */
export type BodyProblem =
  | 'body_too_large'
  | 'body_aborted'
  | 'body_timeout'
  | 'body_overload'
  | 'body_not_raw';

/** Reads the bodies of one endpoint. */
export class BodyReader {
  #bufferedBytes = 0;

  /**
   * The body's bytes, as a parser kept them or from the stream. Never rejects. What exceeds a limit is read and discarded, so that the
   * sender, who is still sending, gets the response.
   */
  async read(request: WebhookRequest): Promise<Uint8Array | BodyProblem> {
    const bytes = bytesOf(request.rawBody) ?? bytesOf(request.body);
    if (bytes) return bytes.byteLength > MAX_BODY_BYTES ? 'body_too_large' : bytes;
    if (request.readableEnded) return 'body_not_raw';
    if (request.destroyed) return 'body_aborted';
    const announced = Number(request.headers['content-length'] ?? 0);
    return announced > MAX_BODY_BYTES ? 'body_too_large' : this.#readStream(request);
  }

  #readStream(request: IncomingMessage): Promise<Uint8Array | BodyProblem> {
    const chunks: Uint8Array[] = [];
    let size = 0;
    return new Promise<Uint8Array | BodyProblem>((resolve) => {
      const timer = setTimeout(() => resolve('body_timeout'), BODY_MS).unref();
      request.on('data', (chunk: Uint8Array) => {
        size += chunk.byteLength;
        this.#bufferedBytes += chunk.byteLength;
        if (size > MAX_BODY_BYTES) resolve('body_too_large');
        else if (this.#bufferedBytes > MAX_BUFFERED_BYTES) resolve('body_overload');
        else chunks.push(chunk);
      });
      request.on('end', () => resolve(Buffer.concat(chunks)));
      request.on('error', () => resolve('body_aborted'));
      request.on('close', () => {
        clearTimeout(timer);
        this.#bufferedBytes -= size;
        resolve('body_aborted');
      });
    });
  }
}

function bytesOf(kept: unknown): Uint8Array | undefined {
  if (typeof kept === 'string') return Buffer.from(kept);
  return isUint8Array(kept) ? kept : undefined;
}
