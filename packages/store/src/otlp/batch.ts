import { TooCostly } from './budget.ts';
import type { Message } from './messages.ts';
import {
  type Attributes,
  asMessage,
  asText,
  attributes,
  child,
  children,
  integer,
  list,
  MalformedRequest,
  text,
} from './read.ts';

/** The sender of a record. */
export interface Resource {
  readonly service: string;
  readonly version: string;
  readonly instance: string;
  readonly attributes: Attributes;
}

/** Records that can be stored, and those that cannot, counted by cause. */
export interface Batch<Item> {
  readonly items: { readonly resource: Resource; readonly item: Item }[];
  readonly refused: Map<string, number>;
}

/** Names of the two levels above the records of a signal. */
interface Levels {
  readonly resources: string;
  readonly scopes: string;
  readonly records: string;
}

/** The instrumentation library of a record, by its own name. */
export interface Scope {
  readonly name: string;
  readonly version: string;
  readonly schemaUrl: string;
  readonly attributes: Attributes;
}

/** One record of a request, with what its two levels above say. */
export interface Located {
  readonly record: Message;
  readonly scope: Scope;
  readonly resource: Resource;
}

/**
 * Reads every record by itself: one that is malformed, or that `read` names a cause for, is refused alone. Throws
 * `MalformedRequest` when the levels above the records are malformed.
 */
export function readRecords<Item>(
  request: Message,
  levels: Levels,
  read: (located: Located) => Item | string,
  costOf: (item: Item) => number,
): Batch<Item> {
  const batch: Batch<Item> = { items: [], refused: new Map() };
  const work = new Work();
  for (const { record, ...above } of walk(request, levels)) {
    const item = attempt(() => read({ record: asMessage(record, levels.records), ...above }));
    if (typeof item === 'string') refuse(batch, item);
    else {
      work.add(above.resource, costOf(item));
      batch.items.push({ resource: above.resource, item });
    }
  }
  return batch;
}

/** What may be stored with one request; a unit is up to 40 microseconds. */
const MAX_WORK = 20_000;

/** Resources are looked up one by one. */
const RESOURCE_COST = 2;

/** Counts what it takes to store a request, while it is read. */
export class Work {
  #left = MAX_WORK;
  #last: Resource | undefined;

  /** Throws `TooCostly` when storing the request would block other requests for too long. */
  add(resource: Resource, cost: number): void {
    this.#left -= resource === this.#last ? cost : cost + RESOURCE_COST;
    this.#last = resource;
    if (this.#left < 0) throw new TooCostly();
  }
}

/** The result of `read`, or the cause of the rejection. */
export function attempt<Result>(read: () => Result): Result | 'malformed_record' {
  try {
    return read();
  } catch (error) {
    if (error instanceof MalformedRequest) return 'malformed_record';
    throw error;
  }
}

/** A record before it is read. */
type Unread = Omit<Located, 'record'> & { readonly record: unknown };

/** Walks resource, scope and record, which is the same for the three signals. */
export function* walk(request: Message, levels: Levels): Generator<Unread> {
  for (const group of children(request, levels.resources)) {
    const resource = readResource(child(group, 'resource'));
    for (const scoped of children(group, levels.scopes)) {
      const scope = readScope(scoped);
      for (const record of list(scoped, levels.records)) yield { record, scope, resource };
    }
  }
}

function readScope(scoped: Message): Scope {
  const scope = child(scoped, 'scope');
  const given = Object.entries(attributes(scope)).slice(0, MAX_SCOPE_ATTRIBUTES);
  return {
    name: shared(text(scope, 'name')),
    version: shared(text(scope, 'version')),
    schemaUrl: shared(text(scoped, 'schemaUrl')),
    attributes: Object.fromEntries(
      given.map(([name, value]) => [shared(name), shared(asText(value))]),
    ),
  };
}

function readResource(message: Message): Resource {
  const given = attributes(message);
  return {
    service: shared(asText(given['service.name'])) || 'unknown_service',
    version: shared(asText(given['service.version'])),
    instance: shared(asText(given['service.instance.id'])),
    attributes: given,
  };
}

/** Longest text that is stored again with each record below it. */
const MAX_SHARED = 1024;

/** Attributes of a scope that are read: they are stored again with each series below it. */
const MAX_SCOPE_ATTRIBUTES = 16;

/** A text that many records share: one of a megabyte would be written a thousand times. */
export function shared(given: string): string {
  return given.slice(0, MAX_SHARED);
}

/** Counts records that cannot be stored. */
export function refuse(batch: Batch<unknown>, cause: string, count = 1): void {
  if (count > 0) batch.refused.set(cause, (batch.refused.get(cause) ?? 0) + count);
}

/** Highest time that is exact in JavaScript, the year 2255. */
const MAX_US = BigInt(Number.MAX_SAFE_INTEGER);

/** A time in microseconds, which are exact until 2255; 0 when unset, `undefined` when later. */
export function timeUs(message: Message, name: string): number | undefined {
  const us = integer(message, name) / 1000n;
  return us >= 0n && us <= MAX_US ? Number(us) : undefined;
}
