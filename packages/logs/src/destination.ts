import type { DestinationStream, Logger } from 'pino';
import type { LogDestination } from './options.ts';
import { send } from './otlp.ts';

const METADATA = Symbol.for('pino.metadata');

/** The fields bound to a logger, as its lines carry them. */
type BindingsOf = (logger: Logger) => Readonly<Record<string, unknown>>;

/** pino leaves here what it has just made a line of, so that the line need not be parsed again for OTLP. */
class BothWays implements DestinationStream {
  readonly [METADATA] = true;
  lastLevel = 0;
  lastTime = '';
  lastMsg: unknown;
  lastObj: Readonly<Record<string, unknown>> = {};
  lastLogger: Logger | undefined;

  readonly #destination: LogDestination;
  readonly #bindingsOf: BindingsOf;

  constructor(destination: LogDestination, bindingsOf: BindingsOf) {
    this.#destination = destination;
    this.#bindingsOf = bindingsOf;
  }

  write(line: string): void {
    try {
      this.#destination.write(line);
    } catch {
      // The line is lost where it was to be written; the copy over OTLP still goes out.
    }
    try {
      this.#send();
    } catch {
      // The line has been written; a log record must not fail a payment.
    }
  }

  flush(callback: (error?: Error) => void): void {
    if (this.#destination.flush === undefined) callback();
    else this.#destination.flush(callback);
  }

  #send(): void {
    const { lastLogger: logger } = this;
    if (logger === undefined) return;
    const record = {
      level: this.lastLevel,
      timeMs: Number(this.lastTime),
      message: this.lastMsg,
      fields: this.lastObj,
      logger,
    };
    send(record, () => this.#bindingsOf(logger));
  }
}

/**
 * Makes a destination that writes each line to `destination` and sends the same record over OTLP. Neither a full disk nor a
 * failing exporter reaches the caller.
 */
export function bothWays(destination: LogDestination, bindingsOf: BindingsOf): DestinationStream {
  return new BothWays(destination, bindingsOf);
}
