// Links the trace of a request to that of a caller who may not continue it here.
import {
  type Context,
  createContextKey,
  type SpanContext,
  SpanKind,
  TraceFlags,
} from '@opentelemetry/api';
import type { SpanProcessor } from '@opentelemetry/sdk-trace';

const STRANGER = createContextKey('the trace of a stranger');

/** Notes a stranger's trace: its two ids and nothing else that the stranger has written. */
export function withStranger(context: Context, { traceId, spanId }: SpanContext): Context {
  const stranger: SpanContext = { traceId, spanId, traceFlags: TraceFlags.NONE, isRemote: true };
  return context.setValue(STRANGER, stranger);
}

/** Gives the first span of a request its link. */
export const linkStrangers: SpanProcessor = {
  onStart: (span, parent) => {
    if (span.kind !== SpanKind.SERVER || span.parentSpanContext) return;
    const stranger = parent.getValue(STRANGER);
    // Under this key there is what `withStranger` has put there.
    if (stranger !== undefined) span.addLink({ context: stranger as SpanContext });
  },
  onEnd: () => {},
  forceFlush: () => Promise.resolve(),
  shutdown: () => Promise.resolve(),
};
