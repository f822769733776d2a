/** Creates the pino logger with the options that pino handles itself. */
import { invalidOption, MoneytrailError } from '@moneytrail/catalogue';
import { pino } from 'pino';
import { logMethodFor } from './calls.ts';
import { opened, standardOutput } from './destination.ts';
import { formattersFor } from './formatters.ts';
import type { Keys, LoggerTree } from './logger-tree.ts';
import type { Values } from './options.ts';
import { isFunction, isPinoLogger, type PinoLogger } from './symbols.ts';
import type { LineOptions } from './write.ts';

/** The field names of message and error. */
export function keysOf({ messageKey = 'msg', errorKey = 'err' }: Values): Keys {
  return { messageKey: String(messageKey), errorKey: String(errorKey) };
}

/** The options that are applied to each line. */
export function lineOptionsOf({ nestedKey, mixinMergeStrategy, hooks }: Values): LineOptions {
  const { streamWrite } = Object(hooks);
  return {
    nestedKey: typeof nestedKey === 'string' ? nestedKey : undefined,
    mixinMergeStrategy: isFunction(mixinMergeStrategy) ? mixinMergeStrategy : undefined,
    streamWrite: isFunction(streamWrite) ? streamWrite : undefined,
  };
}

/** Creates the logger. Options that pino rejects throw `MONEYTRAIL_OPTION_INVALID`. */
export function createPino(tree: LoggerTree, values: Values): PinoLogger {
  const { redact, environment, serviceName, serviceVersion, ...passed } = values;
  const { destination, name, nestedKey, safe, ...options } = passed;
  const { logMethod } = Object(options['hooks']);
  const ofPino = {
    ...options,
    base: null,
    timestamp: timestampFor(tree, options['timestamp']),
    // Errors are serialized during redaction.
    serializers: { err: (error: unknown) => error, ...Object(options['serializers']) },
    formatters: formattersFor(Object(options['formatters']), tree.attempts),
    hooks: { logMethod: logMethodFor(tree, isFunction(logMethod) ? logMethod : undefined) },
  };
  try {
    const made: unknown = Reflect.apply(pino, undefined, [ofPino, destinationFor(values)]);
    if (isPinoLogger(made)) return made;
    throw new TypeError('this copy of pino does not create loggers');
  } catch (error) {
    if (error instanceof MoneytrailError) throw error;
    const reason = error instanceof Error ? error.message : 'an error';
    throw Object.assign(invalid(reason, 'options that pino accepts'), { cause: error });
  }
}

function timestampFor({ attempts, clock }: LoggerTree, given: unknown): unknown {
  if (given === false) return false;
  const usual = (): string => `,"time":${clock.nowMs}`;
  if (!isFunction(given)) return usual;
  const own = (): string => {
    const text = given();
    if (typeof text === 'string') return text;
    throw new TypeError('its result is not a string');
  };
  return () => attempts.run('timestamp', own, usual);
}

function destinationFor({ destination, transport }: Values): unknown {
  if (transport === undefined) return opened(destination) ?? standardOutput();
  if (destination === undefined) return undefined;
  throw invalid('both', 'either a transport or a destination');
}

function invalid(value: string, expected: string): MoneytrailError {
  const name = 'the options of createLogger';
  return invalidOption(name, value, expected);
}
