// Instances of services that make room: their series are added up to one series for all of them, and nothing of them is lost.
import { hash } from 'node:crypto';
import { OTHER } from '../catalogue.ts';
import type { PointItem } from '../otlp/metrics.ts';
import { type Amounts, addSteps, growth, stepsOf } from './added-points.ts';
import type { Database } from './database.ts';
import { LABELS, NUMBERS, readColumn } from './json.ts';
import {
  FORMER,
  SERIES,
  type StoredFormer,
  type StoredPoint,
  type StoredSeries,
} from './schema.ts';

/** Label of the instance; that of a series of many instances is `_OTHER`. */
export const INSTANCE = 'instance';

/** Series that gave their place up and are remembered, in case that their instance sends again. */
const MAX_FORMER = 200_000;

/** What a series has grown by, and when. */
type Grown = Pick<StoredSeries, 'last_ms' | 'total' | 'first_ms' | 'changed_ms'>;

/** What the digest of a series of many instances begins with. */
const MANY = 'many ';
const IS_OF_MANY = `series.digest GLOB '${MANY}*'`;

/** Later than any time. */
const NEVER_MS = Number.MAX_SAFE_INTEGER;

/** Finds instances whose series can make room. */
export class Instances {
  readonly #db: Database;
  readonly #longAgoMs: number;
  /** Series of many instances that had to be made. */
  #made = 0;

  /** An instance that sent nothing since `longAgoMs` is not expected to send again. */
  constructor(db: Database, longAgoMs: number) {
    this.#db = db;
    this.#longAgoMs = longAgoMs;
  }

  /** The series with a digest, if it gave its place up. */
  formerOf(digest: string): StoredFormer | undefined {
    return this.#db.get<StoredFormer>('SELECT * FROM former WHERE digest = ?', digest);
  }

  /** Adds what a series has grown by since it gave its place up. */
  add(former: StoredFormer, item: PointItem, arrivedMs: number): void {
    if (item.atMs <= former.last_ms) return;
    const now = { value: item.value, count: item.count ?? null, buckets: item.buckets ?? null };
    const grown = growth(item.startMs === former.start_ms ? this.#lastOf(former) : undefined, now);
    const step = { at_ms: item.atMs, arrived_ms: arrivedMs, ...grown };
    addSteps(this.#db, former.series_id, [step], item.kind);
    FORMER.upsert(this.#db, {
      ...former,
      start_ms: item.startMs,
      last_ms: item.atMs,
      last_value: item.value,
      count: item.count,
      buckets: item.buckets && JSON.stringify(item.buckets),
    });
    const changedMs = grown.value > 0 ? item.atMs : null;
    this.#note(former.series_id, {
      last_ms: item.atMs,
      total: grown.value,
      first_ms: changedMs,
      changed_ms: changedMs,
    });
  }

  /**
   * Makes room for about as many series as are wanted: the instance that was silent for the longest time goes first, never the one
   * that sends. Returns how many places are free.
   */
  makeRoom(sender: number, wanted: number): number {
    let freed = 0;
    for (const id of this.#others(sender)) {
      if (freed >= wanted || !this.#canRemember()) break;
      freed += this.#merge(id);
    }
    return freed;
  }

  /** Resources with an instance, those first that were silent for the longest time. */
  #others(sender: number): number[] {
    const rows = this.#db.all<{ resource_id: number }>(
      `SELECT resource_id FROM series JOIN resources ON resources.id = resource_id
       WHERE NOT ${IS_OF_MANY} AND instance <> '' AND resource_id <> ? GROUP BY resource_id ORDER BY max(series.last_ms)`,
      sender,
    );
    return rows.map(({ resource_id }) => resource_id);
  }

  #canRemember(): boolean {
    const count = (): number =>
      this.#db.get<{ count: number }>('SELECT count(*) AS count FROM former')?.count ?? 0;
    if (count() < MAX_FORMER) return true;
    this.#db.run('DELETE FROM former WHERE last_ms < ?', this.#longAgoMs);
    return count() < MAX_FORMER;
  }

  #merge(resourceId: number): number {
    const stored = this.#db.all<StoredSeries>(
      `SELECT * FROM series WHERE resource_id = ? AND NOT ${IS_OF_MANY}`,
      resourceId,
    );
    const before = this.#made;
    for (const series of stored) this.#mergeSeries(series);
    return stored.length - (this.#made - before);
  }

  /** A total that never increased carries no information. */
  #mergeSeries(series: StoredSeries): void {
    const { id, kind, total, first_ms } = series;
    const steps = stepsOf(this.#db, id, kind, first_ms);
    if (kind === 'gauge' || total > 0 || steps.at(-1)?.count) {
      const many = this.#manyOf(series);
      addSteps(this.#db, many, steps, kind);
      this.#note(many, series);
      if (kind !== 'gauge') this.#remember(series, many);
    }
    this.#db.run('DELETE FROM points WHERE series_id = ?', id);
    this.#db.run('DELETE FROM series WHERE id = ?', id);
  }

  /** The series of many instances that a series becomes part of; made where it is missing. */
  #manyOf({ id, digest: _, ...series }: StoredSeries): number {
    const all = readColumn(this.#db, { table: 'series', id }, series.labels, LABELS);
    const labels = JSON.stringify({ ...all, [INSTANCE]: OTHER });
    const identity = JSON.stringify([series.metric, series.kind, labels, series.bounds]);
    const digest = MANY + hash('sha1', identity, 'base64url');
    const known = this.#db.get<{ id: number }>('SELECT id FROM series WHERE digest = ?', digest);
    if (known !== undefined) return known.id;
    this.#made += 1;
    return SERIES.put(this.#db, { ...series, digest, labels, ...NOTHING }).id;
  }

  #lastOf({ series_id, last_ms, last_value, count, buckets }: StoredFormer): Amounts {
    const place = { table: 'points', id: `${series_id} ${last_ms}` } as const;
    const read = buckets === null ? null : readColumn(this.#db, place, buckets, NUMBERS);
    return { value: last_value, count, buckets: read };
  }

  #note(many: number, { last_ms, total, first_ms, changed_ms }: Grown): void {
    this.#db.run(
      `UPDATE series SET last_ms = max(last_ms, ?), last_value = last_value + ?, total = total + ?,
         first_ms = min(coalesce(first_ms, ?), ?), changed_ms = max(coalesce(changed_ms, ?), ?) WHERE id = ?`,
      ...[last_ms, total, total, first_ms, first_ms ?? NEVER_MS, changed_ms, changed_ms ?? 0, many],
    );
  }

  #remember({ id, digest, start_ms, last_ms, last_value }: StoredSeries, many: number): void {
    const last = this.#db.get<Pick<StoredPoint, 'count' | 'buckets'>>(
      'SELECT count, buckets FROM points WHERE series_id = ? ORDER BY at_ms DESC LIMIT 1',
      id,
    );
    if (last === undefined) return;
    FORMER.upsert(this.#db, { digest, series_id: many, start_ms, last_ms, last_value, ...last });
  }
}

/** Figures of a series to which nothing was added yet. */
const NOTHING = { last_ms: 0, last_value: 0, total: 0, first_ms: null, changed_ms: null };
