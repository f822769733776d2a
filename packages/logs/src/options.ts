/** The options of `createLogger`: types and validation. */
import { checkNames, invalidOption } from '@moneytrail/catalogue';
import { type LoggerOptions as PinoOptions, pino } from 'pino';
import type { LogDestination } from './destination.ts';
import type { RedactOptions } from './hidden.ts';
import { OPTION_KINDS, UNSUPPORTED } from './option-kinds.ts';
import type { Environment } from './resource.ts';

/** Options of `createLogger`. All are optional. Options that are not described here work as in pino. */
export interface LoggerOptions<
  CustomLevels extends string = never,
  UseOnlyCustomLevels extends boolean = boolean,
> extends Omit<
    PinoOptions<CustomLevels, UseOnlyCustomLevels>,
    'browser' | 'depthLimit' | 'edgeLimit' | 'levelVal' | 'level' | 'redact'
  > {
  /**
   * Lowest level that is written: `trace`, `debug`, `info`, `warn`, `error`, `fatal`, `silent`, or one of `customLevels`.
   * @defaultValue `LOG_LEVEL`, else `info`
   */
  readonly level?: string;
  /** @defaultValue `OTEL_SERVICE_NAME`, else `service.name` of `OTEL_RESOURCE_ATTRIBUTES` */
  readonly serviceName?: string;
  /** @defaultValue `service.version` of `OTEL_RESOURCE_ATTRIBUTES` */
  readonly serviceVersion?: string;
  /** Fields to hide in addition to the known ones: names, at any depth and in any case, and paths as in pino. */
  readonly redact?: readonly string[] | RedactOptions;
  /**
   * Destination of lines. It may also be passed as second argument of `createLogger`, which accepts the path of a file, too.
   * @defaultValue standard output, written synchronously so that the process can end at any time without losing a line
   */
  readonly destination?: LogDestination;
  /** @defaultValue `process.env` */
  readonly environment?: Environment;
}

/** Valid options, without those that are `undefined`. */
export type Values = Readonly<Record<string, unknown>>;

/**
 * Reads each option once. Throws `MONEYTRAIL_OPTION_UNKNOWN` for unknown options, and `MONEYTRAIL_OPTION_INVALID` for
 * invalid or unsupported ones.
 */
export function readOptions(given: object, destination: unknown): Values {
  if ('write' in given) {
    throw invalidOption(
      'the first argument of createLogger',
      given,
      'an object of options; pass the stream as second argument',
    );
  }
  const values: Record<string, unknown> = { ...given };
  for (const [name, value] of Object.entries(values)) {
    check(name, value);
    if (value === undefined) delete values[name];
  }
  checkNames('createLogger', given, Object.keys(OPTION_KINDS));
  if (destination === undefined) return values;
  if (typeof destination !== 'string' || destination === '') check('destination', destination);
  if ('destination' in values) throw invalidOption('destination', destination, 'given once');
  return { ...values, destination };
}

/** The lowest level that is written. Throws `MONEYTRAIL_OPTION_INVALID` for unknown levels. */
export function readLevel(options: Values, environment: Environment): string {
  const name = options['level'] === undefined ? 'LOG_LEVEL' : 'level';
  const level = options['level'] ?? (environment['LOG_LEVEL'] || 'info');
  const own = options['useOnlyCustomLevels'] === true ? [] : Object.keys(pino.levels.values);
  const levels = [...own, ...Object.keys(Object(options['customLevels'])), 'silent'];
  const known =
    levels.find((one) => one === level) ??
    levels.find((one) => typeof level === 'string' && one === level.toLowerCase());
  if (known === undefined) throw invalidOption(name, level, `one of ${levels.join(', ')}`);
  return known;
}

function check(name: string, value: unknown): void {
  const instead = Object.hasOwn(UNSUPPORTED, name) ? UNSUPPORTED[name] : undefined;
  if (instead !== undefined) throw invalidOption(name, value, instead);
  if (!isKnown(name)) return;
  const { expected, accepts } = OPTION_KINDS[name];
  if (value !== undefined && !accepts(value)) throw invalidOption(name, value, expected);
}

function isKnown(name: string): name is keyof typeof OPTION_KINDS {
  return Object.hasOwn(OPTION_KINDS, name);
}
