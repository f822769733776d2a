// What a caller hands in as an event, with each known field read once.
import type { EventPlan } from '../plan.ts';

/** The fields of an event as they were handed in; nothing about them is trusted. */
export type RawEvent = Readonly<Record<string, unknown>>;

/** The known fields of an object, each read once: a getter may return something else the next time. */
export function readRaw({ read }: EventPlan, given: object): RawEvent {
  const raw: Record<string, unknown> = {};
  for (const field of read) raw[field] = Reflect.get(given, field);
  return raw;
}
