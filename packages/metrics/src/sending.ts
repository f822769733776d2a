import { OTHER } from '@moneytrail/catalogue';
import { type LogRecord, logs } from '@opentelemetry/api';
import { countDrop } from './meter.ts';

/** Facts that may wait for the telemetry of the service; one takes about a kilobyte. */
const MAX_WAITING = 1000;

const logger = logs.getLogger('@moneytrail/metrics');
const waiting: LogRecord[] = [];

/**
 * Sends the event of a fact, or keeps it while nobody listens: the first facts may be older than the telemetry. The record
 * names its context, because that of a later moment is another one. Returns false when too many wait already.
 */
export function send(event: string, record: LogRecord): boolean {
  if (logger.enabled(record)) {
    if (waiting.length > 0) sendWaitingFacts();
    logger.emit(record);
    return true;
  }
  const hasRoom = waiting.length < MAX_WAITING;
  if (hasRoom) waiting.push(record);
  else countDrop(event, 'queue_full');
  return hasRoom;
}

/**
 * Sends the events of facts that were recorded before the SDK started. `@moneytrail/telemetry` does it at its start; with
 * another SDK the next fact does it. It never throws.
 *
 * @example
 * ```ts
 * import { sendWaitingFacts } from '@moneytrail/metrics';
 * sendWaitingFacts();
 * ```
 */
export function sendWaitingFacts(): void {
  for (const record of waiting.splice(0)) {
    try {
      logger.emit(record);
    } catch {
      countDrop(OTHER, 'internal');
    }
  }
}
