/** The parts of a pino logger that it keeps under symbols. */
import { type Logger, pino } from 'pino';

/** Fields of a record or bindings. */
export type Fields = Readonly<Record<string, unknown>>;

/** A function of unknown signature. */
export type Unknown = (...values: readonly unknown[]) => unknown;

/** The `write` of pino: record or error, message, level number. */
export type Write = (this: PinoLogger, given: unknown, message: unknown, level: number) => void;

/** A pino logger with the parts that this package reads or replaces. */
export interface PinoLogger extends Logger {
  [pino.symbols.writeSym]: Write;
  [pino.symbols.asJsonSym]: Unknown;
  /** The bound fields as text, each preceded by a comma. */
  [pino.symbols.chindingsSym]: string;
  [pino.symbols.mixinSym]?: Unknown;
  [pino.symbols.serializersSym]: { readonly [field: string]: Unknown };
  [pino.symbols.formattersSym]: { readonly bindings: Unknown; readonly log?: Unknown };
  [pino.symbols.streamSym]: unknown;
  /** The beginning of a line, by level. */
  [pino.symbols.lsCacheSym]: unknown;
}

/** Whether a value can be called. */
export function isFunction(value: unknown): value is Unknown {
  return typeof value === 'function';
}

/** Whether an object has the parts of a logger of this copy of pino. */
export function isPinoLogger(value: unknown): value is PinoLogger {
  return typeof value === 'object' && value !== null && pino.symbols.chindingsSym in value;
}

const BY_DESCRIPTION = new Map<string | undefined, symbol>(
  Object.values(pino.symbols).map((symbol) => [symbol.description, symbol]),
);

/**
 * Makes a logger readable by the symbols of other copies of pino: most symbols belong to one copy, and `pino-http` reads
 * loggers by those of its own. The logger gets a prototype that translates them.
 */
export function supportOtherCopies(logger: PinoLogger): void {
  const prototype: object = Object.getPrototypeOf(logger);
  // pino reads this one for each line, so it is copied to the logger itself.
  logger[pino.symbols.asJsonSym] = logger[pino.symbols.asJsonSym];
  const bridge = new Proxy(prototype, {
    get(target, key, receiver): unknown {
      const own = translated(key);
      return own === key ? Reflect.get(target, key, receiver) : Reflect.get(receiver, own);
    },
    has(target, key): boolean {
      const own = translated(key);
      return own === key ? Reflect.has(target, key) : Reflect.has(logger, own);
    },
  });
  Object.setPrototypeOf(logger, bridge);
}

/** The symbol of our copy that corresponds to a symbol of another copy. */
function translated(key: string | symbol): string | symbol {
  return typeof key === 'symbol' ? (BY_DESCRIPTION.get(key.description) ?? key) : key;
}
