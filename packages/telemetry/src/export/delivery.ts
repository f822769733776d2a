// Brings the items of one signal to its endpoint. Each item ends in the books: exported, or dropped with a cause.
import { context } from '@opentelemetry/api';
import { suppressTracing } from '@opentelemetry/core';
import type { NoResponse, Parcel } from './last-sender.ts';
import type { Endpoint } from './request.ts';
import { judge, type Outcome, type WholeResponse } from './response.ts';
import type { Sender } from './sender.ts';
import type { DropCause, Tally } from './tally.ts';
import type { Warnings } from './warnings.ts';

/** What one signal needs on its way out. */
export interface Way<Item> {
  readonly endpoint: Endpoint;
  readonly sender: Sender;
  readonly tally: Tally;
  readonly warnings: Warnings;
  /** The bytes of a request; throws on an item that cannot be encoded. */
  readonly encode: (items: readonly Item[]) => Uint8Array | undefined;
  /** How many items of the books an item is; a metric is as many as it has points. */
  readonly weigh: (item: Item) => number;
}

/** Items on their way, in parts: a part that was refused becomes two. */
export class Shipment<Item> {
  /** What is neither exported nor dropped yet. */
  readonly parts: (readonly Item[])[];
  isAbandoned = false;

  constructor(items: readonly Item[]) {
    this.parts = [items];
  }

  /** Takes everything back that is still open. A response that arrives later finds nothing left to settle. */
  abandon(): readonly Item[] {
    this.isAbandoned = true;
    return this.parts.splice(0).flat();
  }
}

/** Collectors accept 20 MB, other endpoints less, and proxies may accept 1 MB; those refuse it, and it is halved. */
const MAX_REQUEST_BYTES = 4_194_304;

/** Refusals without a single success after which the endpoint refuses everything, whatever a request holds. */
const MAX_REFUSALS = 64;

/** Sends items and settles them. None of it throws or rejects. */
export class Delivery<Item> {
  readonly #way: Way<Item>;
  readonly #onLost: (items: readonly Item[], cause: DropCause) => void;
  /** An endpoint that refuses everything gets no halves until it has accepted something. */
  #refusals = 0;

  /** `onLost` is called with all items that were dropped, and why. */
  constructor(
    way: Way<Item>,
    onLost: (items: readonly Item[], cause: DropCause) => void = () => {},
  ) {
    this.#way = way;
    this.#onLost = onLost;
  }

  /** Notes an item that the service made. */
  recorded(items: readonly Item[]): void {
    this.#way.tally.recorded(this.#weight(items));
  }

  /** Drops and counts items. */
  drop(items: readonly Item[], cause: DropCause, reason: string): void {
    if (items.length === 0) return;
    const weight = this.#weight(items);
    this.#way.tally.dropped(weight, cause);
    this.#way.warnings.dropped(weight, cause, reason);
    this.#onLost(items, cause);
  }

  /** Sends a shipment, in halves where the endpoint refuses it for what it holds, until each item is settled. */
  async deliver(shipment: Shipment<Item>, patienceMs?: number): Promise<void> {
    const { parts } = shipment;
    for (let [part] = parts; part !== undefined; [part] = parts) {
      const outcome = await this.#send(part, patienceMs);
      if (shipment.isAbandoned) return;
      parts.shift();
      // Larger parts go first: one of them that is accepted shows that the endpoint looks at what a request holds.
      if (this.#isWorthHalving(part, outcome)) parts.push(...halves(part));
      else this.#settle(part, outcome);
    }
  }

  /** The same items as requests that somebody else sends, each once. What cannot be one is dropped. */
  parcels(items: readonly Item[]): Parcel[] {
    if (items.length === 0) return [];
    const body = this.#encode(items);
    if (body instanceof Uint8Array && body.byteLength <= MAX_REQUEST_BYTES) {
      const settle: Parcel['settle'] = (reply) =>
        this.#settle(items, outcomeOf(reply, this.#weight(items)));
      return [{ endpoint: this.#way.endpoint, body, settle }];
    }
    if (items.length > 1) return halves(items).flatMap((half) => this.parcels(half));
    const outcome =
      body instanceof Uint8Array ? unfit('too_large', `${body.byteLength} bytes`) : body;
    this.#settle(items, outcome);
    return [];
  }

  async #send(part: readonly Item[], patienceMs: number | undefined): Promise<Outcome> {
    const body = this.#encode(part);
    if (!(body instanceof Uint8Array)) return body;
    if (body.byteLength > MAX_REQUEST_BYTES) return unfit('too_large', `${body.byteLength} bytes`);
    // The requests of exporters are no work of the service: they make no spans and no metrics.
    const outcome = await context.with(suppressTracing(context.active()), () =>
      this.#way.sender.send(body, this.#weight(part), patienceMs),
    );
    if (outcome.kind === 'accepted') this.#refusals = 0;
    else if (outcome.kind === 'refused') this.#refusals += 1;
    return outcome;
  }

  #encode(part: readonly Item[]): Uint8Array | Outcome {
    try {
      return this.#way.encode(part) ?? unfit('invalid', 'nothing was encoded');
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
    const { tally, warnings } = this.#way;
    tally.exported(this.#weight(part) - outcome.rejected);
    if (outcome.rejected === 0) return;
    tally.dropped(outcome.rejected, 'rejected');
    warnings.dropped(outcome.rejected, 'rejected', outcome.reason || 'the endpoint rejected them');
  }

  #weight(items: readonly Item[]): number {
    return items.reduce((sum, item) => sum + this.#way.weigh(item), 0);
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
