/** Positions of log lines and events in a waterfall. */
import type { Line } from './lines.ts';
import type { Waterfall } from './spans.ts';

/** A line at its position on the time axis, 0 to 1. */
export interface Mark {
  readonly line: Line;
  readonly share: number;
}

/** Marks by span. A line without a known span is on the first row; a line outside the time of the trace is omitted. */
export function marksBySpan(
  lines: readonly Line[],
  waterfall: Waterfall,
): ReadonlyMap<string, readonly Mark[]> {
  const marks = new Map<string, Mark[]>();
  const spans = new Set(waterfall.rows.map((row) => row.id));
  const first = waterfall.rows[0]?.id;
  for (const line of lines) {
    const share = shareOf(line.atMs, waterfall);
    const span = line.spanId !== undefined && spans.has(line.spanId) ? line.spanId : first;
    if (line.traceId !== waterfall.traceId || span === undefined || share === undefined) continue;
    marks.set(span, [...(marks.get(span) ?? []), { line, share }]);
  }
  return marks;
}

/** Records have milliseconds, spans have microseconds: a line up to one millisecond outside is drawn at the edge. */
function shareOf(atMs: number, waterfall: Waterfall): number | undefined {
  const offsetMs = atMs - waterfall.startMs;
  if (offsetMs < -1 || offsetMs > waterfall.durationMs + 1) return undefined;
  if (waterfall.durationMs === 0) return 0;
  return Math.min(1, Math.max(0, offsetMs / waterfall.durationMs));
}
