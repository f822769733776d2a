/** Sends log records over OTLP. */
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

/** The logger of the current provider. Telemetry may start after this module is loaded, so the provider is read each time. */
const sender: { provider?: LoggerProvider; logger?: OtlpLogger } = {};

/** A redacted record, with its message separate from its fields. */
export interface SentRecord {
  readonly timeMs: number;
  readonly level: number;
  readonly levels: LevelMapping;
  readonly message: unknown;
  readonly fields: Fields;
  /** The fields bound to the logger. The object stays the same until they change. */
  readonly bound: Fields;
  readonly messageKey: string;
  readonly errorKey: string;
  /** The key under which the line nests its fields. */
  readonly nestedKey: string | undefined;
}

/** Severities of the levels of pino, syslog and npm, by name. Numbers of custom levels do not imply a severity. */
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

/** Fields that OTLP carries elsewhere: ids in the context, the service in the resource. */
const ELSEWHERE = new Set([
  'trace_id',
  'span_id',
  'trace_flags',
  'service.name',
  'service.version',
]);

interface SerializedError {
  readonly type: unknown;
  readonly message: unknown;
  readonly stack: unknown;
}

type Attributes = Record<string, unknown>;

type Names = Pick<SentRecord, 'messageKey' | 'errorKey'>;

const attributesOfBound = new WeakMap<Fields, Attributes>();

/** Sends one record through the logs API. Does nothing without an SDK. Never throws. */
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
    // The line has been written, and logging must never throw.
  }
}

/** Maps levels 10, 20, … 60 of pino to severities 1, 5, … 21. A level in between has the severity of the one below. */
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

/** The attributes of a record. Its own fields override bound ones. */
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

function isError(value: unknown): value is SerializedError {
  return typeof value === 'object' && value !== null && 'stack' in value && 'message' in value;
}

function addError(attributes: Attributes, error: SerializedError, name: string): void {
  const { type, message, stack, ...rest } = error;
  attributes['exception.type'] = type;
  attributes['exception.message'] = message;
  attributes['exception.stacktrace'] = stack;
  if (Object.keys(rest).length > 0) attributes[name] = rest;
}

/** Adds fields under a key, except the error, whose attributes must be at the top for backends. */
function addNested(attributes: Attributes, fields: Fields, names: Names, key: string): void {
  const { [names.errorKey]: error, ...others } = fields;
  addFields(attributes, isError(error) ? { [names.errorKey]: error } : {}, names);
  const nested = isError(error) ? others : fields;
  if (Object.keys(nested).length > 0) attributes[key] = nested;
}
