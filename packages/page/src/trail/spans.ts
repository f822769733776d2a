/** A trace as rows of a waterfall. Pure functions. */
import type { JaegerSpan, JaegerTag, JaegerTrace } from '@moneytrail/store';

/** The kinds of spans; each has a colour. */
export type SpanKind = 'server' | 'internal' | 'database' | 'client';

/** One row of the waterfall. */
export interface SpanRow {
  readonly id: string;
  readonly name: string;
  /** Distinguishes spans with the same name: service, database, tier. */
  readonly hint: string;
  readonly kind: SpanKind;
  readonly service: string;
  readonly depth: number;
  readonly startMs: number;
  readonly durationMs: number;
  readonly failed: boolean;
  readonly tags: readonly JaegerTag[];
  readonly logs: JaegerSpan['logs'];
}

/** A whole trace, its rows in the order of the tree. */
export interface Waterfall {
  readonly traceId: string;
  readonly rows: readonly SpanRow[];
  readonly startMs: number;
  readonly durationMs: number;
}

/** Orders spans as a tree: children below their parent, by start. A span without its parent is a root. */
export function buildWaterfall(trace: JaegerTrace): Waterfall {
  const children = childrenByParent(trace.spans);
  const rows: SpanRow[] = [];
  const seen = new Set<string>();
  const visit = (span: JaegerSpan, depth: number): void => {
    // A span that is its own ancestor would recurse without end.
    if (seen.has(span.spanID)) return;
    seen.add(span.spanID);
    rows.push(toRow(span, trace, depth));
    for (const child of children.get(span.spanID) ?? []) visit(child, depth + 1);
  };
  for (const root of children.get('') ?? []) visit(root, 0);
  for (const span of trace.spans) visit(span, 0);
  const startMs = Math.min(...rows.map((row) => row.startMs));
  const endMs = Math.max(...rows.map((row) => row.startMs + row.durationMs));
  return { traceId: trace.traceID, rows, startMs, durationMs: Math.max(endMs - startMs, 0) };
}

/** Value of a tag as text; empty when the span has none. */
export function tagText(tags: readonly JaegerTag[], key: string): string {
  return String(tags.find((tag) => tag.key === key)?.value ?? '');
}

/** At most six round ticks from 0 to `lengthMs`, and the end itself. */
export function clockTicks(lengthMs: number): readonly number[] {
  if (!(lengthMs > 0)) return [0];
  const rough = lengthMs / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((one) => one >= rough) ?? rough;
  const ticks = [];
  // A tick too close to the end would overlap the last one.
  for (let at = 0; at < lengthMs - step * 0.6; at += step) ticks.push(at);
  return [...ticks, lengthMs];
}

function childrenByParent(spans: readonly JaegerSpan[]): Map<string, JaegerSpan[]> {
  const known = new Set(spans.map((span) => span.spanID));
  const children = new Map<string, JaegerSpan[]>();
  for (const span of [...spans].sort((one, other) => one.startTime - other.startTime)) {
    const named =
      span.references.find((reference) => reference.refType === 'CHILD_OF')?.spanID ?? '';
    const parent = known.has(named) ? named : '';
    const siblings = children.get(parent);
    if (siblings === undefined) children.set(parent, [span]);
    else siblings.push(span);
  }
  return children;
}

function toRow(span: JaegerSpan, trace: JaegerTrace, depth: number): SpanRow {
  const kind = kindOf(span.tags);
  const service = trace.processes[span.processID]?.serviceName ?? '';
  return {
    id: span.spanID,
    name: span.operationName,
    hint: hintOf(span, kind, service),
    kind,
    service,
    depth,
    startMs: span.startTime / 1000,
    durationMs: span.duration / 1000,
    failed:
      tagText(span.tags, 'error') === 'true' || tagText(span.tags, 'otel.status_code') === 'ERROR',
    tags: span.tags,
    logs: span.logs,
  };
}

function kindOf(tags: readonly JaegerTag[]): SpanKind {
  if (databaseOf(tags) !== '') return 'database';
  const kind = tagText(tags, 'span.kind');
  if (kind === 'server' || kind === 'consumer') return 'server';
  return kind === 'client' || kind === 'producer' ? 'client' : 'internal';
}

function databaseOf(tags: readonly JaegerTag[]): string {
  return tagText(tags, 'db.system.name') || tagText(tags, 'db.system');
}

function hintOf(
  { tags, operationName: name }: JaegerSpan,
  kind: SpanKind,
  service: string,
): string {
  const tier = tagText(tags, 'commission.tier');
  if (tier !== '') return `tier ${tier}`;
  const address = tagText(tags, 'server.address');
  const hints: Readonly<Record<SpanKind, string>> = {
    server: service,
    internal: tagText(tags, 'payment.provider'),
    database: databaseOf(tags),
    client: name.includes(address) ? 'client' : address,
  };
  return hints[kind];
}
