import { TraceFlags } from '@opentelemetry/api';
import { OTLPTraceExporter as JsonExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { OTLPTraceExporter as ProtobufExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import {
  ConsoleSpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
  type SpanExporter,
  type SpanProcessor,
} from '@opentelemetry/sdk-trace';
import { createOutlet } from './outlet.ts';
import { type Assembly, queuePipeline } from './pipeline.ts';
import { BatchQueue } from './queue.ts';
import { redactRequests } from './redaction.ts';
import type { Settings } from './settings.ts';

/** Spans: what names a person is redacted before anything else sees them, then they wait for the next request. */
export function assembleTraces(
  settings: Settings,
  ready: () => Promise<void>,
): Assembly<SpanProcessor> {
  const { exporters } = settings.signals.traces;
  const assembly: Assembly<SpanProcessor> = { parts: [], pipelines: [] };
  if (exporters.length > 0) assembly.parts.push(redactRequests);
  if (exporters.includes('console')) {
    assembly.parts.push(new SimpleSpanProcessor({ exporter: new ConsoleSpanExporter() }));
  }
  if (exporters.includes('otlp')) addOtlp(assembly, settings, ready);
  return assembly;
}

function addOtlp(
  { parts, pipelines }: Assembly<SpanProcessor>,
  { signals, queues }: Settings,
  ready: () => Promise<void>,
): void {
  const outlet = createOutlet<ReadableSpan[], SpanExporter>(signals.traces, {
    json: JsonExporter,
    protobuf: ProtobufExporter,
  });
  const queue = new BatchQueue(outlet.delivery, queues.traces, ready);
  parts.push(processorOf(queue));
  pipelines.push(queuePipeline(queue, outlet));
}

function processorOf(queue: BatchQueue<ReadableSpan>): SpanProcessor {
  return {
    onStart: () => {},
    onEnd: (span) => {
      if (span.spanContext().traceFlags & TraceFlags.SAMPLED) queue.add(span);
    },
    forceFlush: () => queue.flush(),
    shutdown: () => Promise.resolve(),
  };
}
