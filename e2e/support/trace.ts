import type { JaegerSpan } from './jaeger.ts';

/** Every path from a root to a leaf as `root > child > leaf`, and how often it occurs; a missing parent is a `?`. */
export function pathsOf(spans: readonly JaegerSpan[]): Record<string, number> {
  const ways: Record<string, number> = {};
  const parents = new Set(spans.map(({ parentSpanId }) => parentSpanId));
  for (const leaf of spans.filter(({ spanId }) => !parents.has(spanId))) {
    const way = wayTo(leaf, spans).join(' > ');
    ways[way] = (ways[way] ?? 0) + 1;
  }
  return ways;
}

function wayTo(span: JaegerSpan, spans: readonly JaegerSpan[]): string[] {
  if (span.parentSpanId === '') return [span.name];
  const parent = spans.find(({ spanId }) => spanId === span.parentSpanId);
  return [...(parent ? wayTo(parent, spans) : ['?']), span.name];
}

/** The faults of a trace: no spans, spans without their parent, several roots, duplicate spans. */
export function faultsOf(traceId: string, spans: readonly JaegerSpan[]): string[] {
  const ids = new Set(spans.map(({ spanId }) => spanId));
  const roots = spans.filter(({ parentSpanId }) => parentSpanId === '');
  const lost = spans.filter(({ parentSpanId }) => parentSpanId !== '' && !ids.has(parentSpanId));
  return [
    ...(roots.length === 1 ? [] : [`${traceId}: ${roots.length} roots`]),
    ...(ids.size === spans.length ? [] : [`${traceId}: spans twice`]),
    ...lost.map(({ name }) => `${traceId}: no parent of ${name}`),
  ];
}
