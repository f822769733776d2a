/** Sends events to the telemetry, and keeps those that precede its start. */
import { OTHER, OWN_SCOPE } from '@moneytrail/catalogue';
import type { Logger, LoggerProvider, LogRecord } from '@opentelemetry/api';
import type { DropReason } from '../losses.ts';
import { loggerProvider } from '../open-telemetry.ts';

/** Maximum number of pending events. One takes about a kilobyte. */
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
   * Sends an event, or keeps it until telemetry starts. The record carries its context, which may change before it is sent.
   * Returns false if too many events are pending.
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

  /** The logger of the current provider. Telemetry may start at any time, so the provider is read each time. */
  #currentLogger(): Logger {
    const provider = loggerProvider();
    if (this.#logger !== undefined && provider === this.#provider) return this.#logger;
    this.#provider = provider;
    this.#logger = provider.getLogger(OWN_SCOPE);
    return this.#logger;
  }
}

/** Whether a logger is enabled. Loggers of older SDKs do not have this method and are always enabled. */
function isEnabled(logger: Partial<Logger>, record: LogRecord): boolean {
  return logger.enabled === undefined || logger.enabled(record);
}
