/** Creates loggers. */
import { withOptions } from '@moneytrail/catalogue';
import { type Logger, pino } from 'pino';
import { Attempts } from './attempts.ts';
import { attachChildren } from './children.ts';
import { type LogDestination, listenToErrors } from './destination.ts';
import { readHiddenOfRoot } from './hidden.ts';
import { LoggerTree } from './logger-tree.ts';
import { type LoggerOptions, readLevel, readOptions } from './options.ts';
import { createPino, keysOf, lineOptionsOf } from './pino-options.ts';
import { resourceFields } from './resource.ts';
import { supportOtherCopies } from './symbols.ts';
import { Writer } from './write.ts';

/** The options that are read before validation. */
type FirstOptions = Pick<LoggerOptions, 'environment' | 'serviceName' | 'serviceVersion'>;

/**
 * Creates a [pino](https://getpino.io) logger. It accepts the options of pino. Each line carries `trace_id`, `span_id` and
 * `trace_flags` of the active span, and name and version of the service. If `@moneytrail/telemetry` runs, the line is also
 * sent over OTLP. In both, the values of the fields in `REDACTED_FIELDS` and in `redact` are replaced, also in the results
 * of other options.
 *
 * Unknown options throw `MONEYTRAIL_OPTION_UNKNOWN`, invalid ones `MONEYTRAIL_OPTION_INVALID`. Log calls never throw.
 *
 * @example
 * ```ts
 * import { createLogger } from '@moneytrail/logs';
 * const logger = createLogger({ serviceName: 'checkout', redact: ['guests[*].passport'] });
 * logger.info({ payment: 'pi_1', card: { number: '4242424242424242' } }, 'payment taken');
 * ```
 */
export function createLogger<
  CustomLevels extends string = never,
  UseOnlyCustomLevels extends boolean = boolean,
>(
  options?: LoggerOptions<CustomLevels, UseOnlyCustomLevels>,
  destination?: LogDestination | string,
): Logger<CustomLevels, UseOnlyCustomLevels>;
// `ReturnType` uses the last overload only.
export function createLogger(
  options?: LoggerOptions,
  destination?: LogDestination | string,
): Logger;
export function createLogger(
  options: FirstOptions = {},
  destination?: LogDestination | string,
): unknown {
  return withOptions('createLogger', options, (given) => make(given, destination));
}

function make(options: FirstOptions, destination: unknown): Logger {
  const values = readOptions(options, destination);
  const environment = options.environment ?? process.env;
  const attempts = new Attempts();
  const tree = new LoggerTree(attempts, keysOf(values));
  const hidden = readHiddenOfRoot(values['redact'], attempts);
  const logger = createPino(tree, { ...values, level: readLevel(values, environment) });
  const root = tree.attachRoot(logger, hidden);
  const writer = new Writer(tree, root, lineOptionsOf(values));
  root[pino.symbols.writeSym] = function write(given, message, level) {
    writer.write(tree.loggerOf(this), given, message, level);
  };
  attachChildren(tree, root);
  supportOtherCopies(root);
  listenToErrors(root[pino.symbols.streamSym]);
  const { base, name } = values;
  if (base !== null) {
    tree.bindBase(root, { ...resourceFields(options, environment) }, { ...Object(base), name });
  }
  return root;
}
