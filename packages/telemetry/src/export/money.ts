// Which log records are events of money, and which of them were lost.
import { EVENTS, PREFIX } from '@moneytrail/catalogue';
import { eventLost } from '@moneytrail/metrics';
import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';

const RECORDER = '@moneytrail/metrics';

/** Names of our events that may carry an amount. */
const MONEY_EVENTS: ReadonlySet<unknown> = new Set(
  Object.entries(EVENTS)
    .filter(([, { amounts }]) => amounts !== undefined)
    .map(([name]) => PREFIX + name),
);

/** Whether the record is a business event that may carry an amount. */
export function isMoney(record: ReadableLogRecord): boolean {
  const { instrumentationScope, eventName, attributes } = record;
  const isEvent = instrumentationScope.name === RECORDER;
  return isEvent && (MONEY_EVENTS.has(eventName) || attributes['money.currency'] !== undefined);
}

/** Reports the events that were not sent to the recorder, so that an event that is reported again is sent again. */
export function reportLost(records: readonly ReadableLogRecord[]): void {
  for (const { instrumentationScope, attributes } of records) {
    const id = attributes['moneytrail.event.id'];
    if (instrumentationScope.name === RECORDER && typeof id === 'string') eventLost(id);
  }
}
