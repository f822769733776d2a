import { OTLPLogExporter as JsonExporter } from '@opentelemetry/exporter-logs-otlp-http';
import { OTLPLogExporter as ProtobufExporter } from '@opentelemetry/exporter-logs-otlp-proto';
import {
  ConsoleLogRecordExporter,
  type LogRecordExporter,
  type LogRecordProcessor,
  type ReadableLogRecord,
  SimpleLogRecordProcessor,
} from '@opentelemetry/sdk-logs';
import { createOutlet } from './outlet.ts';
import { type Assembly, queuePipeline } from './pipeline.ts';
import { BatchQueue } from './queue.ts';
import type { Settings } from './settings.ts';

/** Log records and business events: they wait for the next request. */
export function assembleLogs(
  settings: Settings,
  ready: () => Promise<void>,
): Assembly<LogRecordProcessor> {
  const { exporters } = settings.signals.logs;
  const assembly: Assembly<LogRecordProcessor> = { parts: [], pipelines: [] };
  if (exporters.includes('console')) {
    assembly.parts.push(new SimpleLogRecordProcessor({ exporter: new ConsoleLogRecordExporter() }));
  }
  if (exporters.includes('otlp')) addOtlp(assembly, settings, ready);
  return assembly;
}

function addOtlp(
  { parts, pipelines }: Assembly<LogRecordProcessor>,
  { signals, queues }: Settings,
  ready: () => Promise<void>,
): void {
  const outlet = createOutlet<ReadableLogRecord[], LogRecordExporter>(signals.logs, {
    json: JsonExporter,
    protobuf: ProtobufExporter,
  });
  const queue = new BatchQueue(outlet.delivery, queues.logs, ready);
  parts.push({
    onEmit: (record) => queue.add(record),
    forceFlush: () => queue.flush(),
    shutdown: () => Promise.resolve(),
  });
  pipelines.push(queuePipeline(queue, outlet));
}
