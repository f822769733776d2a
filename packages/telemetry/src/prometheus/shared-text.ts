// One text for all scrapes of the same moment: concurrent ones share the work, and the bytes.
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { ScrapeText } from './text.ts';

/** A text is used again for scrapes that come within this time after it was begun. */
const FRESH_MS = 1000;

/** No series began as late as that: each is shown as it stands. */
const NONE = Number.POSITIVE_INFINITY;

const compress = promisify(gzip);

/** The bytes of a response. */
export interface Encoded {
  readonly body: Buffer;
  readonly isCompressed: boolean;
  /** When its numbers were collected, as Unix time in milliseconds. */
  readonly collectedMs: number;
}

/** Numbers of one moment. */
export interface Collected {
  readonly collectedMs: number;
  /** Writes them, with series at zero that began at a time or later. */
  readonly write: (zeroFromMs: number) => Promise<ScrapeText>;
}

/** Makes texts of what `collect` gives, one moment at a time. */
export class SharedText {
  readonly #collect: () => Promise<Collected>;
  #moment: Promise<Moment> | undefined;
  #staleAtMs = 0;

  constructor(collect: () => Promise<Collected>) {
    this.#collect = collect;
  }

  /** The newest text, with series at zero that began at a time or later. Rejects when it cannot be written. */
  async read(isCompressed: boolean, zeroFromMs: number = NONE): Promise<Encoded> {
    const isStale = performance.now() >= this.#staleAtMs;
    const moment = await (isStale || this.#moment === undefined ? this.#renew() : this.#moment);
    const { newestMs } = await moment.textOf(NONE);
    // Who knows all series shares one text.
    const fromMs = zeroFromMs > newestMs ? NONE : zeroFromMs;
    const body = isCompressed
      ? await moment.compressedOf(fromMs)
      : (await moment.textOf(fromMs)).text;
    return { body, isCompressed, collectedMs: moment.collectedMs };
  }

  #renew(): Promise<Moment> {
    const moment = this.#collect().then((collected) => new Moment(collected));
    this.#moment = moment;
    // A text that takes long is shared by everyone who comes while it is written.
    this.#staleAtMs = Number.POSITIVE_INFINITY;
    const staleAtMs = performance.now() + FRESH_MS;
    const settle = (): void => {
      this.#staleAtMs = staleAtMs;
    };
    moment
      .then((one) => one.textOf(NONE))
      .then(settle, () => {
        this.#staleAtMs = 0;
      });
    return moment;
  }
}

/** Numbers of one moment with the texts that were made of them, by the time from which series are at zero. */
class Moment {
  readonly collectedMs: number;
  readonly #write: Collected['write'];
  readonly #texts: Map<number, Promise<ScrapeText>> = new Map();
  readonly #compressed: Map<number, Promise<Buffer>> = new Map();

  constructor({ collectedMs, write }: Collected) {
    this.collectedMs = collectedMs;
    this.#write = write;
  }

  textOf(zeroFromMs: number): Promise<ScrapeText> {
    const text = this.#texts.get(zeroFromMs) ?? this.#write(zeroFromMs);
    this.#texts.set(zeroFromMs, text);
    return text;
  }

  compressedOf(zeroFromMs: number): Promise<Buffer> {
    const bytes =
      this.#compressed.get(zeroFromMs) ??
      this.textOf(zeroFromMs).then(({ text }) => compress(text));
    this.#compressed.set(zeroFromMs, bytes);
    return bytes;
  }
}
