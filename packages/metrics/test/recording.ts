/** Records in memory, and series, for the tests of this package. */
import { collectSeries, type SeriesSnapshot } from '@moneytrail/metrics';
import { context, logs, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import {
  InMemoryLogRecordExporter,
  LoggerProvider,
  type ReadableLogRecord,
  SimpleLogRecordProcessor,
} from '@opentelemetry/sdk-logs';
import {
  InMemorySpanExporter,
  SimpleSpanProcessor,
  TracerProvider,
} from '@opentelemetry/sdk-trace';

const logExporter = new InMemoryLogRecordExporter();
const spanExporter = new InMemorySpanExporter();

/** Registers the SDK for logs and traces with in-memory exporters. */
export function startRecording(): void {
  const logProcessor = new SimpleLogRecordProcessor({ exporter: logExporter });
  const spanProcessor = new SimpleSpanProcessor({ exporter: spanExporter });
  logs.setGlobalLoggerProvider(new LoggerProvider({ processors: [logProcessor] }));
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  trace.setGlobalTracerProvider(new TracerProvider({ spanProcessors: [spanProcessor] }));
}

/** Log records since the start, in order. */
export function records(): ReadableLogRecord[] {
  return logExporter.getFinishedLogRecords();
}

/** Finished spans since the start. */
export function spans(): ReturnType<InMemorySpanExporter['getFinishedSpans']> {
  return spanExporter.getFinishedSpans();
}

/** Value of the one series that has all these attributes, or `undefined`. */
export function seriesValue(
  name: string,
  attributes: Record<string, string> = {},
): number | undefined {
  return seriesWith(name, attributes)[0]?.value;
}

/** Series of an instrument that have all these attributes. */
export function seriesWith(
  name: string,
  attributes: Record<string, string> = {},
): SeriesSnapshot[] {
  const found = collectSeries().find((instrument) => instrument.name === name);
  const wanted = Object.entries(attributes);
  return (found?.series ?? []).filter((series) =>
    wanted.every(([key, value]) => series.attributes[key] === value),
  );
}
