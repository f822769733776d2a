import type { Message } from './messages.ts';
import { type Attributes, asText, attributes, child, children, integer, text } from './read.ts';

/** Who sent a record. */
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

/** One record of a request, with what its two levels above say. */
export interface Located {
  readonly record: Message;
  readonly scope: string;
  readonly resource: Resource;
}

/** Walks resource, scope and record, which is the same for the three signals. */
export function* walk(request: Message, levels: Levels): Generator<Located> {
  for (const group of children(request, levels.resources)) {
    const resource = readResource(child(group, 'resource'));
    for (const scoped of children(group, levels.scopes)) {
      const scope = text(child(scoped, 'scope'), 'name');
      for (const record of children(scoped, levels.records)) yield { record, scope, resource };
    }
  }
}

function readResource(message: Message): Resource {
  const given = attributes(message);
  return {
    service: asText(given['service.name']) || 'unknown_service',
    version: asText(given['service.version']),
    instance: asText(given['service.instance.id']),
    attributes: given,
  };
}

/** An empty batch to fill. */
export function emptyBatch<Item>(): Batch<Item> {
  return { items: [], refused: new Map() };
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
