import { listOf, MoneytrailError, shownValue } from '@moneytrail/catalogue';
import { pino } from 'pino';
import type { Environment } from './resource.ts';

/** Where lines go. A stream of Node, `pino.destination()` and `{ write() {} }` all do. */
export interface LogDestination {
  /** Takes one line of JSON, line feed included. What it throws is swallowed. */
  write(line: string): unknown;
  /** Writes what is buffered, then calls back. */
  flush?(callback: (error?: Error) => void): unknown;
}

/** Options of `createLogger`; all of them optional. */
export interface LoggerOptions {
  /**
   * Lowest level that is written: `trace`, `debug`, `info`, `warn`, `error`, `fatal` or `silent`.
   * @defaultValue `LOG_LEVEL`, else `info`
   */
  readonly level?: string;
  /** Field `name` of every line, to tell several loggers of a process apart. */
  readonly name?: string;
  /** @defaultValue `OTEL_SERVICE_NAME`, else `service.name` of `OTEL_RESOURCE_ATTRIBUTES` */
  readonly serviceName?: string;
  /** @defaultValue `service.version` of `OTEL_RESOURCE_ATTRIBUTES` */
  readonly serviceVersion?: string;
  /** Names of further fields to redact, at any depth, whatever their case. */
  readonly redact?: readonly string[];
  /** @defaultValue standard output, written synchronously so that no end of the process loses a line */
  readonly destination?: LogDestination;
  /** @defaultValue `process.env` */
  readonly environment?: Environment;
}

const LEVELS = [...Object.keys(pino.levels.values), 'silent'];

function invalid(name: string, value: unknown, expected: string): MoneytrailError {
  return new MoneytrailError('MONEYTRAIL_OPTION_INVALID', name, shownValue(value), expected);
}

/** The level to log at. Throws `MONEYTRAIL_OPTION_INVALID` for a level that pino does not have. */
export function readLevel(options: LoggerOptions, environment: Environment): string {
  const name = options.level === undefined ? 'LOG_LEVEL' : 'level';
  const level = options.level ?? (environment['LOG_LEVEL'] || 'info');
  const known = LEVELS.find((one) => typeof level === 'string' && one === level.toLowerCase());
  if (known === undefined) throw invalid(name, level, `one of ${LEVELS.join(', ')}`);
  return known;
}

/** The names to redact besides the known ones. Throws `MONEYTRAIL_OPTION_INVALID` for anything but names. */
export function readRedact(options: LoggerOptions): readonly string[] {
  const names = listOf(options.redact ?? []);
  const isName = (name: unknown): name is string => typeof name === 'string' && name !== '';
  if (names?.every(isName)) return names;
  throw invalid('redact', options.redact, 'a list of field names');
}

/** Where lines go. Throws `MONEYTRAIL_OPTION_INVALID` for something that cannot be written to. */
export function readDestination(options: LoggerOptions): LogDestination {
  const { destination } = options;
  if (destination === undefined) {
    // Errors of standard output have nowhere to be reported to, and must not end the process.
    return pino.destination({ dest: 1, sync: true }).on('error', () => undefined);
  }
  if (typeof destination?.write === 'function') return destination;
  throw invalid('destination', destination, 'an object with a method write');
}
