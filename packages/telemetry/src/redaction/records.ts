// Masks personal data and secrets in log records, whatever has written them.
import { maskText } from '@moneytrail/privacy';
import type { LogRecordProcessor } from '@opentelemetry/sdk-logs';
import { maskAttributes, maskBody } from './attributes.ts';

type LogRecord = Parameters<LogRecordProcessor['onEmit']>[0];

/** These lines were redacted before they were written. */
const REDACTED_BEFORE = '@moneytrail/logs';

/** Masks body and attributes: objects by the names of their fields, and every text by pattern. */
export const redactRecords: LogRecordProcessor = {
  onEmit: (record) => {
    if (record.instrumentationScope.name === REDACTED_BEFORE) return;
    setMaskedBody(record);
    if (typeof record.severityText === 'string')
      record.setSeverityText(maskText(record.severityText));
    maskAttributes(record.attributes);
  },
  forceFlush: () => Promise.resolve(),
  shutdown: () => Promise.resolve(),
};

/** Runs processors of the service one after another, and masks what they have added to a record or changed in it. */
export function redactAdditions(processors: readonly LogRecordProcessor[]): LogRecordProcessor {
  return {
    onEmit: (record, context) => {
      const { body, attributes } = record;
      const before = { ...attributes };
      for (const processor of processors) processor.onEmit(record, context);
      if (record.body !== body) setMaskedBody(record);
      maskChanged(record.attributes, before);
    },
    enabled: (options) => processors.some((processor) => processor.enabled?.(options) ?? true),
    forceFlush: () => allOf(processors, (processor) => processor.forceFlush()),
    shutdown: () => allOf(processors, (processor) => processor.shutdown()),
  };
}

function setMaskedBody(record: LogRecord): void {
  const body = maskBody(record.body);
  if (body !== record.body) Reflect.set(record, 'body', body);
}

function maskChanged(attributes: object, before: object): void {
  const changed = Object.entries(attributes).filter(
    ([name, value]) => Reflect.get(before, name) !== value,
  );
  for (const [name] of changed) Reflect.deleteProperty(attributes, name);
  const masked = Object.fromEntries(changed);
  maskAttributes(masked);
  Object.assign(attributes, masked);
}

async function allOf(
  processors: readonly LogRecordProcessor[],
  work: (processor: LogRecordProcessor) => Promise<void>,
): Promise<void> {
  await Promise.all(processors.map(work));
}
