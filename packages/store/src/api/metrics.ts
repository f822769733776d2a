/** The list of metrics, by what their series carry. */
import type { Database } from '../db/database.ts';
import type { StoredSeries } from '../db/schema.ts';
import type { MetricRow } from './types.ts';

/** `GET /api/metrics`: every metric of which series are stored, sorted by name, whether or not a catalogue describes it. */
export function metrics(db: Database): MetricRow[] {
  const rows = db.all<Found>(
    `SELECT name, metric, kind, unit, max(help) AS help, max(last_ms) AS last_ms, group_concat(DISTINCT label.key) AS labels
     FROM series LEFT JOIN json_each(iif(json_valid(labels), labels, '{}')) AS label
     GROUP BY name, metric, kind, unit ORDER BY name, metric, kind, unit`,
  );
  return rows.map(({ name, metric, kind, unit, help, last_ms, labels }) => ({
    name,
    metric,
    kind,
    unit,
    description: help,
    labels: labels?.split(',').sort() ?? [],
    last_ms,
  }));
}

type Found = Pick<StoredSeries, 'name' | 'metric' | 'kind' | 'unit' | 'help' | 'last_ms'> & {
  readonly labels: string | null;
};
