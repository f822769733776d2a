// The processors of log records and business events.
import { JsonLogsSerializer, ProtobufLogsSerializer } from '@opentelemetry/otlp-transformer';
import {
  ConsoleLogRecordExporter,
  type LogRecordProcessor,
  type ReadableLogRecord,
  SimpleLogRecordProcessor,
} from '@opentelemetry/sdk-logs';
import type { Settings } from '../config/settings.ts';
import { Delivery } from '../export/delivery.ts';
import { createExporter } from '../export/exporter.ts';
import { isMoney, reportLost } from '../export/money.ts';
import { createExportPipeline, flushOnly, type SignalPipeline } from '../export/pipeline.ts';
import { BatchQueue, type QueueLimits } from '../export/queue.ts';
import { admitLogRecord } from '../export/records.ts';
import { redactAdditions, redactRecords } from '../redaction/records.ts';
import { guardLogRecordProcessor } from './guards.ts';

/** Log records and business events: they wait for the next request, events of money apart from the rest. */
export function createLogs(
  settings: Settings,
  ready: () => Promise<void>,
): SignalPipeline<LogRecordProcessor> {
  const { exporters } = settings.signals.logs;
  const pipeline: SignalPipeline<LogRecordProcessor> = { components: [], exports: [] };
  const own = settings.components.logRecordProcessors.map(guardLogRecordProcessor);
  if (own.length > 0) {
    pipeline.components.push(redactRecords, redactAdditions(own));
    pipeline.exports.push(flushOnly(own));
  } else if (exporters.length > 0) pipeline.components.push(redactRecords);
  if (exporters.includes('console')) {
    pipeline.components.push(
      new SimpleLogRecordProcessor({ exporter: new ConsoleLogRecordExporter() }),
    );
  }
  if (exporters.includes('otlp')) addOtlp(pipeline, settings, ready);
  return pipeline;
}

function addOtlp(
  { components, exports }: SignalPipeline<LogRecordProcessor>,
  { signals, queues }: Settings,
  ready: () => Promise<void>,
): void {
  const exporter = createExporter(signals.logs, {
    json: JsonLogsSerializer,
    protobuf: ProtobufLogsSerializer,
  });
  const createQueue = (limits: QueueLimits): BatchQueue<ReadableLogRecord> => {
    const encode = (records: readonly ReadableLogRecord[]): Uint8Array | undefined =>
      exporter.encode([...records]);
    const delivery = new Delivery({ ...exporter, encode, weigh: () => 1 }, reportLost);
    return new BatchQueue(delivery, limits, ready);
  };
  const lines = createQueue(queues.logs);
  // Events of money have a queue of their own, so that nothing that a service or a stranger writes displaces them.
  const money = createQueue(queues.money);
  components.push({
    onEmit: (record) => {
      const bytes = admitLogRecord(record);
      (isMoney(record) ? money : lines).add({ item: record, bytes });
    },
    forceFlush: async () => {
      await Promise.all([money.flush(), lines.flush()]);
    },
    shutdown: () => Promise.resolve(),
  });
  exports.push(createExportPipeline([money, lines], exporter));
}
