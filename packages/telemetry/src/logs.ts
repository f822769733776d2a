import { OTLPLogExporter as JsonExporter } from '@opentelemetry/exporter-logs-otlp-http';
import { OTLPLogExporter as ProtobufExporter } from '@opentelemetry/exporter-logs-otlp-proto';
import {
  ConsoleLogRecordExporter,
  type LogRecordExporter,
  type LogRecordProcessor,
  type ReadableLogRecord,
  SimpleLogRecordProcessor,
} from '@opentelemetry/sdk-logs';
import { Delivery } from './export/delivery.ts';
import { isMoney, reportLost } from './export/money.ts';
import { createOutlet } from './export/outlet.ts';
import { type Assembly, createPipeline } from './export/pipeline.ts';
import { BatchQueue } from './export/queue.ts';
import { admitLogRecord } from './export/records.ts';
import { redactRecords } from './redaction/records.ts';
import type { Settings } from './settings.ts';

/** Log records and business events: they wait for the next request, events of money apart from the rest. */
export function assembleLogs(
  settings: Settings,
  ready: () => Promise<void>,
): Assembly<LogRecordProcessor> {
  const { exporters } = settings.signals.logs;
  const assembly: Assembly<LogRecordProcessor> = { parts: [], pipelines: [] };
  if (exporters.length > 0) assembly.parts.push(redactRecords);
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
  const outlet = createOutlet<readonly ReadableLogRecord[], LogRecordExporter>(signals.logs, {
    json: JsonExporter,
    protobuf: ProtobufExporter,
  });
  const way = { ...outlet, weigh: () => 1 };
  const lines = new BatchQueue(
    new Delivery<ReadableLogRecord>(way, reportLost),
    queues.logs,
    ready,
  );
  // Events of money have a queue of their own: nothing that a service or a stranger writes displaces them.
  const money = new BatchQueue(
    new Delivery<ReadableLogRecord>(way, reportLost),
    queues.money,
    ready,
  );
  parts.push({
    onEmit: (record) => {
      const bytes = admitLogRecord(record);
      (isMoney(record) ? money : lines).add({ item: record, bytes });
    },
    forceFlush: async () => {
      await Promise.all([money.flush(), lines.flush()]);
    },
    shutdown: () => Promise.resolve(),
  });
  pipelines.push(createPipeline([money, lines], outlet));
}
