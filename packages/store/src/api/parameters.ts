/** Reads the parameters of queries. */
import { HttpError, quote } from './errors.ts';

/** A half-open range of time in microseconds; open ends are undefined. */
export interface TimeRange {
  readonly fromUs: number | undefined;
  readonly toUs: number | undefined;
}

/** The same in milliseconds. */
export interface RangeMs {
  readonly fromMs: number | undefined;
  readonly toMs: number | undefined;
}

/** Highest time that is exact in JavaScript, the year 2255. */
const MAX_US = Number.MAX_SAFE_INTEGER;

const RFC_3339 = /^(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?([Zz]|[+-]\d\d:\d\d)$/;

/** Reads `from` and `to`. Throws `HttpError` on anything that is not a time, and on a range that begins after its end. */
export function readRange(query: URLSearchParams): TimeRange {
  const fromUs = readTime(query, 'from');
  const toUs = readTime(query, 'to');
  if (fromUs !== undefined && toUs !== undefined && fromUs > toUs) {
    throw new HttpError(
      'bad_range',
      `${quote('from', query.get('from') ?? '')}, ${quote('to', query.get('to') ?? '')}`,
    );
  }
  return { fromUs, toUs };
}

/** The same for columns in milliseconds: both ends are rounded up. */
export function readRangeMs(query: URLSearchParams): RangeMs {
  const { fromUs, toUs } = readRange(query);
  return {
    fromMs: fromUs === undefined ? undefined : Math.ceil(fromUs / 1000),
    toMs: toUs === undefined ? undefined : Math.ceil(toUs / 1000),
  };
}

function readTime(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null || text === '') return undefined;
  const us = /^-?\d{1,16}$/.test(text) ? Number(text) * 1000 : parseRfc3339(text);
  if (us === undefined || Math.abs(us) > MAX_US) throw new HttpError('bad_time', quote(name, text));
  return us;
}

/** Microseconds of a time with its zone, or `undefined` for anything else, such as 30 February. */
export function parseRfc3339(text: string): number | undefined {
  const [, date = '', time = '', fraction = '', zone = ''] = RFC_3339.exec(text) ?? [];
  const day = Date.parse(`${date}T00:00:00Z`);
  const ms = Date.parse(`${date}T${time}${zone.toUpperCase()}`);
  // `Date` rolls 30 February over to March, so the day has to come out as it went in.
  if (Number.isNaN(ms) || Number.isNaN(day) || new Date(day).toISOString().slice(0, 10) !== date)
    return undefined;
  return ms * 1000 + Number(fraction.padEnd(6, '0').slice(0, 6));
}

/** Reads `limit`. Throws `HttpError` outside 1 to `max`. */
export function readLimit(query: URLSearchParams, fallback: number, max: number): number {
  const text = query.get('limit') ?? String(fallback);
  const limit = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  if (limit < 1 || limit > max)
    throw new HttpError('bad_limit', `${quote('limit', text)} (1 to ${max})`);
  return limit;
}

/** Reads one of a closed set of words; `undefined` when it is not given. */
export function readChoice<Word extends string>(
  query: URLSearchParams,
  name: string,
  words: readonly Word[],
): Word | undefined {
  const text = query.get(name);
  if (text === null || text === '') return undefined;
  const word = words.find((one) => one === text);
  if (word === undefined)
    throw new HttpError('bad_filter', `${quote(name, text)} (one of ${words.join(', ')})`);
  return word;
}

/** A trace id in lower case; the short ids of other tools are filled up. Throws `HttpError` on anything else. */
export function readTraceId(text: string): string {
  if (!/^(?:[0-9a-f]{16}|[0-9a-f]{32})$/i.test(text))
    throw new HttpError('bad_trace_id', quote('Trace', text));
  return text.toLowerCase().padStart(32, '0');
}

/** A cursor behind a row: its time and the texts that order rows of the same time. */
export function toCursor(at: number, texts: readonly string[]): string {
  return [at, ...texts.map((text) => Buffer.from(text).toString('base64url'))].join('_.');
}

/** Reads `before`, with its texts; nothing when it is not given. Throws `HttpError` for what is not a cursor. */
export function readCursor(
  query: URLSearchParams,
  texts: number,
): readonly [number, ...string[]] | readonly [] {
  const given = query.get('before');
  if (given === null || given === '') return [];
  const [at = '', ...rest] = given.split('_.');
  const isCursor = /^-?\d{1,16}$/.test(at) && rest.length === texts;
  if (!isCursor || !rest.every((one) => /^[\w-]*$/.test(one))) {
    throw new HttpError('bad_cursor', quote('before', given));
  }
  return [Number(at), ...rest.map((one) => Buffer.from(one, 'base64url').toString())];
}

/** A condition of SQL with its values; `undefined` values mean that the condition is not asked for. */
export interface Condition {
  readonly sql: string;
  readonly values: readonly (string | number)[];
}

/** Joins those conditions whose values are given. */
export function where(
  conditions: readonly (readonly [string, ...(string | number | undefined)[]])[],
): Condition {
  const asked = conditions.filter(([, ...values]) => values.every((value) => value !== undefined));
  return {
    sql: asked.length === 0 ? 'true' : asked.map(([sql]) => sql).join(' AND '),
    values: asked.flatMap(([, ...values]) => values.filter((value) => value !== undefined)),
  };
}

/** A text for `LIKE … ESCAPE '\'` that is found anywhere. */
export function containing(text: string): string {
  return `%${text.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
}
