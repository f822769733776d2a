/** The health checks of the services. */
import { PREFIX } from '../catalogue.ts';
import { type Database, marks } from '../db/database.ts';
import { LABELS, readColumn } from '../db/json.ts';
import { present } from './exact.ts';
import type { HealthRow } from './types.ts';

const STATUSES = ['healthy', 'degraded', 'unhealthy'] as const;
const RUNS = 10;

/** After this time without a report, the state of a check is unknown. */
const SILENT_MS = 300_000;

interface StatePoint {
  readonly series_id: number;
  readonly at_ms: number;
}

interface Check {
  readonly service: string;
  readonly name: string;
  readonly kind: string;
  /** Row ids of the series of each state, with the state's name. */
  readonly states: Map<number, string>;
  readonly lastMs: number;
}

/** `GET /api/health`: the state of every check according to its gauge, since when, and its last runs. */
export function health(db: Database): HealthRow[] {
  return readChecks(db).map((check) => toRow(db, check));
}

/** The checks by service, kind and name; if several instances of a service report a check, the newest counts. */
function readChecks(db: Database): Check[] {
  const rows = db.all<{ id: number; labels: string; service: string; last_ms: number }>(
    `SELECT series.id, labels, service, series.last_ms FROM series JOIN resources ON resources.id = resource_id
     WHERE name = ? ORDER BY series.last_ms`,
    `${PREFIX}health.check.state`,
  );
  const checks = new Map<string, Check>();
  for (const { id, labels: json, service, last_ms } of rows) {
    const labels = readColumn(db, { table: 'series', id }, json, LABELS);
    const {
      health_check: name = '',
      health_kind: kind = '',
      health_status: status = 'unknown',
    } = labels;
    const key = JSON.stringify([service, kind, name]);
    const states = checks.get(key)?.states ?? new Map<number, string>();
    states.set(id, status);
    checks.set(key, { service, name, kind, states, lastMs: last_ms });
  }
  return [...checks].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, check]) => check);
}

function toRow(db: Database, check: Check): HealthRow {
  const { service, name, kind, lastMs } = check;
  const points = readStates(db, check);
  const status = points[0] && stateIn(check, points[0]);
  const isSilent = Date.now() - lastMs > SILENT_MS;
  return {
    service,
    check: name,
    kind,
    status: isSilent ? 'unknown' : (STATUSES.find((known) => known === status) ?? 'unknown'),
    since_ms: since(db, check, status) ?? lastMs,
    last_ms: lastMs,
    runs: toRuns(check, points, readDurations(db, check)),
  };
}

/** The newest points in which the check was in a state, newest first. */
function readStates(db: Database, { states }: Check): StatePoint[] {
  const set = `SELECT series_id, at_ms FROM points WHERE series_id IN (${marks(states)}) AND value = 1`;
  return db.all(`${set} ORDER BY at_ms DESC LIMIT ${RUNS}`, ...states.keys());
}

function stateIn({ states }: Check, { series_id }: StatePoint): string {
  return states.get(series_id) ?? 'unknown';
}

function toRuns(
  check: Check,
  points: readonly StatePoint[],
  durations: ReadonlyMap<number, number>,
): HealthRow['runs'] {
  return points.toReversed().map((point) => ({
    at_ms: point.at_ms,
    status: stateIn(check, point),
    ...present('duration_ms', durations.get(point.at_ms) ?? null),
  }));
}

/** The first point of the present state after the last point of another one. */
function since(db: Database, { states }: Check, status: string | undefined): number | undefined {
  const { own = [], others = [] } = Object.groupBy(states.keys(), (id) =>
    states.get(id) === status ? 'own' : 'others',
  );
  const row = db.get<{ at_ms: number | null }>(
    `SELECT min(at_ms) AS at_ms FROM points WHERE series_id IN (${marks(own)}) AND value = 1 AND at_ms >
       (SELECT coalesce(max(at_ms), 0) FROM points WHERE series_id IN (${marks(others)}) AND value = 1)`,
    ...own,
    ...others,
  );
  return row?.at_ms ?? undefined;
}

interface DurationPoint {
  readonly at_ms: number;
  readonly value: number;
  readonly count: number;
}

/** Mean duration of the runs between two points of the histogram, by the time of the later one. */
function readDurations(db: Database, { service, name }: Check): ReadonlyMap<number, number> {
  const points = db.all<DurationPoint>(
    `SELECT points.at_ms, value, count FROM series JOIN resources ON resources.id = resource_id
     JOIN points ON points.series_id = series.id
     WHERE name = ? AND service = ? AND iif(json_valid(labels), labels ->> 'health_check', '') = ? ORDER BY points.at_ms DESC LIMIT ${RUNS + 1}`,
    ...[`${PREFIX}health.check.duration`, service, name],
  );
  const durations = points.map((point, index): [number, number] => {
    const before = points[index + 1];
    const grown = before !== undefined && before.count < point.count;
    const runs = grown ? point.count - before.count : point.count;
    const seconds = grown ? point.value - before.value : point.value;
    return [point.at_ms, runs > 0 ? (seconds / runs) * 1000 : 0];
  });
  return new Map(durations);
}
