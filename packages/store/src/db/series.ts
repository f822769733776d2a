/** The series of metrics. */
import { hash } from 'node:crypto';
import { PREFIX, prometheusLabel, prometheusLabels, prometheusName } from '../catalogue.ts';
import { type Resource, shared } from '../otlp/batch.ts';
import type { PointItem } from '../otlp/metrics.ts';
import { asText } from '../otlp/read.ts';
import type { Database } from './database.ts';
import { INSTANCE, Instances } from './instances.ts';
import { SERIES, type StoredFormer, type StoredSeries } from './schema.ts';

/** Series beyond this are refused and counted, so that ids in labels cannot fill the memory of a reader. */
const MAX_SERIES = 20_000;

/** Series without points for this long make room when no instance can. */
const SILENT_MS = 900_000;
const STEP = 1000;

/** Totals of what was lost stay, however old: they are read as long as the store keeps anything. */
const LASTING = [`${PREFIX}telemetry.dropped`, `${PREFIX}business_events.dropped`];

/** Room for them beyond the limit: losses matter most when there is no room. */
const RESERVED_SERIES = 1000;

/** The state of a series. */
export type Series = Pick<StoredSeries, 'id' | 'start_ms' | 'last_ms' | 'last_value' | 'total'>;

const COLUMNS = 'id, start_ms, last_ms, last_value, total';

/** Where a point belongs: to a series, or to one that gave its place up and is part of a series of many instances since. */
export type Home = Series | StoredFormer;

/** The series of one batch: finds them, and makes new ones while there is room. */
export class SeriesTable {
  readonly #db: Database;
  readonly #nowMs: number;
  readonly instances: Instances;
  #room: number | undefined;
  #hasOthers = true;
  #hasSilent = true;
  #deletedPoints = 0;

  constructor(db: Database, nowMs: number) {
    this.#db = db;
    this.#nowMs = nowMs;
    this.instances = new Instances(db, nowMs - SILENT_MS);
  }

  /** Where a point belongs, or `undefined` when its series would be one too many. */
  find(item: PointItem, resource: Resource, resourceId: number): Home | undefined {
    const labels = JSON.stringify(labelsOf(item, resource));
    const bounds = JSON.stringify(item.bounds ?? []);
    const identity = [item.name, item.unit, item.kind, item.upDown, labels, bounds];
    const digest = hash('sha1', JSON.stringify(identity), 'base64url');
    const sql = `SELECT ${COLUMNS} FROM series WHERE digest = ?`;
    const known = this.#db.get<Series>(sql, digest) ?? this.instances.formerOf(digest);
    if (known || !this.#takeRoom(item.name, resourceId)) return known;
    return SERIES.put(this.#db, {
      digest,
      name: item.name,
      metric: metricName(item),
      kind: item.kind,
      unit: item.unit,
      help: item.help,
      labels,
      bounds,
      resource_id: resourceId,
      start_ms: item.startMs,
      last_ms: 0,
      last_value: 0,
      total: 0,
      first_ms: undefined,
      changed_ms: undefined,
    });
  }

  /** Points that went away with the series that made room. */
  deletedPoints(): number {
    return this.#deletedPoints;
  }

  #takeRoom(name: string, resourceId: number): boolean {
    this.#room ??= MAX_SERIES - this.#count();
    if (this.#room <= 0 && this.#hasOthers) this.#room += this.#mergeOthers(resourceId);
    if (this.#room <= 0 && this.#hasSilent) this.#room += this.#deleteSilent();
    const least = LASTING.includes(name) ? -RESERVED_SERIES : 0;
    if (this.#room <= least) return false;
    this.#room -= 1;
    return true;
  }

  #count(): number {
    const row = this.#db.get<{ count: number }>('SELECT count(*) AS count FROM series');
    return row?.count ?? 0;
  }

  #mergeOthers(sender: number): number {
    const freed = this.instances.makeRoom(sender, STEP);
    this.#hasOthers = freed >= STEP;
    return freed;
  }

  #deleteSilent(): number {
    const gone = this.#db.all<{ id: number }>(
      `DELETE FROM series WHERE id IN (SELECT id FROM series WHERE last_ms < ? AND name NOT IN (?, ?)
       ORDER BY last_ms LIMIT ${STEP}) RETURNING id`,
      ...[this.#nowMs - SILENT_MS, ...LASTING],
    );
    for (const { id } of gone) {
      this.#deletedPoints += this.#db.run('DELETE FROM points WHERE series_id = ?', id);
    }
    this.#hasSilent = gone.length === STEP;
    return gone.length;
  }
}

function metricName(item: PointItem): string {
  return prometheusName(item.name, item.unit, item.upDown ? 'updowncounter' : item.kind);
}

/** Labels as Prometheus makes them of OTLP: of the attributes, of the scope, then `job` and `instance` of the resource, sorted. */
function labelsOf(
  { attributes, scope }: PointItem,
  resource: Resource,
): Readonly<Record<string, string>> {
  const namespace = shared(asText(resource.attributes['service.namespace']));
  const job = namespace ? `${namespace}/${resource.service}` : resource.service;
  const texts = Object.entries(attributes).map(([name, value]): [string, string] => {
    const label = prometheusLabel(name);
    return [scope.has(label) ? `exported_${label}` : name, asText(value)];
  });
  const labels = new Map([...prometheusLabels(texts), ...scope]);
  labels.set('job', job);
  if (resource.instance !== '') labels.set(INSTANCE, resource.instance);
  return Object.fromEntries([...labels].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
