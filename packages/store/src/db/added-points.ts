// Points of a counter or histogram that is added to another one: at each time, the sum of what both had counted.
import type { Database } from './database.ts';
import { NUMBERS, readColumn } from './json.ts';
import { POINTS, type StoredPoint } from './schema.ts';

/** What was counted up to a time: the value, and of a histogram the observations, all and by bucket. */
export interface Step extends Omit<StoredPoint, 'series_id' | 'buckets'> {
  readonly buckets: readonly number[] | null;
}

/** Amounts of a step. */
export type Amounts = Pick<Step, 'value' | 'count' | 'buckets'>;

const SELECT = `SELECT ${POINTS.columns} FROM points WHERE series_id = ?`;

/** Of older points, one a minute is left. */
const MINUTE_MS = 60_000;

/**
 * The points of a series. Those of a total go on where it began at zero again. What it had counted by its first point is left out where it grew
 * before that, at `firstMs`: older points were deleted for their age, and it did not grow by all of that now.
 */
export function stepsOf(db: Database, id: number, kind: string, firstMs: number | null): Step[] {
  const points = db
    .all<StoredPoint>(`${SELECT} ORDER BY at_ms`, id)
    .map((one) => read(db, id, one));
  if (kind === 'gauge') return points;
  const [oldest] = points;
  const isCut = oldest !== undefined && firstMs !== null && firstMs < oldest.at_ms - MINUTE_MS;
  let before: Amounts | undefined = isCut ? oldest : undefined;
  let total: Amounts = NOTHING;
  return points.map((point) => {
    total = sum(total, growth(before, point));
    before = point;
    return { ...point, ...total };
  });
}

const NOTHING: Amounts = { value: 0, count: null, buckets: null };

/** The increase of a total. After a decrease, it started at zero again. */
export function growth(before: Amounts | undefined, now: Amounts): Amounts {
  const isLess = (a: number | null, b: number | null): boolean => (a ?? 0) < (b ?? 0);
  const hasFallen =
    before === undefined ||
    (now.count === null ? isLess(now.value, before.value) : isLess(now.count, before.count));
  return hasFallen ? now : sum(now, negative(before));
}

/** Adds totals to those of a series, from the time of each on. Points of a gauge are put among the others. */
export function addSteps(db: Database, id: number, steps: readonly Step[], kind: string): void {
  const [first] = steps;
  if (first === undefined) return;
  if (kind === 'gauge') {
    for (const step of steps) write(db, id, step, 'NOTHING');
    return;
  }
  const before = db.get<StoredPoint>(
    `${SELECT} AND at_ms < ? ORDER BY at_ms DESC LIMIT 1`,
    ...[id, first.at_ms],
  );
  const later = db.all<StoredPoint>(`${SELECT} AND at_ms >= ?`, id, first.at_ms);
  const own = new Map(later.map((point) => [point.at_ms, read(db, id, point)]));
  const added = new Map(steps.map((step) => [step.at_ms, step]));
  let base: Amounts = before ? read(db, id, before) : NOTHING;
  let more: Amounts = NOTHING;
  for (const atMs of [...new Set([...own.keys(), ...added.keys()])].sort((a, b) => a - b)) {
    base = own.get(atMs) ?? base;
    more = added.get(atMs) ?? more;
    const { arrived_ms = 0 } = own.get(atMs) ?? added.get(atMs) ?? {};
    write(db, id, { at_ms: atMs, arrived_ms, ...sum(base, more) }, REPLACE);
  }
}

const REPLACE =
  'UPDATE SET value = excluded.value, count = excluded.count, buckets = excluded.buckets';

function write(db: Database, id: number, step: Step, otherwise: string): void {
  const { buckets } = step;
  const row = { ...step, series_id: id, buckets: buckets && JSON.stringify(buckets) };
  POINTS.insert(db, row, otherwise);
}

function read(db: Database, seriesId: number, point: StoredPoint): Step {
  const place = { table: 'points', id: `${seriesId} ${point.at_ms}` } as const;
  const buckets = point.buckets && readColumn(db, place, point.buckets, NUMBERS);
  const { at_ms, arrived_ms, value, count } = point;
  return { at_ms, arrived_ms, value, count, buckets: buckets || null };
}

function sum(a: Amounts, b: Amounts): Amounts {
  const { value, count, buckets } = a;
  return {
    value: value + b.value,
    count: count === null ? b.count : count + (b.count ?? 0),
    buckets: buckets?.map((one, index) => one + (b.buckets?.[index] ?? 0)) ?? b.buckets,
  };
}

function negative({ value, count, buckets }: Amounts): Amounts {
  return {
    value: -value,
    count: count === null ? null : -count,
    buckets: buckets?.map((one) => -one) ?? null,
  };
}
