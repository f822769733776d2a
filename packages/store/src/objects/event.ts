/** A stored event as the folds read it, and helpers for lists of events. */
import { type Attributes, asText } from '../otlp/read.ts';

/** One stored event. */
export interface FoldedEvent {
  readonly event_id: string;
  readonly event: string;
  readonly at_us: number;
  readonly service: string;
  readonly amount_minor: number | null;
  readonly currency: string | null;
  readonly attributes: Attributes;
}

/** Sorts newest first; the id orders events of the same microsecond. */
export function newestFirst(
  a: { at_us: number; event_id: string },
  b: { at_us: number; event_id: string },
): number {
  return b.at_us - a.at_us || (a.event_id < b.event_id ? 1 : -1);
}

/** The first value of an attribute among events, as a string. */
export function firstText(events: readonly FoldedEvent[], name: string): string | undefined {
  const event = events.find(({ attributes }) => attributes[name] !== undefined);
  return event && asText(event.attributes[name]);
}

/** The first value of an attribute among events that is an amount in minor units. */
export function firstAmount(events: readonly FoldedEvent[], name: string): number | undefined {
  const values = events.map(({ attributes }) => attributes[name]);
  return values.find((value): value is number => Number.isSafeInteger(value));
}

/** The first value of an attribute among events that is a number. */
export function firstNumber(events: readonly FoldedEvent[], name: string): number | undefined {
  const values = events.map(({ attributes }) => attributes[name]);
  return values.find((value) => typeof value === 'number');
}
