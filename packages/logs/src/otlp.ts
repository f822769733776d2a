// Sends what was logged over OTLP.
import { ownLoggers } from '@moneytrail/catalogue';
import {
  context,
  type LoggerProvider,
  logs,
  type Logger as OtlpLogger,
  SeverityNumber,
} from '@opentelemetry/api';
import type { LevelMapping } from 'pino';
import type { Fields } from './symbols.ts';

const own = ownLoggers<LoggerProvider>();

/** The telemetry may start after this module is loaded, so its provider is asked for each time; most times it is the same. */
const sender: { provider?: LoggerProvider; logger?: OtlpLogger } = {};

/** A record that was redacted, its message apart. */
export interface SentRecord {
  readonly timeMs: number;
  readonly level: number;
  readonly levels: LevelMapping;
  readonly message: unknown;
  readonly fields: Fields;
  /** The fields that are bound to the logger; one object as long as they stay the same. */
  readonly bound: Fields;
  readonly messageKey: string;
  readonly errorKey: string;
  /** Where the line has the fields. */
  readonly nestedKey: string | undefined;
}

/** The levels of pino, of syslog and of npm by their names; numbers of custom levels may mean anything. */
const BY_NAME: Readonly<Record<string, SeverityNumber>> = {
  trace: SeverityNumber.TRACE,
  silly: SeverityNumber.TRACE,
  debug: SeverityNumber.DEBUG,
  verbose: SeverityNumber.DEBUG,
  info: SeverityNumber.INFO,
  notice: SeverityNumber.INFO2,
  warn: SeverityNumber.WARN,
  warning: SeverityNumber.WARN,
  error: SeverityNumber.ERROR,
  err: SeverityNumber.ERROR,
  crit: SeverityNumber.ERROR2,
  critical: SeverityNumber.ERROR2,
  alert: SeverityNumber.ERROR3,
  fatal: SeverityNumber.FATAL,
  emerg: SeverityNumber.FATAL,
  emergency: SeverityNumber.FATAL,
};

/** Fields that OTLP carries elsewhere: the ids in the context, the service in the resource. */
const ELSEWHERE = new Set([
  'trace_id',
  'span_id',
  'trace_flags',
  'service.name',
  'service.version',
]);

interface SerialisedError {
  readonly type: unknown;
  readonly message: unknown;
  readonly stack: unknown;
}

type Attributes = Record<string, unknown>;

type Names = Pick<SentRecord, 'messageKey' | 'errorKey'>;

const attributesOfBound = new WeakMap<Fields, Attributes>();

/** Sends one record through the logs API; without an SDK behind it nothing is built and nothing is sent. It never throws. */
export function send(record: SentRecord): void {
  try {
    const label = record.levels.labels[record.level] ?? String(record.level);
    const severityNumber = severityOf(record.level, label);
    const active = context.active();
    const logger = currentSender();
    if (!logger.enabled({ context: active, severityNumber })) return;
    logger.emit({
      context: active,
      timestamp: record.timeMs,
      severityNumber,
      severityText: label,
      body: record.message ?? record.fields[record.messageKey],
      attributes: attributesOf(record),
    });
  } catch {
    // The line has been written; a log record must not fail a payment.
  }
}

/** pino counts 10, 20, … 60 from trace to fatal, OpenTelemetry 1, 5, … 21. A level in between belongs to the one below. */
function severityOf(level: number, label: string): SeverityNumber {
  const named = Object.hasOwn(BY_NAME, label) ? BY_NAME[label] : undefined;
  const step = Math.min(Math.max(Math.floor(level / 10), 1), 6);
  return named ?? 4 * step - 3;
}

function currentSender(): OtlpLogger {
  const provider = own.provider ?? logs.getLoggerProvider();
  if (sender.logger !== undefined && sender.provider === provider) return sender.logger;
  sender.provider = provider;
  sender.logger = provider.getLogger('@moneytrail/logs');
  return sender.logger;
}

/** Fields come after the bound ones, so that a line has the last word. */
function attributesOf(record: SentRecord): Attributes {
  const attributes = { ...ofBound(record) };
  const { nestedKey, fields } = record;
  if (nestedKey === undefined) addFields(attributes, fields, record);
  else addNested(attributes, fields, record, nestedKey);
  return attributes;
}

function ofBound(record: SentRecord): Attributes {
  const known = attributesOfBound.get(record.bound);
  if (known !== undefined) return known;
  const attributes: Attributes = {};
  addFields(attributes, record.bound, record);
  attributesOfBound.set(record.bound, attributes);
  return attributes;
}

function addFields(attributes: Attributes, fields: Fields, names: Names): void {
  for (const name of Object.keys(fields)) {
    const value = fields[name];
    if (name === names.errorKey && isError(value)) addError(attributes, value, name);
    else if (!ELSEWHERE.has(name) && name !== names.messageKey) attributes[name] = value;
  }
}

function isError(value: unknown): value is SerialisedError {
  return typeof value === 'object' && value !== null && 'stack' in value && 'message' in value;
}

function addError(attributes: Attributes, error: SerialisedError, name: string): void {
  const { type, message, stack, ...rest } = error;
  attributes['exception.type'] = type;
  attributes['exception.message'] = message;
  attributes['exception.stacktrace'] = stack;
  if (Object.keys(rest).length > 0) attributes[name] = rest;
}

/** An error stays where backends look for it. */
function addNested(attributes: Attributes, fields: Fields, names: Names, key: string): void {
  const { [names.errorKey]: error, ...others } = fields;
  addFields(attributes, isError(error) ? { [names.errorKey]: error } : {}, names);
  const nested = isError(error) ? others : fields;
  if (Object.keys(nested).length > 0) attributes[key] = nested;
}
