/** An event as passed by a caller, with each known field read once. */
import type { EventPlan } from '../plan.ts';

/** The fields of an event as passed by a caller, not validated. */
export type RawEvent = Readonly<Record<string, unknown>>;

/** Reads the known fields of an object, each once: a getter may return a different value the next time. */
export function readRaw({ read }: EventPlan, given: object): RawEvent {
  const raw: Record<string, unknown> = {};
  for (const field of read) raw[field] = Reflect.get(given, field);
  return raw;
}
