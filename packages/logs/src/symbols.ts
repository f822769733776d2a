// The parts of a logger of pino, which it keeps under symbols.
import { type Logger, pino } from 'pino';

/** Fields of a record, or bound to a logger. */
export type Fields = Readonly<Record<string, unknown>>;

/** A function of which nobody knows what it takes and gives. */
export type Unknown = (...values: readonly unknown[]) => unknown;

/** What pino hands to `write`: what was logged, its message, the level's number. */
export type Write = (this: PinoLogger, given: unknown, message: unknown, level: number) => void;

/** The parts that are read or replaced here. */
export interface PinoLogger extends Logger {
  [pino.symbols.writeSym]: Write;
  [pino.symbols.asJsonSym]: Unknown;
  /** The bound fields as text: each of them behind a comma. */
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
 * Lets a logger answer the symbols of every copy of pino in the process: most symbols belong to one copy, and `pino-http` reads a
 * logger by those of its own. The logger gets a prototype that looks up what it does not have itself.
 */
export function answerOtherCopies(logger: PinoLogger): void {
  const prototype: object = Object.getPrototypeOf(logger);
  // pino takes this one with each line, so it is not looked up.
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

/** The symbol of our copy that a symbol of another copy stands for. */
function translated(key: string | symbol): string | symbol {
  return typeof key === 'symbol' ? (BY_DESCRIPTION.get(key.description) ?? key) : key;
}
