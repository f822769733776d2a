/** Prometheus's query API for plain selectors. */
import type { Database } from '../db/database.ts';
import { parseRfc3339 } from './parameters.ts';
import { BadData, parseSelector } from './selector.ts';
import { findSeries, type Labels, metricNames, type Point, type Source, toText } from './series.ts';

/** Response of Prometheus's query API, successful or not, with its HTTP status. */
export interface PrometheusResponse {
  readonly status: number;
  readonly body: unknown;
}

/** A value older than this is stale, as in Prometheus. */
const LOOKBACK_MS = 300_000;
const MAX_STEPS = 11_000;

/** `GET /api/v1/query`: the newest value of each series at a time. */
export function query(db: Database, parameters: URLSearchParams): PrometheusResponse {
  return respond(() => {
    const atMs = readSeconds(parameters, 'time') ?? Date.now();
    const selector = parseSelector(parameters.get('query') ?? '');
    const found = findSeries(db, selector, atMs - LOOKBACK_MS);
    const pointOf = remember((id) =>
      db.get<Point>(
        `SELECT at_ms, value, count, buckets FROM points WHERE series_id = ? AND at_ms > ? AND at_ms <= ?
         ORDER BY at_ms DESC LIMIT 1`,
        ...[id, atMs - LOOKBACK_MS, atMs],
      ),
    );
    const result = found.flatMap(({ labels, sources }) => {
      const newest = valuesOf(sources, (id) => [pointOf(id) ?? []].flat()).at(-1);
      return newest ? [{ metric: labels, value: [atMs / 1000, toText(newest.read())] }] : [];
    });
    return { resultType: 'vector', result };
  });
}

/** `GET /api/v1/query_range`: the values of each series at every step. */
export function queryRange(db: Database, parameters: URLSearchParams): PrometheusResponse {
  return respond(() => {
    const steps = readSteps(parameters);
    const selector = parseSelector(parameters.get('query') ?? '');
    const first = steps[0] ?? 0;
    const found = findSeries(db, selector, first - LOOKBACK_MS);
    const last = steps.at(-1) ?? 0;
    const pointsOf = remember((id) =>
      db.all<Point>(
        'SELECT at_ms, value, count, buckets FROM points WHERE series_id = ? AND at_ms > ? AND at_ms <= ? ORDER BY at_ms',
        ...[id, first - LOOKBACK_MS, last],
      ),
    );
    const result = found.flatMap(({ labels, sources }) =>
      rangeOf(labels, fromZero(sources, valuesOf(sources, pointsOf), steps), steps),
    );
    return { resultType: 'matrix', result };
  });
}

/** `GET /api/v1/label/__name__/values`. */
export function labelNames(db: Database): PrometheusResponse {
  return respond(() => metricNames(db));
}

interface RangeResult {
  readonly metric: Labels;
  readonly values: readonly (readonly [number, string])[];
}

interface Value {
  readonly atMs: number;
  /** Reads lazily, because the buckets of a histogram take time and few of them are requested. */
  readonly read: () => number;
}

/** The values of a series in the order of their times. */
function valuesOf(
  sources: readonly Source[],
  pointsOf: (seriesId: number) => readonly Point[],
): Value[] {
  const values = sources.flatMap(({ seriesId, read }) =>
    pointsOf(seriesId).map((point) => ({ atMs: point.at_ms, read: () => read(point) })),
  );
  return sources.length === 1 ? values : values.sort((a, b) => a.atMs - b.atMs);
}

/**
 * The values with the zero of a total that begins between two steps at the earlier one, or no step would show it and the growth of a
 * process that lived shorter than a step would not be seen.
 */
function fromZero(
  sources: readonly Source[],
  values: readonly Value[],
  steps: readonly number[],
): readonly Value[] {
  const [first] = values;
  if (first === undefined || !sources.every(({ isTotal }) => isTotal)) return values;
  const before = steps.findLast((atMs) => atMs < first.atMs);
  if (before === undefined || first.read() !== 0) return values;
  return [{ ...first, atMs: before }, ...values];
}

function rangeOf(
  labels: Labels,
  points: readonly Value[],
  steps: readonly number[],
): RangeResult[] {
  const values: (readonly [number, string])[] = [];
  let next = 0;
  for (const atMs of steps) {
    while (points[next] !== undefined && (points[next]?.atMs ?? 0) <= atMs) next += 1;
    const point = points[next - 1];
    if (point && point.atMs > atMs - LOOKBACK_MS) values.push([atMs / 1000, toText(point.read())]);
  }
  return values.length === 0 ? [] : [{ metric: labels, values }];
}

function readSteps(parameters: URLSearchParams): number[] {
  const startMs = readSeconds(parameters, 'start');
  const endMs = readSeconds(parameters, 'end');
  const stepMs = readDuration(parameters.get('step') ?? '');
  if (startMs === undefined || endMs === undefined) throw new BadData('start and end are needed');
  if (endMs < startMs) throw new BadData('end timestamp must not be before start time');
  const count = Math.floor((endMs - startMs) / stepMs) + 1;
  if (count > MAX_STEPS) throw new BadData(`more than ${MAX_STEPS} steps: use a longer step`);
  return Array.from({ length: count }, (_, index) => startMs + index * stepMs);
}

const UNITS_MS: Readonly<Record<string, number>> = {
  ms: 1,
  '': 1000,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

function readDuration(text: string): number {
  const [, amount = '', unit = ''] = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)?$/.exec(text) ?? [];
  const ms = Math.round(Number(amount) * (UNITS_MS[unit] ?? 0));
  if (amount === '' || ms < 1)
    throw new BadData(`step ${JSON.stringify(text)} is not a duration such as 15 or 1m`);
  return ms;
}

function readSeconds(parameters: URLSearchParams, name: string): number | undefined {
  const text = parameters.get(name);
  if (text === null || text === '') return undefined;
  const ms = /^-?\d{1,12}(?:\.\d{1,9})?$/.test(text)
    ? Math.round(Number(text) * 1000)
    : Math.floor((parseRfc3339(text) ?? Number.NaN) / 1000);
  if (Number.isNaN(ms))
    throw new BadData(`${name} ${JSON.stringify(text)} is neither Unix seconds nor RFC 3339`);
  return ms;
}

/** The series of one histogram share their points, which are read once. */
function remember<Found>(read: (id: number) => Found): (id: number) => Found {
  const known = new Map<number, Found>();
  return (id) => {
    const found = known.has(id) ? known.get(id) : undefined;
    if (found !== undefined) return found;
    const fresh = read(id);
    known.set(id, fresh);
    return fresh;
  };
}

function respond(work: () => unknown): PrometheusResponse {
  try {
    return { status: 200, body: { status: 'success', data: work() } };
  } catch (error) {
    if (!(error instanceof BadData)) throw error;
    return { status: 400, body: { status: 'error', errorType: 'bad_data', error: error.message } };
  }
}
