/** Stores points of metrics. */
import type { Batch } from '../otlp/batch.ts';
import type { PointItem } from '../otlp/metrics.ts';
import type { Arrival } from './arrival.ts';
import type { Database } from './database.ts';
import { resourceIds } from './resources.ts';
import { POINTS } from './schema.ts';
import { type Series, SeriesTable } from './series.ts';

/** The result of a batch of points. */
export interface InsertedPoints {
  /** Points rejected at the limit of series. */
  readonly refused: number;
  /** Older points deleted to make room. */
  readonly deleted: number;
}

/** Stores points; a point that is stored already changes nothing. */
export function insertMetrics(
  db: Database,
  batch: Batch<PointItem>,
  arrival: Arrival,
): InsertedPoints {
  const idOf = resourceIds(db, arrival.nowMs);
  const table = new SeriesTable(db, arrival.nowMs);
  let refused = 0;
  for (const { resource, item } of batch.items) {
    const home = table.find(item, resource, idOf(resource));
    if (home === undefined) refused += 1;
    else if ('series_id' in home) table.instances.add(home, item, arrival.arrivedMs);
    else insertPoint(db, home, item, arrival.arrivedMs);
  }
  return { refused, deleted: table.deletedPoints() };
}

function insertPoint(db: Database, series: Series, item: PointItem, arrivedMs: number): void {
  const added = POINTS.insert(db, {
    series_id: series.id,
    at_ms: item.atMs,
    arrived_ms: arrivedMs,
    value: item.value,
    count: item.count,
    buckets: item.buckets && JSON.stringify(item.buckets),
  });
  if (added === 0 || item.atMs <= series.last_ms) return;
  const increase = increaseOf(series, item);
  const grewAtMs = increase > 0 ? item.atMs : undefined;
  db.run(
    `UPDATE series SET start_ms = ?, last_ms = ?, last_value = ?, total = total + ?,
       first_ms = coalesce(first_ms, ?), changed_ms = coalesce(?, changed_ms) WHERE id = ?`,
    ...[item.startMs, item.atMs, item.value, increase, grewAtMs, grewAtMs, series.id],
  );
}

/** The increase of a total. A restarted service starts at zero again, so the whole value is new. */
function increaseOf(series: Series, item: PointItem): number {
  if (item.kind === 'gauge') return 0;
  const restarted = item.startMs !== series.start_ms || item.value < series.last_value;
  return restarted ? item.value : item.value - series.last_value;
}
