/** A stored event as the folds read it, and what they ask of several. */
import { type Attributes, asText } from '../otlp/read.ts';

/** One stored fact. */
export interface FactRow {
  readonly event_id: string;
  readonly event: string;
  readonly at_us: number;
  readonly service: string;
  readonly amount_minor: number | null;
  readonly currency: string | null;
  readonly attributes: Attributes;
}

/** Newest first; the id decides between facts of the same microsecond. */
export function newestFirst(
  a: { at_us: number; event_id: string },
  b: { at_us: number; event_id: string },
): number {
  return b.at_us - a.at_us || (a.event_id < b.event_id ? 1 : -1);
}

/** The first value of an attribute among facts, as a text. */
export function firstText(facts: readonly FactRow[], name: string): string | undefined {
  const fact = facts.find(({ attributes }) => attributes[name] !== undefined);
  return fact && asText(fact.attributes[name]);
}

/** The first amount of minor units that facts give an attribute. */
export function firstAmount(facts: readonly FactRow[], name: string): number | undefined {
  const values = facts.map(({ attributes }) => attributes[name]);
  return values.find((value): value is number => Number.isSafeInteger(value));
}

/** The first number that facts give an attribute. */
export function firstNumber(facts: readonly FactRow[], name: string): number | undefined {
  const values = facts.map(({ attributes }) => attributes[name]);
  return values.find((value) => typeof value === 'number');
}
