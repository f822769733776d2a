// One text for all scrapes of the same moment: concurrent ones share the work, and the bytes.
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

/** A text is used again for scrapes that come within this time after it was begun. */
const FRESH_MS = 1000;

const compress = promisify(gzip);

/** The bytes of a response. */
export interface Encoded {
  readonly body: Buffer;
  readonly isCompressed: boolean;
}

/** Makes texts by `write`, one at a time. */
export class SharedText {
  readonly #write: () => Promise<Buffer>;
  #plain: Promise<Buffer> | undefined;
  #compressed: Promise<Buffer> | undefined;
  #staleAtMs = 0;

  constructor(write: () => Promise<Buffer>) {
    this.#write = write;
  }

  /** The newest text. Rejects when it cannot be written. */
  async read(isCompressed: boolean): Promise<Encoded> {
    const isStale = performance.now() >= this.#staleAtMs;
    const plain = isStale || this.#plain === undefined ? this.#renew() : this.#plain;
    if (!isCompressed) return { body: await plain, isCompressed };
    this.#compressed ??= plain.then((text) => compress(text));
    return { body: await this.#compressed, isCompressed };
  }

  #renew(): Promise<Buffer> {
    const text = this.#write();
    this.#plain = text;
    this.#compressed = undefined;
    // A text that takes long is shared by everyone who comes while it is written.
    this.#staleAtMs = Number.POSITIVE_INFINITY;
    const staleAtMs = performance.now() + FRESH_MS;
    const settle = (): void => {
      this.#staleAtMs = staleAtMs;
    };
    text.then(settle, () => {
      this.#staleAtMs = 0;
    });
    return text;
  }
}
