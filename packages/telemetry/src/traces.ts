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
import { Delivery } from './export/delivery.ts';
import { createOutlet } from './export/outlet.ts';
import { type Assembly, createPipeline } from './export/pipeline.ts';
import { BatchQueue } from './export/queue.ts';
import { admitSpan } from './export/records.ts';
import { redactSpans } from './redaction/spans.ts';
import { routeOfNext } from './requests/next.ts';
import type { Settings } from './settings.ts';
import { linkStrangers } from './trust/strangers.ts';

/** Spans: what names a person is redacted before anything else sees them, then they wait for the next request. */
export function assembleTraces(
  settings: Settings,
  ready: () => Promise<void>,
): Assembly<SpanProcessor> {
  const { exporters } = settings.signals.traces;
  const assembly: Assembly<SpanProcessor> = { parts: [], pipelines: [] };
  const isUsed = exporters.length > 0 || settings.parts.spanProcessors.length > 0;
  if (isUsed) {
    const { spanProcessors } = settings.parts;
    assembly.parts.push(linkStrangers, routeOfNext, redactSpans, ...spanProcessors);
  }
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
  const outlet = createOutlet<readonly ReadableSpan[], SpanExporter>(signals.traces, {
    json: JsonExporter,
    protobuf: ProtobufExporter,
  });
  const delivery = new Delivery<ReadableSpan>({ ...outlet, weigh: () => 1 });
  const queue = new BatchQueue(delivery, queues.traces, ready);
  parts.push(processorOf(queue));
  pipelines.push(createPipeline([queue], outlet));
}

function processorOf(queue: BatchQueue<ReadableSpan>): SpanProcessor {
  return {
    onStart: () => {},
    onEnd: (span) => {
      if (!(span.spanContext().traceFlags & TraceFlags.SAMPLED)) return;
      queue.add({ item: span, bytes: admitSpan(span) });
    },
    forceFlush: () => queue.flush(),
    shutdown: () => Promise.resolve(),
  };
}
