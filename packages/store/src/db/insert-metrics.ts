import type { Batch } from '../otlp/batch.ts';
import type { PointItem } from '../otlp/metrics.ts';
import type { Database } from './database.ts';
import { resourceIds } from './resources.ts';
import { type Series, SeriesTable } from './series.ts';

/** What a batch of points did. */
export interface InsertedPoints {
  /** Points that were refused for want of a series. */
  readonly refused: number;
  /** Older points that made room. */
  readonly deleted: number;
}

/** Stores points; a point that is stored already changes nothing. */
export function insertMetrics(
  db: Database,
  batch: Batch<PointItem>,
  nowMs: number,
): InsertedPoints {
  const idOf = resourceIds(db, nowMs);
  const table = new SeriesTable(db, nowMs);
  let refused = 0;
  for (const { resource, item } of batch.items) {
    const series = table.find(item, resource, idOf(resource));
    if (series) insertPoint(db, series, item, nowMs);
    else refused += 1;
  }
  return { refused, deleted: table.deletedPoints() };
}

function insertPoint(db: Database, series: Series, item: PointItem, nowMs: number): void {
  const added = db.run(
    `INSERT INTO points (series_id, at_ms, arrived_ms, value, count, buckets) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (series_id, at_ms) DO NOTHING`,
    ...[series.id, item.atMs, nowMs, item.value, item.count],
    item.buckets && JSON.stringify(item.buckets),
  );
  if (added === 0 || item.atMs <= series.last_ms) return;
  const increase = increaseOf(series, item);
  db.run(
    `UPDATE series SET start_ms = ?1, last_ms = ?2, last_value = ?3, total = total + ?4,
       first_ms = CASE WHEN ?4 > 0 THEN coalesce(first_ms, ?2) ELSE first_ms END,
       changed_ms = CASE WHEN ?4 > 0 THEN ?2 ELSE changed_ms END
     WHERE id = ?5`,
    ...[item.startMs, item.atMs, item.value, increase, series.id],
  );
}

/** What a total grew by. A service that restarted begins at zero again, so the whole value is new. */
function increaseOf(series: Series, item: PointItem): number {
  if (item.kind === 'gauge') return 0;
  const restarted = item.startMs !== series.start_ms || item.value < series.last_value;
  return restarted ? item.value : item.value - series.last_value;
}
