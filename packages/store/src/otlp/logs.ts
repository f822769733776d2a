/** Reads log records: lines and business events. */
import { currencyExponent, moneyProblem, OTHER, OWN_SCOPE, PREFIX } from '../catalogue.ts';
import { type Batch, type Located, readRecords, type Scope, timeUs } from './batch.ts';
import type { Message } from './messages.ts';
import { type NamedObject, objectsOf } from './objects.ts';
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

/** A log record that can be stored: a plain line, or a business event when `event` is there. */
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
  readonly business?: BusinessEvent;
  /** The key of the contradiction, when the sender marked it as one: the first amount is kept, and this line counts nothing. */
  readonly conflict?: string;
}

/** What makes a log record a business event. */
export interface BusinessEvent {
  /** Name of an event of our catalogue without its prefix, name of any other event as it is. */
  readonly event: string;
  /** Empty when the sender gave none. */
  readonly id: string;
  /** The objects that it names. */
  readonly objects: readonly NamedObject[];
  /** Absent for events without money. */
  readonly amountMinor?: number;
  readonly currency?: string;
}

const SEVERITIES = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'];

/** Reads the log records of a request; events whose amount is not exact, and malformed records, are refused one by one. */
export function readLogs(request: Message): Batch<LogItem> {
  const levels = { resources: 'resourceLogs', scopes: 'scopeLogs', records: 'logRecords' };
  // An event is stored with each of its objects, and folded into one of them, which costs as much again.
  return readRecords(request, levels, readLog, ({ business }) =>
    business ? Math.max(2, 1 + business.objects.length) : 1,
  );
}

function readLog({ record, scope, resource: { service } }: Located): LogItem | string {
  const given = attributes(record);
  const times = readTimes(record);
  const event = text(record, 'eventName') || asText(given['event.name']);
  const business = isBusiness(event, given, scope)
    ? readBusiness(event.startsWith(PREFIX) ? event.slice(PREFIX.length) : event, given, service)
    : {};
  if (typeof business === 'string') return business;
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
    ...business,
  };
}

/** Events of the catalogue, and those of other catalogues: a recorder has made them, or they have the id that it gives. */
function isBusiness(event: string, given: Attributes, scope: Scope): boolean {
  const isRecorded = scope.name === OWN_SCOPE || asText(given['moneytrail.event.id']) !== '';
  return event.startsWith(PREFIX) || (event !== '' && isRecorded);
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

function readBusiness(
  event: string,
  given: Attributes,
  service: string,
): Pick<LogItem, 'business' | 'conflict'> | string {
  const id = ownId(asText(given['moneytrail.event.id']), service);
  if (given['moneytrail.event.conflict'] === true) return { conflict: conflictOf(event, id) };
  const business = readEvent(event, id, given);
  return typeof business === 'string' ? business : { business };
}

/** The key of a contradiction: the event, and an id that ends with the amount. */
export function conflictOf(event: string, id: string): string {
  return `conflict:${event}:${id}`;
}

function readEvent(event: string, id: string, given: Attributes): BusinessEvent | string {
  const minor = given[MAIN_AMOUNT];
  // A fee without an amount has no currency of its own; it has to be exact all the same.
  const currency = minor === undefined ? ANY_CURRENCY : given['money.currency'];
  for (const [name, amount] of Object.entries(given)) {
    // An empty value means that there is no such amount.
    const isAmount = name.endsWith('.amount_minor') && (amount !== null || name === MAIN_AMOUNT);
    const problem = isAmount ? problemOf(amount, currency) : undefined;
    if (problem) return problem;
  }
  const business = { event, id, objects: objectsOf(given) };
  if (minor === undefined) return business;
  return { ...business, amountMinor: Number(minor), currency: String(currency) };
}

/** Codes travel in capitals: two spellings would be two currencies in every sum. */
function problemOf(minor: unknown, currency: unknown): string | undefined {
  const isCode = typeof currency === 'string' && currencyExponent(currency) !== undefined;
  return isCode ? moneyProblem({ minor, currency }) : 'unknown_currency';
}

const MAIN_AMOUNT = 'money.amount_minor';
const ANY_CURRENCY = 'EUR';

/** Whose objects older versions meant where they said no more than that the provider is not in the list. */
export const OLD_OWNER: string = `${OTHER}:`;

/** Two services may both have an object 7, so an id that older versions wrote gets the service that it comes from. */
function ownId(id: string, service: string): string {
  return id.startsWith(`${OTHER}/`) ? OLD_OWNER + service + id.slice(OTHER.length) : id;
}
