/** Spans in memory for the tests of this package. */
import { context, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import {
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
  type SpanProcessor,
  TracerProvider,
} from '@opentelemetry/sdk-trace';

const exporter = new InMemorySpanExporter();

/** While `active` is set, every method of the span processor throws. */
export const hostile = { active: false };

function throwIfActive(): void {
  if (hostile.active) throw new Error('hostile processor');
}

const hostileProcessor: SpanProcessor = {
  onStart: throwIfActive,
  onEnding: throwIfActive,
  onEnd: throwIfActive,
  forceFlush: async () => undefined,
  shutdown: async () => undefined,
};

/** Registers the SDK with an in-memory exporter, as `@moneytrail/telemetry` does with an OTLP exporter. */
export function startSpans(): void {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  trace.setGlobalTracerProvider(
    new TracerProvider({
      spanProcessors: [new SimpleSpanProcessor({ exporter }), hostileProcessor],
    }),
  );
}

/** The spans that ended since the last call, in that order. */
export function takeSpans(): ReadableSpan[] {
  const spans = exporter.getFinishedSpans();
  exporter.reset();
  return spans;
}

/** The only span that ended since the last call. */
export function takeSpan(): ReadableSpan {
  const [span, ...others] = takeSpans();
  if (span === undefined || others.length > 0) {
    throw new Error(`expected one span, found ${others.length + (span ? 1 : 0)}`);
  }
  return span;
}
