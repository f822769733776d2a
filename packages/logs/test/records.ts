/** Records and lines in memory for the tests of this package. */
import { context, logs, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import {
  InMemoryLogRecordExporter,
  LoggerProvider,
  type ReadableLogRecord,
  SimpleLogRecordProcessor,
} from '@opentelemetry/sdk-logs';
import { TracerProvider } from '@opentelemetry/sdk-trace';

const exporter = new InMemoryLogRecordExporter();

/** Registers the SDK with an in-memory exporter, as `@moneytrail/telemetry` does with an OTLP exporter. */
export function startRecords(): void {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  trace.setGlobalTracerProvider(new TracerProvider());
  logs.setGlobalLoggerProvider(
    new LoggerProvider({ processors: [new SimpleLogRecordProcessor({ exporter })] }),
  );
}

/** The records sent since the last call. */
export function takeRecords(): ReadableLogRecord[] {
  const records = [...exporter.getFinishedLogRecords()];
  exporter.reset();
  return records;
}

/** A parsed line. Parsing fails the test if the line is not JSON. */
export type Line = Record<string, unknown>;

/** A destination that keeps its lines. */
export class Lines {
  readonly raw: string[] = [];

  write(line: string): void {
    this.raw.push(line);
  }

  /** The lines written since the last call. */
  take(): Line[] {
    return this.raw.splice(0).map((line) => JSON.parse(line));
  }
}
