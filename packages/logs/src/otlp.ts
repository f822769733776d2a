import { ownLoggers } from '@moneytrail/catalogue';
import {
  context,
  type LoggerProvider,
  logs,
  type Logger as OtlpLogger,
  type SeverityNumber,
} from '@opentelemetry/api';
import type { Logger } from 'pino';

const own = ownLoggers<LoggerProvider>();

/** The telemetry may start after this module is loaded, so its provider is asked for each time; most times it is the same. */
const sender: { provider?: LoggerProvider; logger?: OtlpLogger } = {};

function currentSender(): OtlpLogger {
  const provider = own.provider ?? logs.getLoggerProvider();
  if (sender.logger !== undefined && sender.provider === provider) return sender.logger;
  sender.provider = provider;
  sender.logger = provider.getLogger('@moneytrail/logs');
  return sender.logger;
}

/** A record as pino hands it to a destination: redacted already, the message apart. */
export interface SentRecord {
  readonly level: number;
  readonly timeMs: number;
  readonly message: unknown;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly logger: Logger;
}

// pino counts 10, 20, … 60 from trace to fatal, OpenTelemetry 1, 5, … 21. A level in between belongs to the one below.
function severityOf(level: number): SeverityNumber {
  const step = Math.min(Math.max(Math.floor(level / 10), 1), 6);
  return 4 * step - 3;
}

// Fields that OTLP carries elsewhere: the ids in the context, the service in the resource, the message in the body.
const ELSEWHERE = new Set([
  'trace_id',
  'span_id',
  'trace_flags',
  'service.name',
  'service.version',
  'msg',
]);

interface SerialisedError {
  readonly type: unknown;
  readonly message: unknown;
  readonly stack: unknown;
}

function isError(value: unknown): value is SerialisedError {
  return typeof value === 'object' && value !== null && 'stack' in value && 'message' in value;
}

function addError(attributes: Record<string, unknown>, error: SerialisedError): void {
  const { type, message, stack, ...rest } = error;
  attributes['exception.type'] = type;
  attributes['exception.message'] = message;
  attributes['exception.stacktrace'] = stack;
  if (Object.keys(rest).length > 0) attributes['err'] = rest;
}

const attributesOfBindings = new WeakMap<object, Record<string, unknown>>();

/** Fields come after bindings, so that a line has the last word. */
function attributesOf(
  bindings: Readonly<Record<string, unknown>>,
  fields: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const attributes = { ...ofBindings(bindings) };
  addFields(attributes, fields);
  return attributes;
}

/** The bindings of a logger are one object as long as they stay the same. */
function ofBindings(bindings: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const known = attributesOfBindings.get(bindings);
  if (known !== undefined) return known;
  const attributes: Record<string, unknown> = {};
  addFields(attributes, bindings);
  attributesOfBindings.set(bindings, attributes);
  return attributes;
}

function addFields(
  attributes: Record<string, unknown>,
  fields: Readonly<Record<string, unknown>>,
): void {
  for (const name of Object.keys(fields)) {
    const value = fields[name];
    if (name === 'err' && isError(value)) addError(attributes, value);
    else if (!ELSEWHERE.has(name)) attributes[name] = value;
  }
}

/** Sends one record through the logs API; without an SDK behind it nothing is built and nothing is sent. */
export function send(record: SentRecord, bindings: () => Readonly<Record<string, unknown>>): void {
  const severityNumber = severityOf(record.level);
  const active = context.active();
  const logger = currentSender();
  if (!logger.enabled({ context: active, severityNumber })) return;
  logger.emit({
    context: active,
    timestamp: record.timeMs,
    severityNumber,
    severityText: record.logger.levels.labels[record.level] ?? String(record.level),
    body: record.message ?? record.fields['msg'],
    attributes: attributesOf(bindings(), record.fields),
  });
}
