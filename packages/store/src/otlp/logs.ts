import { moneyProblem, OTHER, PREFIX } from '@moneytrail/catalogue';
import { type Batch, emptyBatch, type Located, refuse, timeUs, walk } from './batch.ts';
import type { Message } from './messages.ts';
import {
  type Attributes,
  anyValue,
  asText,
  attributes,
  child,
  hexId,
  integer,
  text,
} from './read.ts';

/** A log record that can be stored: a plain line, or a business fact when `fact` is there. */
export interface LogItem {
  /** 0 when the sender gave no time. */
  readonly atUs: number;
  readonly observedUs: number;
  readonly severity: string;
  readonly body: string;
  readonly event: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly attributes: Attributes;
  readonly fact?: Fact;
}

/** What makes a log record a business fact. */
export interface Fact {
  /** Name of the catalogue, without prefix. */
  readonly event: string;
  /** Empty when the sender gave none. */
  readonly id: string;
  /** Absent for events without money. */
  readonly amountMinor?: number;
  readonly currency?: string;
}

const SEVERITIES = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'];

/** Reads the log records of a request; facts whose amount is not exact are refused one by one. */
export function readLogs(request: Message): Batch<LogItem> {
  const batch = emptyBatch<LogItem>();
  const levels = { resources: 'resourceLogs', scopes: 'scopeLogs', records: 'logRecords' };
  for (const located of walk(request, levels)) {
    const item = readLog(located);
    if (typeof item === 'string') refuse(batch, item);
    else batch.items.push({ resource: located.resource, item });
  }
  return batch;
}

function readLog({ record, resource: { service } }: Located): LogItem | string {
  const given = attributes(record);
  const times = readTimes(record);
  const event = text(record, 'eventName') || asText(given['event.name']);
  // A fact whose first amount stands is a line: it is seen, and it counts nothing.
  const isFact = event.startsWith(PREFIX) && given['moneytrail.event.conflict'] !== true;
  const fact = isFact ? readFact(event.slice(PREFIX.length), given, service) : undefined;
  if (typeof fact === 'string') return fact;
  if (!times) return 'invalid_time';
  return {
    ...times,
    severity: severity(record),
    body: asText(anyValue(child(record, 'body'))),
    event,
    // A line with a broken trace id is still a line, so it is kept without.
    traceId: hexId(record, 'traceId', 16) ?? '',
    spanId: hexId(record, 'spanId', 8) ?? '',
    attributes: given,
    ...(fact && { fact }),
  };
}

function readTimes(record: Message): Pick<LogItem, 'atUs' | 'observedUs'> | undefined {
  const atUs = timeUs(record, 'timeUnixNano');
  const observedUs = timeUs(record, 'observedTimeUnixNano');
  return atUs === undefined || observedUs === undefined
    ? undefined
    : { atUs: atUs || observedUs, observedUs };
}

function severity(record: Message): string {
  const number = Number(integer(record, 'severityNumber'));
  const name = SEVERITIES[Math.floor((number - 1) / 4)];
  return name ?? (text(record, 'severityText').toUpperCase() || 'INFO');
}

function readFact(event: string, given: Attributes, service: string): Fact | string {
  const id = ownId(asText(given['moneytrail.event.id']), service);
  const minor = given['money.amount_minor'];
  const currency = given['money.currency'];
  if (minor === undefined) return { event, id };
  const problem =
    moneyProblem({ minor, currency }) ??
    // Without a fee the amount itself is looked at twice, which is harmless.
    moneyProblem({ minor: given['platform_fee.amount_minor'] ?? minor, currency });
  return problem ?? { event, id, amountMinor: Number(minor), currency: String(currency) };
}

/** Objects without a provider belong to the service; older versions did not say whose they are. */
function ownId(id: string, service: string): string {
  return id.startsWith(`${OTHER}/`) ? `service:${service}/${id.slice(OTHER.length + 1)}` : id;
}
