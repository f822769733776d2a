// Tells events of money from other log records.
import { EVENTS, PREFIX } from '@moneytrail/catalogue';
import { eventLost } from '@moneytrail/metrics';
import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';

const RECORDER = '@moneytrail/metrics';

/** Names of the events that may carry an amount. */
const MONEY_EVENTS: ReadonlySet<unknown> = new Set(
  Object.entries(EVENTS)
    .filter(([, { money }]) => money !== 'none')
    .map(([name]) => PREFIX + name),
);

/** Whether the record is a business event that may carry an amount. */
export function isMoney({ instrumentationScope, eventName }: ReadableLogRecord): boolean {
  return instrumentationScope.name === RECORDER && MONEY_EVENTS.has(eventName);
}

/** Tells the recorder which of its events did not leave, so that a fact that is recorded again is sent again. */
export function reportLost(records: readonly ReadableLogRecord[]): void {
  for (const { instrumentationScope, attributes } of records) {
    const id = attributes['moneytrail.event.id'];
    if (instrumentationScope.name === RECORDER && typeof id === 'string') eventLost(id);
  }
}
