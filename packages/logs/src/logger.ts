import { withOptions } from '@moneytrail/catalogue';
import { type Logger, pino } from 'pino';
import { Attempts } from './attempts.ts';
import { adoptChildren } from './children.ts';
import { type LogDestination, listenToErrors } from './destination.ts';
import { Family } from './family.ts';
import { readHiddenOfRoot } from './hidden.ts';
import { type LoggerOptions, readLevel, readOptions } from './options.ts';
import { createPino, keysOf, lineOptionsOf } from './pino-options.ts';
import { resourceFields } from './resource.ts';
import { answerOtherCopies } from './symbols.ts';
import { Writer } from './write.ts';

/** The options that are read before all are checked. */
type FirstOptions = Pick<LoggerOptions, 'environment' | 'serviceName' | 'serviceVersion'>;

/**
 * Makes a logger of [pino](https://getpino.io), which takes the options of pino. Each line carries `trace_id`, `span_id` and
 * `trace_flags` of the active span and the service's name and version, and leaves a second time over OTLP where
 * `@moneytrail/telemetry` runs. Values of the fields in `REDACTED_FIELDS`, and of those that `redact` names, are replaced in both,
 * whatever the other options make of a record.
 *
 * An option that there is not throws `MONEYTRAIL_OPTION_UNKNOWN` here, one that cannot be used `MONEYTRAIL_OPTION_INVALID`. A log
 * call never throws.
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
// `ReturnType` sees the last one alone.
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
  const family = new Family(attempts, keysOf(values));
  const hidden = readHiddenOfRoot(values['redact'], attempts);
  const logger = createPino(family, { ...values, level: readLevel(values, environment) });
  const root = family.adopt(logger, hidden);
  const writer = new Writer(family, root, lineOptionsOf(values));
  root[pino.symbols.writeSym] = function write(given, message, level) {
    writer.write(family.memberOf(this), given, message, level);
  };
  adoptChildren(family, root);
  answerOtherCopies(root);
  listenToErrors(root[pino.symbols.streamSym]);
  const { base, name } = values;
  if (base !== null) {
    family.bindBase(root, { ...resourceFields(options, environment) }, { ...Object(base), name });
  }
  return root;
}
