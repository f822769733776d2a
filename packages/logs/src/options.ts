// The options of `createLogger`: their types, and how they are read.
import { checkNames, MoneytrailError, shownValue } from '@moneytrail/catalogue';
import { type LoggerOptions as PinoOptions, pino } from 'pino';
import type { LogDestination } from './destination.ts';
import type { RedactOptions } from './hidden.ts';
import { KINDS, REFUSED } from './option-kinds.ts';
import type { Environment } from './resource.ts';

/** Options of `createLogger`; all of them optional. Those of pino that are not described here do what they do in pino. */
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
  /** What to hide besides the known fields: names at any depth, whatever their case, and paths as in pino. */
  readonly redact?: readonly string[] | RedactOptions;
  /**
   * Where lines go. The second argument of `createLogger` is the same, and may be the path of a file besides.
   * @defaultValue standard output, written synchronously so that no end of the process loses a line
   */
  readonly destination?: LogDestination;
  /** @defaultValue `process.env` */
  readonly environment?: Environment;
}

/** Options of which each is of its kind; those that are `undefined` are left out. */
export type Values = Readonly<Record<string, unknown>>;

/**
 * The options, each read once. Throws `MONEYTRAIL_OPTION_UNKNOWN` for one that there is not, and `MONEYTRAIL_OPTION_INVALID` for
 * one that is not of its kind or not possible here.
 */
export function readOptions(given: object, destination: unknown): Values {
  if ('write' in given) {
    throw invalid('what createLogger is given', given, 'options; a stream is its second argument');
  }
  const values: Record<string, unknown> = { ...given };
  for (const [name, value] of Object.entries(values)) {
    check(name, value);
    if (value === undefined) delete values[name];
  }
  checkNames('createLogger', given, Object.keys(KINDS));
  if (destination === undefined) return values;
  if (typeof destination !== 'string' || destination === '') check('destination', destination);
  if ('destination' in values) throw invalid('destination', destination, 'given once');
  return { ...values, destination };
}

/** The level to log at. Throws `MONEYTRAIL_OPTION_INVALID` for a level that the logger does not have. */
export function readLevel(options: Values, environment: Environment): string {
  const name = options['level'] === undefined ? 'LOG_LEVEL' : 'level';
  const level = options['level'] ?? (environment['LOG_LEVEL'] || 'info');
  const own = options['useOnlyCustomLevels'] === true ? [] : Object.keys(pino.levels.values);
  const levels = [...own, ...Object.keys(Object(options['customLevels'])), 'silent'];
  const known =
    levels.find((one) => one === level) ??
    levels.find((one) => typeof level === 'string' && one === level.toLowerCase());
  if (known === undefined) throw invalid(name, level, `one of ${levels.join(', ')}`);
  return known;
}

function invalid(name: string, value: unknown, expected: string): MoneytrailError {
  return new MoneytrailError('MONEYTRAIL_OPTION_INVALID', name, shownValue(value), expected);
}

function check(name: string, value: unknown): void {
  const instead = Object.hasOwn(REFUSED, name) ? REFUSED[name] : undefined;
  if (instead !== undefined) throw invalid(name, value, instead);
  if (!isKnown(name)) return;
  const { expected, accepts } = KINDS[name];
  if (value !== undefined && !accepts(value)) throw invalid(name, value, expected);
}

function isKnown(name: string): name is keyof typeof KINDS {
  return Object.hasOwn(KINDS, name);
}
