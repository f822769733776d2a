import { type Delivery, deliver } from './delivery.ts';
import type { QueueLimits } from './settings.ts';

/**
 * A bounded queue in front of one exporter, for spans and for log records. One request is under way at a time, and
 * waiting never holds the process. Nothing here throws, and nothing leaves it uncounted.
 */
export class BatchQueue<Item> {
  readonly #delivery: Delivery<Item[]>;
  readonly #limits: QueueLimits;
  readonly #ready: () => Promise<void>;
  readonly #items: Item[] = [];
  #timer: NodeJS.Timeout | undefined;
  #lastRequest: Promise<void> = Promise.resolve();
  #closed = false;

  /** `ready` is awaited before each request, so that a resource that is still being detected is whole. */
  constructor(delivery: Delivery<Item[]>, limits: QueueLimits, ready: () => Promise<void>) {
    this.#delivery = delivery;
    this.#limits = limits;
    this.#ready = ready;
  }

  /** Takes an item, or drops and counts it when the queue is full or closed. */
  add(item: Item): void {
    const { tally } = this.#delivery;
    tally.recorded(1);
    if (this.#closed) tally.dropped(1, 'shutdown');
    else if (this.#items.length >= this.#limits.maxItems) tally.dropped(1, 'queue_full');
    else this.#enqueue(item);
  }

  /** Resolves when everything that was taken before the call is exported or dropped. Never rejects. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    for (let left = this.#items.length; left > 0; left -= this.#limits.batchItems) this.#sendNext();
    return this.#lastRequest;
  }

  /** Takes nothing more: what comes later is dropped and counted. */
  close(): void {
    this.#closed = true;
  }

  /** Drops and counts what waits and what is under way. */
  abandon(): void {
    this.#items.length = 0;
    this.#delivery.tally.abandon();
  }

  #enqueue(item: Item): void {
    this.#items.push(item);
    if (this.#items.length % this.#limits.batchItems === 0) this.#sendNext();
    else this.#timer ??= setTimeout(() => void this.flush(), this.#limits.delayMs).unref();
  }

  #sendNext(): void {
    this.#lastRequest = this.#lastRequest.then(() => this.#sendBatch());
  }

  async #sendBatch(): Promise<void> {
    const batch = this.#items.splice(0, this.#limits.batchItems);
    if (batch.length === 0) return;
    await this.#ready();
    await deliver(this.#delivery, batch, batch.length);
  }
}
