// Delivers the items of one signal to its endpoint. Each item is accounted for: exported, or dropped with a cause.
import { context } from '@opentelemetry/api';
import { suppressTracing } from '@opentelemetry/core';
import type { DropCause, ExportAccounting } from './accounting.ts';
import type { Endpoint, LastRequest, NoResponse } from './request.ts';
import { judge, type Outcome, type WholeResponse } from './response.ts';
import type { Sender } from './sender.ts';
import type { Warnings } from './warnings.ts';

/** What a delivery of one signal works with. */
export interface DeliveryOptions<Item> {
  readonly endpoint: Endpoint;
  readonly sender: Sender;
  readonly accounting: ExportAccounting;
  readonly warnings: Warnings;
  /** The bytes of a request; throws on an item that cannot be encoded. */
  readonly encode: (items: readonly Item[]) => Uint8Array | undefined;
  /** The number of items that are accounted for; a metric counts as many as it has points. */
  readonly weigh: (item: Item) => number;
}

/** Items that are being delivered, in parts: a part that the endpoint refused becomes two. */
export class Batch<Item> {
  /** The items that are neither exported nor dropped yet. */
  readonly parts: (readonly Item[])[];
  isTaken = false;

  constructor(items: readonly Item[]) {
    this.parts = [items];
  }

  /** Removes and returns all unsettled items. A response that arrives later settles nothing. */
  take(): readonly Item[] {
    this.isTaken = true;
    return this.parts.splice(0).flat();
  }
}

/** Collectors accept 20 MB, other endpoints less, and proxies may accept 1 MB; those refuse it, and it is halved. */
const MAX_REQUEST_BYTES = 4_194_304;

/** Refusals without a single success after which the endpoint refuses everything, whatever a request holds. */
const MAX_REFUSALS = 64;

/** Sends items and settles them. None of it throws or rejects. */
export class Delivery<Item> {
  readonly #options: DeliveryOptions<Item>;
  readonly #onLost: (items: readonly Item[], cause: DropCause) => void;
  /** An endpoint that refuses everything gets no halves until it accepts something. */
  #refusals = 0;

  /** `onLost` is called with all items that were dropped, and why. */
  constructor(
    options: DeliveryOptions<Item>,
    onLost: (items: readonly Item[], cause: DropCause) => void = () => {},
  ) {
    this.#options = options;
    this.#onLost = onLost;
  }

  /** Adds recorded items. */
  recorded(items: readonly Item[]): void {
    this.#options.accounting.recorded(this.#weight(items));
  }

  /** Drops and counts items. */
  drop(items: readonly Item[], cause: DropCause, reason: string): void {
    if (items.length === 0) return;
    const weight = this.#weight(items);
    this.#options.accounting.dropped(weight, cause);
    this.#options.warnings.dropped(weight, cause, reason);
    this.#onLost(items, cause);
  }

  /** Sends a batch until each item is settled, in halves where the endpoint refuses its content. */
  async deliver(batch: Batch<Item>, patienceMs?: number): Promise<void> {
    const { parts } = batch;
    for (let [part] = parts; part !== undefined; [part] = parts) {
      const outcome = await this.#send(part, patienceMs);
      if (batch.isTaken) return;
      parts.shift();
      // Larger parts go first: one of them that is accepted shows that the endpoint looks at what a request holds.
      if (this.#isWorthHalving(part, outcome)) parts.push(...halves(part));
      else this.#settle(part, outcome);
    }
  }

  /** Encodes items as requests that the caller sends, each once. Items that cannot be encoded are dropped. */
  requests(items: readonly Item[]): LastRequest[] {
    if (items.length === 0) return [];
    const body = this.#encode(items);
    if (body instanceof Uint8Array && body.byteLength <= MAX_REQUEST_BYTES) {
      const settle: LastRequest['settle'] = (reply) =>
        this.#settle(items, outcomeOf(reply, this.#weight(items)));
      return [{ endpoint: this.#options.endpoint, body, settle }];
    }
    if (items.length > 1) return halves(items).flatMap((half) => this.requests(half));
    const outcome =
      body instanceof Uint8Array ? unfit('too_large', `${body.byteLength} bytes`) : body;
    this.#settle(items, outcome);
    return [];
  }

  async #send(part: readonly Item[], patienceMs: number | undefined): Promise<Outcome> {
    const body = this.#encode(part);
    if (!(body instanceof Uint8Array)) return body;
    if (body.byteLength > MAX_REQUEST_BYTES) return unfit('too_large', `${body.byteLength} bytes`);
    // Export requests are not work of the service: they make neither spans nor metrics.
    const outcome = await context.with(suppressTracing(context.active()), () =>
      this.#options.sender.send(body, this.#weight(part), patienceMs),
    );
    if (outcome.kind === 'accepted') this.#refusals = 0;
    else if (outcome.kind === 'refused') this.#refusals += 1;
    return outcome;
  }

  #encode(part: readonly Item[]): Uint8Array | Outcome {
    try {
      return this.#options.encode(part) ?? unfit('invalid', 'nothing was encoded');
    } catch (error) {
      return unfit('invalid', error instanceof Error ? error.message : 'it cannot be encoded');
    }
  }

  #isWorthHalving(part: readonly Item[], outcome: Outcome): boolean {
    const mayBeOneItem = outcome.kind === 'refused' && outcome.isForContent && part.length > 1;
    return mayBeOneItem && this.#refusals <= MAX_REFUSALS;
  }

  #settle(part: readonly Item[], outcome: Outcome): void {
    if (outcome.kind !== 'accepted') {
      this.drop(part, outcome.cause, outcome.reason);
      return;
    }
    const { accounting, warnings } = this.#options;
    accounting.exported(this.#weight(part) - outcome.rejected);
    if (outcome.rejected === 0) return;
    accounting.dropped(outcome.rejected, 'rejected');
    warnings.dropped(outcome.rejected, 'rejected', outcome.reason || 'the endpoint rejected them');
  }

  #weight(items: readonly Item[]): number {
    return items.reduce((sum, item) => sum + this.#options.weigh(item), 0);
  }
}

function outcomeOf(reply: WholeResponse | NoResponse, items: number): Outcome {
  if ('status' in reply) return judge(reply, items);
  return { kind: 'refused', ...reply, isForContent: false };
}

function unfit(cause: DropCause, reason: string): Outcome {
  return { kind: 'refused', cause, reason, isForContent: true };
}

function halves<Item>(part: readonly Item[]): [readonly Item[], readonly Item[]] {
  const middle = Math.ceil(part.length / 2);
  return [part.slice(0, middle), part.slice(middle)];
}
