// What a caller hands in as a fact, with each known field read once.
import { EVENTS, type EventDefinition, type EventName } from '@moneytrail/catalogue';

/** What a caller handed in; nothing about it is trusted. */
export type RawEvent = Readonly<Record<string, unknown>>;

/** Fields that any event may have. */
const COMMON_FIELDS = ['provider', 'connectedAccount', 'at', 'amount', 'platformFee'];

/** The fields of each event. */
const FIELDS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries<EventDefinition>(EVENTS).map(([name, definition]) => [name, fieldsOf(definition)]),
);

function fieldsOf({ object, required, optional }: EventDefinition): readonly string[] {
  const names = [...COMMON_FIELDS, ...object, ...Object.keys(required), ...Object.keys(optional)];
  return [...new Set(names)].filter((name) => name !== 'event');
}

/**
 * The known fields of whatever a caller handed in, each read once: a getter may have another answer the next time.
 * `undefined` when it is no object.
 */
export function readRaw(given: unknown, event: EventName | undefined): RawEvent | undefined {
  if (typeof given !== 'object' || given === null) return undefined;
  const name: unknown = event ?? Reflect.get(given, 'event');
  if (!isEventName(name)) return { event: name };
  const raw: Record<string, unknown> = { event: name };
  for (const field of FIELDS.get(name) ?? []) raw[field] = Reflect.get(given, field);
  return raw;
}

/** Whether the catalogue has an event with this name. */
export function isEventName(name: unknown): name is EventName {
  return typeof name === 'string' && Object.hasOwn(EVENTS, name);
}
