import type { Attributes } from '../otlp/read.ts';

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
