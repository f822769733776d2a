// The queue in front of one endpoint: bounded in items and in bytes, a few requests at a time.
import { Batch, type Delivery } from './delivery.ts';
import type { LastRequest } from './request.ts';

/** How much a queue may hold, and how long an item waits for others. */
export interface QueueLimits {
  /** The most items that may wait or be in flight. */
  readonly maxItems: number;
  /** The most bytes of them, by estimated size. */
  readonly maxBytes: number;
  readonly batchItems: number;
  readonly delayMs: number;
}

/** An item and about how many bytes it takes. */
export interface Sized<Item> {
  readonly item: Item;
  readonly bytes: number;
}

/** Concurrent requests. */
const MAX_REQUESTS = 8;

/** A batch is closed when it reaches this size, so that a request stays below what endpoints accept. */
const BATCH_BYTES = 1_048_576;

interface Load<Item> {
  readonly batch: Batch<Item>;
  /** Number of the oldest item in it, counted from the start of the queue. */
  readonly first: number;
  readonly items: number;
  readonly bytes: number;
}

interface Waiter {
  readonly until: number;
  readonly resolve: () => void;
}

/** Holds spans or log records until they are exported or dropped. Nothing here throws, and waiting never keeps the process alive. */
export class BatchQueue<Item> {
  readonly #delivery: Delivery<Item>;
  readonly #limits: QueueLimits;
  readonly #ready: () => Promise<void>;
  readonly #waiting: Sized<Item>[] = [];
  readonly #inFlight: Set<Load<Item>> = new Set();
  #waiters: Waiter[] = [];
  #heldItems = 0;
  #heldBytes = 0;
  #waitingBytes = 0;
  #taken = 0;
  /** Number of the item up to which nothing waits for others. */
  #due = 0;
  #timer: NodeJS.Timeout | undefined;
  #isClosed = false;

  /** `ready` is awaited before each request, so that a resource that is still being detected is complete. */
  constructor(delivery: Delivery<Item>, limits: QueueLimits, ready: () => Promise<void>) {
    this.#delivery = delivery;
    this.#limits = limits;
    this.#ready = ready;
  }

  /** Adds an item, or drops and counts it when the queue is full or closed. */
  add(one: Sized<Item>): void {
    this.#delivery.recorded([one.item]);
    if (this.#isClosed) this.#delivery.drop([one.item], 'shutdown', 'the telemetry is shut down');
    else if (this.#hasRoom(one.bytes)) this.#enqueue(one);
    else this.#delivery.drop([one.item], 'queue_full', 'the queue is full');
  }

  /** Resolves when everything that was added before the call is exported or dropped. Never rejects. */
  flush(): Promise<void> {
    this.#sendAll();
    return new Promise((resolve) => {
      this.#waiters.push({ until: this.#taken, resolve });
      this.#wakeWaiters();
    });
  }

  /** Accepts nothing more: later items are dropped and counted. */
  close(): void {
    this.#isClosed = true;
  }

  /** Drops and counts everything that waits or is being sent. */
  dropPending(): void {
    this.#delivery.drop(this.#takeAll(), 'shutdown', 'the process ended first');
    this.#wakeWaiters();
  }

  /** Removes everything that waits or is being sent and returns it as requests. What is not encoded by `endMs` is dropped and counted. */
  takePending(endMs: number): LastRequest[] {
    const items = this.#takeAll();
    const requests: LastRequest[] = [];
    while (items.length > 0 && performance.now() < endMs) {
      requests.push(...this.#delivery.requests(items.splice(0, this.#limits.batchItems)));
    }
    this.#delivery.drop(items, 'shutdown', 'the process ended first');
    return requests;
  }

  #takeAll(): Item[] {
    const open = [...this.#inFlight].flatMap(({ batch }) => batch.take());
    const waiting = this.#waiting.splice(0).map(({ item }) => item);
    for (const load of this.#inFlight) this.#hold(-load.items, -load.bytes);
    this.#hold(-waiting.length, -this.#waitingBytes);
    this.#inFlight.clear();
    this.#waitingBytes = 0;
    return [...open, ...waiting];
  }

  #hasRoom(bytes: number): boolean {
    const { maxItems, maxBytes } = this.#limits;
    return this.#heldItems < maxItems && this.#heldBytes + bytes <= maxBytes;
  }

  #enqueue(one: Sized<Item>): void {
    this.#waiting.push(one);
    this.#hold(1, one.bytes);
    this.#waitingBytes += one.bytes;
    this.#taken += 1;
    if (this.#isBatchFull()) this.#pump();
    else this.#timer ??= setTimeout(() => this.#sendAll(), this.#limits.delayMs).unref();
  }

  #sendAll(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#due = this.#taken;
    this.#pump();
  }

  #pump(): void {
    while (this.#inFlight.size < MAX_REQUESTS && this.#isBatchDue()) void this.#send(this.#load());
  }

  #isBatchFull(): boolean {
    return this.#waiting.length >= this.#limits.batchItems || this.#waitingBytes >= BATCH_BYTES;
  }

  #isBatchDue(): boolean {
    const isDue = this.#waiting.length > 0 && this.#taken - this.#waiting.length < this.#due;
    return isDue || this.#isBatchFull();
  }

  /** The next batch, closed by its number of items or by its size. */
  #load(): Load<Item> {
    const first = this.#taken - this.#waiting.length;
    let items = 0;
    let bytes = 0;
    for (const one of this.#waiting) {
      if (items >= this.#limits.batchItems || bytes >= BATCH_BYTES) break;
      items += 1;
      bytes += one.bytes;
    }
    this.#waitingBytes -= bytes;
    const batch = new Batch(this.#waiting.splice(0, items).map(({ item }) => item));
    const load = { batch, first, items, bytes };
    this.#inFlight.add(load);
    return load;
  }

  async #send(load: Load<Item>): Promise<void> {
    await this.#ready();
    await this.#delivery.deliver(load.batch);
    // `takePending` may have removed the load before.
    if (!this.#inFlight.delete(load)) return;
    this.#hold(-load.items, -load.bytes);
    this.#wakeWaiters();
    this.#pump();
  }

  #hold(items: number, bytes: number): void {
    this.#heldItems += items;
    this.#heldBytes += bytes;
  }

  #wakeWaiters(): void {
    const open = [...this.#inFlight].map(({ first }) => first);
    const settledUntil = Math.min(this.#taken - this.#waiting.length, ...open);
    const isDone = ({ until }: Waiter): boolean => until <= settledUntil;
    for (const waiter of this.#waiters.filter(isDone)) waiter.resolve();
    this.#waiters = this.#waiters.filter((waiter) => !isDone(waiter));
  }
}
