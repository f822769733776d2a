import { context, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import {
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
  TracerProvider,
} from '@opentelemetry/sdk-trace';

const exporter = new InMemorySpanExporter();

/** Registers the real SDK with an exporter in memory, as `@moneytrail/telemetry` does with one over OTLP. */
export function startSpans(): void {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  trace.setGlobalTracerProvider(
    new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] }),
  );
}

/** The spans that have ended since the last call, in the order in which they ended. */
export function takeSpans(): ReadableSpan[] {
  const spans = exporter.getFinishedSpans();
  exporter.reset();
  return spans;
}

/** The only span that has ended since the last call. */
export function takeSpan(): ReadableSpan {
  const [span, ...others] = takeSpans();
  if (span === undefined || others.length > 0) {
    throw new Error(`expected one span, found ${others.length + (span ? 1 : 0)}`);
  }
  return span;
}
