// The processors of spans.
import { TraceFlags } from '@opentelemetry/api';
import { JsonTraceSerializer, ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer';
import {
  ConsoleSpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
  type SpanProcessor,
} from '@opentelemetry/sdk-trace';
import type { Settings } from '../config/settings.ts';
import { Delivery } from '../export/delivery.ts';
import { createExporter } from '../export/exporter.ts';
import { createExportPipeline, flushOnly, type SignalPipeline } from '../export/pipeline.ts';
import { BatchQueue } from '../export/queue.ts';
import { admitSpan } from '../export/records.ts';
import { redactSpans, redactSpansFromStart } from '../redaction/spans.ts';
import { linkStrangers } from '../trust/strangers.ts';
import { guardSpanProcessor } from './guards.ts';
import { routeOfNext } from './requests/next.ts';

/** Spans: what names a person is redacted before anything else sees them, then they wait for the next request. */
export function createTraces(
  settings: Settings,
  ready: () => Promise<void>,
): SignalPipeline<SpanProcessor> {
  const { exporters } = settings.signals.traces;
  const pipeline: SignalPipeline<SpanProcessor> = { components: [], exports: [] };
  const own = settings.components.spanProcessors.map(guardSpanProcessor);
  if (own.length > 0) {
    // Redacted for them from the start, and again what they have added.
    pipeline.components.push(linkStrangers, routeOfNext, redactSpansFromStart, ...own, redactSpans);
    pipeline.exports.push(flushOnly(own));
  } else if (exporters.length > 0) {
    pipeline.components.push(linkStrangers, routeOfNext, redactSpans);
  }
  if (exporters.includes('console')) {
    pipeline.components.push(new SimpleSpanProcessor({ exporter: new ConsoleSpanExporter() }));
  }
  if (exporters.includes('otlp')) addOtlp(pipeline, settings, ready);
  return pipeline;
}

function addOtlp(
  { components, exports }: SignalPipeline<SpanProcessor>,
  { signals, queues }: Settings,
  ready: () => Promise<void>,
): void {
  const exporter = createExporter(signals.traces, {
    json: JsonTraceSerializer,
    protobuf: ProtobufTraceSerializer,
  });
  const delivery = new Delivery<ReadableSpan>({
    ...exporter,
    encode: (spans) => exporter.encode([...spans]),
    weigh: () => 1,
  });
  const queue = new BatchQueue(delivery, queues.traces, ready);
  components.push(processorOf(queue));
  exports.push(createExportPipeline([queue], exporter));
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
