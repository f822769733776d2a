// Events on their way to the telemetry, and those that wait for its start.
import { OTHER } from '@moneytrail/catalogue';
import type { Logger, LoggerProvider, LogRecord } from '@opentelemetry/api';
import type { DropReason } from './meter.ts';
import { loggerProvider } from './open-telemetry.ts';

/** Facts that may wait for the telemetry of the service; one takes about a kilobyte. */
const MAX_WAITING = 1000;

const SCOPE = '@moneytrail/metrics';

/** Counts an event that cannot be sent. */
type Drop = (event: string, reason: DropReason) => void;

/** The events of one recorder. */
export class Outbox {
  readonly #drop: Drop;
  readonly #waiting: LogRecord[] = [];
  #provider: LoggerProvider | undefined;
  #logger: Logger | undefined;

  constructor(drop: Drop) {
    this.#drop = drop;
  }

  /**
   * Sends the event of a fact, or keeps it while there is no telemetry: the first facts may be older. The record names its context,
   * because that of a later moment is another one. Returns false when too many wait already.
   */
  send(event: string, record: LogRecord): boolean {
    const logger = this.#currentLogger();
    if (isEnabled(logger, record)) {
      if (this.#waiting.length > 0) this.sendWaiting();
      logger.emit(record);
      return true;
    }
    const hasRoom = this.#waiting.length < MAX_WAITING;
    if (hasRoom) this.#waiting.push(record);
    else this.#drop(event, 'queue_full');
    return hasRoom;
  }

  /** Sends the events that wait. */
  sendWaiting(): void {
    const logger = this.#currentLogger();
    for (const record of this.#waiting.splice(0)) {
      try {
        logger.emit(record);
      } catch {
        this.#drop(OTHER, 'internal');
      }
    }
  }

  /** The telemetry may start at any time, so its provider is asked for each time. */
  #currentLogger(): Logger {
    const provider = loggerProvider();
    if (this.#logger !== undefined && provider === this.#provider) return this.#logger;
    this.#provider = provider;
    this.#logger = provider.getLogger(SCOPE);
    return this.#logger;
  }
}

/** The loggers of older SDKs do not have this question: they are there, so they are enabled. */
function isEnabled(logger: Partial<Logger>, record: LogRecord): boolean {
  return logger.enabled === undefined || logger.enabled(record);
}
