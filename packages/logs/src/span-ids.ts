import { context, isSpanContextValid, trace } from '@opentelemetry/api';
import type { Fields } from './symbols.ts';

/** The ids of the active span; none without one. */
export function spanIds(): Fields {
  const span = trace.getSpanContext(context.active());
  if (span === undefined || !isSpanContextValid(span)) return {};
  const flags = span.traceFlags.toString(16).padStart(2, '0');
  return { trace_id: span.traceId, span_id: span.spanId, trace_flags: flags };
}
