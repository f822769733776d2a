/** Finds stored series and reads their points. */
import type { Database } from '../db/database.ts';
import { LABELS, NUMBERS, readColumn } from '../db/json.ts';
import type { StoredPoint, StoredSeries } from '../db/schema.ts';
import type { Matcher } from './selector.ts';
import { withinTime } from './within-time.ts';

/** Labels by name, `__name__` among them. */
export type Labels = Readonly<Record<string, string>>;

/** One series as Prometheus sees it: of a histogram there is one for each bucket, the sum and the count. */
export interface Series {
  readonly labels: Labels;
  /** Several where instruments, or a histogram with its former bounds, become one series. */
  readonly sources: readonly Source[];
}

/** Where the values of a series are stored. */
export interface Source {
  readonly seriesId: number;
  /** The value of the series in a stored point. */
  readonly read: (point: Point) => number;
  /** A total begins at zero, a gauge anywhere. */
  readonly isTotal: boolean;
}

/** What is read of a stored point. */
export type Point = Pick<StoredPoint, 'at_ms' | 'value' | 'count' | 'buckets'>;

/** What is read of a stored series. */
type Found = Pick<StoredSeries, 'id' | 'metric' | 'kind' | 'labels' | 'bounds'>;

/** The series that a selector matches and that were alive after a time, in the order of their labels. */
export function findSeries(db: Database, matchers: readonly Matcher[], sinceMs: number): Series[] {
  const found = candidates(db, matchers, sinceMs).flatMap((stored) => expand(db, stored));
  const matching = withinTime(() =>
    found.filter(({ labels }) =>
      matchers.every(({ label, matches }) => matches(labelValue(labels, label))),
    ),
  );
  const series = Map.groupBy(matching, ({ labels }) => JSON.stringify(labels));
  return [...series.values()].map((same) => ({ labels: same[0]?.labels ?? {}, sources: same }));
}

/** All names that a selector can name. */
export function metricNames(db: Database): string[] {
  const rows = db.all<{ metric: string; kind: string }>('SELECT DISTINCT metric, kind FROM series');
  const names = rows.flatMap(({ metric, kind }) =>
    kind === 'histogram' ? SUFFIXES.map((suffix) => metric + suffix) : [metric],
  );
  return [...new Set(names)].sort();
}

/** A label may be called like a member of every object. */
function labelValue(labels: Labels, label: string): string {
  return (Object.hasOwn(labels, label) && labels[label]) || '';
}

const SUFFIXES = ['_bucket', '_count', '_sum'];
const SELECT = 'SELECT id, metric, kind, labels, bounds FROM series';

function candidates(db: Database, matchers: readonly Matcher[], sinceMs: number): Found[] {
  const alive = `${SELECT} WHERE last_ms > ?`;
  const order = 'ORDER BY metric, labels';
  const name = matchers.find(
    ({ label, equals }) => label === '__name__' && equals !== undefined,
  )?.equals;
  if (name === undefined) return db.all<Found>(`${alive} ${order}`, sinceMs);
  const base = name.replace(/_(?:bucket|count|sum)$/, '');
  return db.all<Found>(`${alive} AND metric IN (?, ?) ${order}`, sinceMs, name, base);
}

function expand(db: Database, stored: Found): (Source & { readonly labels: Labels })[] {
  const place = { table: 'series', id: stored.id } as const;
  const labels = readColumn(db, place, stored.labels, LABELS);
  const make = (suffix: string, extra: Labels, read: Source['read']) => ({
    labels: { __name__: stored.metric + suffix, ...labels, ...extra },
    seriesId: stored.id,
    read,
    isTotal: stored.kind !== 'gauge',
  });
  if (stored.kind !== 'histogram') return [make('', {}, (point) => point.value)];
  const countsOf = bucketReader(db, stored.id);
  const bounds = [...readColumn(db, place, stored.bounds, NUMBERS), Number.POSITIVE_INFINITY];
  return [
    // Of equal bounds, the last one counts all that is below.
    ...bounds.flatMap((bound, index) =>
      bound === bounds[index + 1]
        ? []
        : [make('_bucket', { le: toText(bound) }, (point) => countAt(countsOf(point), index))],
    ),
    make('_count', {}, (point) => point.count ?? 0),
    make('_sum', {}, (point) => point.value),
  ];
}

/** Cumulative counts of the buckets of a point, as Prometheus has them; OTLP counts each bucket alone. Each point is read once. */
function bucketReader(db: Database, id: number): (point: Point) => readonly number[] {
  const known = new WeakMap<Point, readonly number[]>();
  return (point) => {
    const counts = known.get(point) ?? cumulative(db, id, point);
    known.set(point, counts);
    return counts;
  };
}

function cumulative(db: Database, id: number, { at_ms, buckets }: Point): readonly number[] {
  const place = { table: 'points', id: `${id} ${at_ms}` } as const;
  let sum = 0;
  return readColumn(db, place, buckets ?? '[]', NUMBERS).map((count) => (sum += count));
}

/** A damaged point has fewer counts than its series has buckets. */
function countAt(counts: readonly number[], index: number): number {
  return counts[index] ?? counts.at(-1) ?? 0;
}

/** A number as Prometheus writes it. */
export function toText(value: number): string {
  return Number.isFinite(value)
    ? String(value)
    : String(value).replace(/^(-?)Infinity$/, (_, sign) => `${sign || '+'}Inf`);
}
