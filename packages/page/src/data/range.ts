/** The range of time that the views show: the last minutes, which move on, or two fixed ends. */
import { computed, type ReadonlySignal } from '@preact/signals';
import { place } from './location.ts';
import { moment } from './time.ts';

/** A range of time as the address names it. */
export interface Range {
  /** `15m`, or `fixed` for two fixed ends. */
  readonly name: string;
  /** Text in a control: `Last 15 min`. */
  readonly label: string;
  /** Text in a sentence: `in the last 15 minutes`. */
  readonly phrase: string;
  /** Length of a moving range; undefined for fixed ends and for all data. */
  readonly lengthMs?: number;
  readonly fromMs?: number;
  readonly toMs?: number;
}

const MINUTE_MS = 60_000;

/** The ranges to choose from, shortest first. */
export const RANGES: readonly Range[] = [
  { name: '5m', label: 'Last 5 min', phrase: 'in the last 5 minutes', lengthMs: 5 * MINUTE_MS },
  { name: '15m', label: 'Last 15 min', phrase: 'in the last 15 minutes', lengthMs: 15 * MINUTE_MS },
  { name: '1h', label: 'Last hour', phrase: 'in the last hour', lengthMs: 60 * MINUTE_MS },
  { name: '6h', label: 'Last 6 hours', phrase: 'in the last 6 hours', lengthMs: 360 * MINUTE_MS },
  {
    name: '24h',
    label: 'Last 24 hours',
    phrase: 'in the last 24 hours',
    lengthMs: 1440 * MINUTE_MS,
  },
  { name: 'all', label: 'All data', phrase: 'in all data' },
];

/** The range of an address that names none. */
export const DEFAULT_RANGE = '15m';

/** The range in the address; an unknown name selects the default. */
export const range: ReadonlySignal<Range> = computed(() => readRange(place.value.query));

/** Reads a range from a query. */
function readRange(query: URLSearchParams): Range {
  const fromMs = readMs(query.get('from'));
  const toMs = readMs(query.get('to'));
  if (fromMs !== undefined && toMs !== undefined && fromMs < toMs) return fixedRange(fromMs, toMs);
  const named = RANGES.find((one) => one.name === (query.get('range') ?? DEFAULT_RANGE));
  return named ?? readRange(new URLSearchParams());
}

/** The ends of a range at a moment; `fromMs` is undefined for all data. */
export function rangeEnds(
  one: Range,
  nowMs: number,
): { readonly fromMs?: number; readonly toMs: number } {
  if (one.fromMs !== undefined) return { fromMs: one.fromMs, toMs: one.toMs ?? nowMs };
  return one.lengthMs === undefined
    ? { toMs: nowMs }
    : { fromMs: nowMs - one.lengthMs, toMs: nowMs };
}

/** `from=…&to=…` for the store. A moving range has no end, so that events dated a little ahead are seen. */
export function rangeQuery(one: Range, nowMs: number): URLSearchParams {
  const query = new URLSearchParams();
  const { fromMs, toMs } = rangeEnds(one, nowMs);
  if (fromMs !== undefined) query.set('from', String(fromMs));
  if (one.toMs !== undefined) query.set('to', String(toMs));
  return query;
}

function fixedRange(fromMs: number, toMs: number): Range {
  const words = `${moment(fromMs)} – ${moment(toMs)}`;
  return {
    name: 'fixed',
    label: words,
    phrase: `from ${moment(fromMs)} to ${moment(toMs)}`,
    fromMs,
    toMs,
  };
}

function readMs(text: string | null): number | undefined {
  if (text === null || text === '') return undefined;
  const ms = /^\d+$/.test(text) ? Number(text) : Date.parse(text);
  return Number.isFinite(ms) ? ms : undefined;
}
