/** The selection in a trail, which is part of the address. */
import { hereWith, place } from '../data/location.ts';
import type { Line } from './lines.ts';
import type { SpanRow, Waterfall } from './spans.ts';

/** The selected span, log line or event. */
export type Selected =
  | { readonly kind: 'span'; readonly span: SpanRow }
  | { readonly kind: 'line'; readonly line: Line };

/** Address that selects a span of a trace. */
export function spanAddress(traceId: string, spanId: string): string {
  return hereWith({ trace: traceId, span: spanId, event: undefined, log: undefined });
}

/** Address that selects a trace. */
export function traceAddress(traceId: string): string {
  return hereWith({ trace: traceId, span: undefined, event: undefined, log: undefined });
}

/** Address that selects a log line or an event, and its trace. */
export function lineAddress(line: Line): string {
  return hereWith({
    trace: line.traceId ?? place.value.query.get('trace') ?? undefined,
    span: undefined,
    event: line.kind === 'event' ? line.id : undefined,
    log: line.kind === 'log' ? line.id : undefined,
  });
}

/** True when the address selects the line. */
export function isChosen(line: Line): boolean {
  return place.value.query.get(line.kind) === line.id;
}

/** The selection of the address, otherwise the span of the payment itself, otherwise the first span. */
export function selected(
  waterfall: Waterfall | undefined,
  lines: readonly Line[],
): Selected | undefined {
  const line = lines.find(isChosen);
  if (line !== undefined) return { kind: 'line', line };
  const rows = waterfall?.rows ?? [];
  const named = rows.find((row) => row.id === place.value.query.get('span'));
  const span = named ?? rows.find((row) => row.name.startsWith('payment.')) ?? rows[0];
  return span === undefined ? undefined : { kind: 'span', span };
}
