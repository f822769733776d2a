import { hash } from 'node:crypto';
import { PREFIX, prometheusLabels, prometheusName } from '@moneytrail/catalogue';
import { type Resource, shared } from '../otlp/batch.ts';
import type { PointItem } from '../otlp/metrics.ts';
import { type Attributes, asText } from '../otlp/read.ts';
import type { Database } from './database.ts';

/** Series beyond this are refused and counted, so that ids in labels cannot fill the memory of a reader. */
const MAX_SERIES = 20_000;

/** Each start of a service makes series of its own; those of ended runs make room for new ones after this time. */
const SILENT_MS = 900_000;
const STEP = 1000;

/** Totals of what was lost stay, however old: they are read as long as the store keeps anything. */
const LASTING = [`${PREFIX}telemetry.dropped`, `${PREFIX}business_events.dropped`];

/** Room for them beyond the limit: what was lost has to be told then most of all. */
const RESERVED_SERIES = 1000;

/** What is known of a series. */
export interface Series {
  readonly id: number;
  readonly start_ms: number;
  readonly last_ms: number;
  readonly last_value: number;
  readonly total: number;
}

const COLUMNS = 'id, start_ms, last_ms, last_value, total';

/** The series of one batch: finds them, and makes new ones while there is room. */
export class SeriesTable {
  readonly #db: Database;
  readonly #nowMs: number;
  #room: number | undefined;
  #hasSilent = true;
  #deletedPoints = 0;

  constructor(db: Database, nowMs: number) {
    this.#db = db;
    this.#nowMs = nowMs;
  }

  /** The series of a point, or `undefined` when it would be one too many. */
  find(item: PointItem, resource: Resource, resourceId: number): Series | undefined {
    const labels = JSON.stringify(labelsOf(item.attributes, resource));
    const bounds = JSON.stringify(item.bounds ?? []);
    const identity = [item.name, item.unit, item.kind, item.upDown, labels, bounds];
    const digest = hash('sha1', JSON.stringify(identity), 'base64url');
    const sql = `SELECT ${COLUMNS} FROM series WHERE digest = ?`;
    const known = this.#db.get<Series>(sql, digest);
    if (known || !this.#takeRoom(item.name)) return known;
    return this.#db.get<Series>(
      `INSERT INTO series (digest, name, metric, kind, unit, help, labels, bounds, resource_id, start_ms, last_ms, last_value, total)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, 0) RETURNING ${COLUMNS}`,
      ...[digest, item.name, metricName(item), item.kind, item.unit, item.help, labels, bounds],
      ...[resourceId, item.startMs],
    );
  }

  /** Points that went away with the series that made room. */
  deletedPoints(): number {
    return this.#deletedPoints;
  }

  #takeRoom(name: string): boolean {
    this.#room ??= MAX_SERIES - this.#count();
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

/** Labels as Prometheus makes them of OTLP: of the attributes, then `job` and `instance` of the resource, sorted. */
function labelsOf(attributes: Attributes, resource: Resource): Readonly<Record<string, string>> {
  const namespace = shared(asText(resource.attributes['service.namespace']));
  const job = namespace ? `${namespace}/${resource.service}` : resource.service;
  const texts = Object.entries(attributes).map(([name, value]): [string, string] => [
    name,
    asText(value),
  ]);
  const labels = prometheusLabels(texts);
  labels.set('job', job);
  if (resource.instance !== '') labels.set('instance', resource.instance);
  return Object.fromEntries([...labels].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
