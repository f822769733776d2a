import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { gunzip, inflate } from 'node:zlib';
import { errorCode } from '../error-code.ts';

/** Bytes that a request may send, and that they may inflate to. */
const MAX_SENT_BYTES = 8 * 1024 * 1024;
const MAX_INFLATED_BYTES = 20 * 1024 * 1024;

/** Why a body cannot be read. */
export type BodyProblem = 'too_large' | 'malformed' | 'unsupported_encoding' | 'overloaded';

/** A body that cannot be read. */
export class BodyError extends Error {
  /** What is wrong with it. */
  readonly problem: BodyProblem;

  constructor(problem: BodyProblem, message: string) {
    super(message);
    this.name = 'BodyError';
    this.problem = problem;
  }
}

type Inflate = (body: Uint8Array, options: { maxOutputLength: number }) => Promise<Uint8Array>;

const INFLATERS: Readonly<Record<string, Inflate>> = {
  '': (body) => Promise.resolve(body),
  identity: (body) => Promise.resolve(body),
  gzip: promisify<Uint8Array, { maxOutputLength: number }, Buffer>(gunzip),
  deflate: promisify<Uint8Array, { maxOutputLength: number }, Buffer>(inflate),
};

/** Bytes that all bodies under way may take together, as they were sent. */
const MAX_HELD_BYTES = 64 * 1024 * 1024;

/** Reads the bodies of requests. Many may arrive at once; one at a time is inflated. */
export class BodyReader {
  #heldBytes = 0;
  #turn: Promise<unknown> = Promise.resolve();

  /** Reads and inflates a body within the limits; inflating stops at its limit. Throws `BodyError`. */
  async read(request: IncomingMessage): Promise<Uint8Array> {
    const encoding = (request.headers['content-encoding'] ?? '').trim().toLowerCase();
    const inflateBody = Object.hasOwn(INFLATERS, encoding) ? INFLATERS[encoding] : undefined;
    if (!inflateBody) {
      throw new BodyError(
        'unsupported_encoding',
        `Content-Encoding ${JSON.stringify(encoding)} is none of gzip, deflate`,
      );
    }
    const body = await this.#collect(request);
    const inflated = this.#turn.then(() =>
      inflateBody(body, { maxOutputLength: MAX_INFLATED_BYTES }),
    );
    this.#turn = inflated.catch(() => {});
    try {
      return await inflated;
    } catch (error) {
      throw inflateProblem(error);
    }
  }

  async #collect(request: IncomingMessage): Promise<Buffer> {
    const chunks: Buffer[] = [];
    let bytes = 0;
    try {
      for await (const chunk of request.iterator({ destroyOnReturn: false })) {
        bytes += chunk.length;
        this.#heldBytes += chunk.length;
        const problem = this.#problemOf(bytes);
        if (problem) {
          // The rest is read and discarded, because a sender reads the response only after it has sent everything.
          request.resume();
          throw problem;
        }
        chunks.push(chunk);
      }
      return Buffer.concat(chunks);
    } finally {
      this.#heldBytes -= bytes;
    }
  }

  #problemOf(bytes: number): BodyError | undefined {
    if (bytes > MAX_SENT_BYTES) {
      return new BodyError('too_large', `The body has more than ${MAX_SENT_BYTES} bytes`);
    }
    if (this.#heldBytes <= MAX_HELD_BYTES) return undefined;
    return new BodyError('overloaded', `Requests under way have more than ${MAX_HELD_BYTES} bytes`);
  }
}

function inflateProblem(error: unknown): BodyError {
  return errorCode(error) === 'ERR_BUFFER_TOO_LARGE'
    ? new BodyError('too_large', `The body inflates to more than ${MAX_INFLATED_BYTES} bytes`)
    : new BodyError('malformed', 'The body is not what its Content-Encoding says');
}
