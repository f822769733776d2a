import { shownValue, withOptions } from '@moneytrail/catalogue';
import { maskText, remembered } from '@moneytrail/privacy';
import { context, isSpanContextValid, trace } from '@opentelemetry/api';
import { type Logger, type LoggerOptions as PinoOptions, pino } from 'pino';
import { bothWays } from './destination.ts';
import { createFamily, type Family } from './family.ts';
import { type LoggerOptions, readDestination, readLevel, readRedact } from './options.ts';
import { readArgument, readFields } from './record.ts';
import { resourceFields } from './resource.ts';

/** The ids of the active span; none without one. */
function spanIds(): Record<string, string> | undefined {
  const span = trace.getSpanContext(context.active());
  if (span === undefined || !isSpanContextValid(span)) return undefined;
  const flags = span.traceFlags.toString(16).padStart(2, '0');
  return { trace_id: span.traceId, span_id: span.spanId, trace_flags: flags };
}

/** Members of a list that is logged as a record. */
const MAX_LIST = 1000;

/**
 * Calls pino's log function. pino reads the record before it copies it, so a record with a hostile getter makes it throw:
 * then it gets a copy.
 */
function logSafely(
  family: Family,
  logger: Logger,
  log: (...values: never) => void,
  [first, ...rest]: readonly unknown[],
): void {
  const rules = family.rulesOf(logger);
  const given = rest.length > 0 ? rest : impliedMessage(first);
  const others = given.map((value) =>
    typeof value === 'string' ? value : readArgument(rules, value),
  );
  try {
    Reflect.apply(log, logger, [readFirst(first), ...others]);
  } catch {
    const record = typeof first === 'object' ? readFields(rules, first) : shownValue(first);
    Reflect.apply(log, logger, [record, ...others.map(shownValue)]);
  }
}

/** pino makes the message of an error that of a line that has none; so the line gets it here, and masked. */
function impliedMessage(first: unknown): unknown[] {
  try {
    const error = first instanceof Error ? first : Object(first).err;
    const message: unknown = error instanceof Error ? error.message : undefined;
    return typeof message === 'string' ? [message] : [];
  } catch {
    return [];
  }
}

/** pino reads an object itself, by the mixin below. */
function readFirst(first: unknown): unknown {
  if (Array.isArray(first) && first.length > MAX_LIST) return first.slice(0, MAX_LIST);
  return typeof first === 'symbol' || typeof first === 'function' ? shownValue(first) : first;
}

/** Most messages are literals, so the first ones are remembered. */
const maskMessage = remembered(maskText);

/**
 * Masks each message whole, after its prefix and its arguments were woven in: a secret may stand in several of them. Children
 * inherit this from their root.
 */
function maskMessages(root: Logger): void {
  const write: unknown = Reflect.get(root, pino.symbols.writeSym);
  if (typeof write !== 'function') return;
  Reflect.set(
    root,
    pino.symbols.writeSym,
    function writeMasked(this: unknown, record: unknown, message: unknown, level: unknown): void {
      const masked = typeof message === 'string' ? maskMessage(message) : message;
      write.call(this, record, masked, level);
    },
  );
}

function pinoOptions(family: Family, level: string, base: object): PinoOptions {
  return {
    level,
    base: { ...base },
    // Records are read and redacted here, once, for the line and for OTLP. The ids come last: no field can forge them.
    mixin: (record, _level, logger) => {
      const fields = readFields(family.rulesOf(logger), record);
      const ids = spanIds();
      return ids === undefined ? fields : Object.assign(fields, ids);
    },
    mixinMergeStrategy: (_record, whole) => whole,
    serializers: { err: (error: unknown) => error },
    hooks: {
      logMethod(values, log) {
        logSafely(family, this, log, values);
      },
    },
  };
}

/**
 * Makes a pino logger. Each line carries `trace_id`, `span_id` and `trace_flags` of the active span and the service's name
 * and version, and leaves a second time over OTLP where `@moneytrail/telemetry` runs. Values of the fields in
 * `REDACTED_FIELDS` are replaced in both, at any depth, also in children, errors and lists.
 *
 * A level, destination or list that cannot be used throws `MONEYTRAIL_OPTION_INVALID` here. A log call never throws.
 *
 * @example
 * ```ts
 * import { createLogger } from '@moneytrail/logs';
 * const logger = createLogger({ serviceName: 'checkout' });
 * logger.info({ payment: 'pi_1', card: { number: '4242424242424242' } }, 'payment taken');
 * ```
 */
export function createLogger(options: LoggerOptions = {}): Logger {
  return withOptions('createLogger', options, make);
}

function make(options: LoggerOptions): Logger {
  const environment = options.environment ?? process.env;
  const level = readLevel(options, environment);
  const family = createFamily(readRedact(options));
  const destination = bothWays(readDestination(options), family.bindingsOf);
  const name = options.name === undefined ? {} : { name: options.name };
  const base = { ...name, ...resourceFields(options, environment) };
  const logger = pino(pinoOptions(family, level, base), destination);
  maskMessages(logger);
  family.adopt(logger);
  return logger;
}
