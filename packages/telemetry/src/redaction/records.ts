// Masks personal data and secrets in log records, whatever has written them.
import { maskText } from '@moneytrail/privacy';
import type { LogRecordProcessor } from '@opentelemetry/sdk-logs';
import { maskAttributes, maskBody } from './attributes.ts';

/** These lines were redacted before they were written. */
const REDACTED_BEFORE = '@moneytrail/logs';

/** Masks body and attributes: objects by the names of their fields, and every text by pattern. */
export const redactRecords: LogRecordProcessor = {
  onEmit: (record) => {
    if (record.instrumentationScope.name === REDACTED_BEFORE) return;
    const body = maskBody(record.body);
    if (body !== record.body) Reflect.set(record, 'body', body);
    if (typeof record.severityText === 'string')
      record.setSeverityText(maskText(record.severityText));
    maskAttributes(record.attributes);
  },
  forceFlush: () => Promise.resolve(),
  shutdown: () => Promise.resolve(),
};
