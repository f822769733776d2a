// Events on their way to the telemetry, and those that wait for its start.
import { OTHER, OWN_SCOPE } from '@moneytrail/catalogue';
import type { Logger, LoggerProvider, LogRecord } from '@opentelemetry/api';
import type { DropReason } from '../losses.ts';
import { loggerProvider } from '../open-telemetry.ts';

/** Events that may wait for the telemetry of the service; one takes about a kilobyte. */
const MAX_PENDING = 1000;

/** Counts an event that cannot be sent. */
type Drop = (event: string, reason: DropReason) => void;

/** The events of one recorder. */
export class Outbox {
  readonly #drop: Drop;
  readonly #pending: LogRecord[] = [];
  #provider: LoggerProvider | undefined;
  #logger: Logger | undefined;

  constructor(drop: Drop) {
    this.#drop = drop;
  }

  /**
   * Sends an event, or keeps it while there is no telemetry: the first events may be older. The record names its context, because a
   * later moment has another one. Returns false when too many are pending already.
   */
  send(event: string, record: LogRecord): boolean {
    const logger = this.#currentLogger();
    if (isEnabled(logger, record)) {
      if (this.#pending.length > 0) this.sendPending();
      logger.emit(record);
      return true;
    }
    const hasRoom = this.#pending.length < MAX_PENDING;
    if (hasRoom) this.#pending.push(record);
    else this.#drop(event, 'queue_full');
    return hasRoom;
  }

  /** Sends the pending events. */
  sendPending(): void {
    const logger = this.#currentLogger();
    for (const record of this.#pending.splice(0)) {
      try {
        logger.emit(record);
      } catch {
        this.#drop(OTHER, 'internal');
      }
    }
  }

  /** The telemetry may start at any time, so its provider is looked up each time. */
  #currentLogger(): Logger {
    const provider = loggerProvider();
    if (this.#logger !== undefined && provider === this.#provider) return this.#logger;
    this.#provider = provider;
    this.#logger = provider.getLogger(OWN_SCOPE);
    return this.#logger;
  }
}

/** The loggers of older SDKs do not have this method; they are enabled. */
function isEnabled(logger: Partial<Logger>, record: LogRecord): boolean {
  return logger.enabled === undefined || logger.enabled(record);
}
