/** Reads the JSON columns that the store has written itself; what was damaged since is noted. */
import type { Attributes } from '../otlp/read.ts';
import type { SpanEventItem, SpanLinkItem } from '../otlp/spans.ts';
import type { Database } from './database.ts';
import { DAMAGED } from './schema.ts';

/** Place of a column; points have no ids of their own. */
export interface Place {
  readonly table: keyof typeof SIGNALS;
  readonly id: number | string;
}

/** Type of a column, and its value when it is damaged. */
interface Shape<Stored> {
  readonly is: (value: unknown) => value is Stored;
  readonly instead: Stored;
}

const SIGNALS = {
  events: 'events',
  logs: 'logs',
  spans: 'traces',
  resources: 'traces',
  series: 'metrics',
  points: 'metrics',
} as const;

/** Attributes of a record. */
export const ATTRIBUTES: Shape<Attributes> = { is: isObject<Attributes>, instead: {} };

/** Labels of a series. */
export const LABELS: Shape<Readonly<Record<string, string>>> = {
  is: (value): value is Readonly<Record<string, string>> =>
    isObject(value) && Object.values(value).every((one) => typeof one === 'string'),
  instead: {},
};

/** Bounds and buckets. */
export const NUMBERS: Shape<readonly number[]> = listOf((one) => typeof one === 'number');

/** Events of a span. */
export const SPAN_EVENTS: Shape<readonly SpanEventItem[]> = listOf(
  (one) => isObject<SpanEventItem>(one) && isObject(one.attributes),
);

/** Links of a span. */
export const SPAN_LINKS: Shape<readonly SpanLinkItem[]> = listOf(isObject);

/** Reads a column. A row that was damaged is shown without it, and counted in the drops of the store once. */
export function readColumn<Stored>(
  db: Database,
  place: Place,
  json: string,
  shape: Shape<Stored>,
): Stored {
  const stored = parse(json);
  if (shape.is(stored)) return stored;
  noteDamage(db, place);
  return shape.instead;
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function noteDamage(db: Database, { table, id }: Place): void {
  try {
    DAMAGED.insert(db, { signal: SIGNALS[table], row: `${table} ${id}`, seen_ms: Date.now() });
  } catch {
    // The disk is full: the next read of the row tries again.
  }
}

function isObject<Stored extends object>(value: unknown): value is Stored {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function listOf<One>(isOne: (one: unknown) => boolean): Shape<readonly One[]> {
  return {
    is: (value): value is readonly One[] => Array.isArray(value) && value.every(isOne),
    instead: [],
  };
}
