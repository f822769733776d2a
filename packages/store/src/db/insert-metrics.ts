import { hash } from 'node:crypto';
import { prometheusLabel, prometheusName } from '@moneytrail/catalogue';
import type { Batch, Resource } from '../otlp/batch.ts';
import type { PointItem } from '../otlp/metrics.ts';
import type { Attributes } from '../otlp/read.ts';
import type { Database } from './database.ts';
import { resourceIds } from './resources.ts';

/** Series beyond this are refused and counted, so that ids in labels cannot fill the memory of a reader. */
const MAX_SERIES = 20_000;

interface Series {
  readonly id: number;
  readonly start_ms: number;
  readonly last_ms: number;
  readonly last_value: number;
  readonly total: number;
}

/** Stores points; a point that is stored already changes nothing. Returns how many were refused for want of a series. */
export function insertMetrics(db: Database, batch: Batch<PointItem>, nowMs: number): number {
  const idOf = resourceIds(db, nowMs);
  let refused = 0;
  for (const { resource, item } of batch.items) {
    const series = seriesOf(db, item, resource, idOf);
    if (series) insertPoint(db, series, item, nowMs);
    else refused += 1;
  }
  return refused;
}

const COLUMNS = 'id, start_ms, last_ms, last_value, total';

function seriesOf(
  db: Database,
  item: PointItem,
  resource: Resource,
  idOf: (of: Resource) => number,
): Series | undefined {
  const labels = JSON.stringify(labelsOf(item.attributes, resource));
  const bounds = JSON.stringify(item.bounds ?? []);
  const digest = hash(
    'sha1',
    JSON.stringify([item.name, item.unit, item.kind, item.upDown, labels, bounds]),
    'base64url',
  );
  const known = db.get<Series>(`SELECT ${COLUMNS} FROM series WHERE digest = ?`, digest);
  if (known) return known;
  const { count = 0 } = db.get<{ count: number }>('SELECT count(*) AS count FROM series') ?? {};
  if (count >= MAX_SERIES) return undefined;
  return db.get<Series>(
    `INSERT INTO series (digest, name, metric, kind, unit, help, labels, bounds, resource_id, start_ms, last_ms, last_value, total)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, 0) RETURNING ${COLUMNS}`,
    ...[digest, item.name, metricName(item), item.kind, item.unit, item.help, labels, bounds],
    ...[idOf(resource), item.startMs],
  );
}

function metricName(item: PointItem): string {
  return prometheusName(item.name, item.unit, item.upDown ? 'updowncounter' : item.kind);
}

/** Labels as Prometheus makes them of OTLP: `job` and `instance` from the resource, then the attributes, sorted. */
function labelsOf(attributes: Attributes, resource: Resource): Readonly<Record<string, string>> {
  const namespace = resource.attributes['service.namespace'];
  const labels = new Map([
    ['job', namespace ? `${namespace}/${resource.service}` : resource.service],
  ]);
  if (resource.instance !== '') labels.set('instance', resource.instance);
  for (const [name, value] of Object.entries(attributes)) {
    const label = typeof value === 'object' ? JSON.stringify(value) : String(value);
    // Prometheus leaves labels without a value out.
    if (label !== '') labels.set(prometheusLabel(name), label);
  }
  return Object.fromEntries([...labels].toSorted(([a], [b]) => (a < b ? -1 : 1)));
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
