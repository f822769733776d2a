import { OWN_SCOPE, prometheusLabel, scopeLabels } from '../catalogue.ts';
import { attempt, type Batch, refuse, type Scope, shared, timeUs, Work, walk } from './batch.ts';
import type { Message } from './messages.ts';
import {
  type Attributes,
  asMessage,
  asText,
  attributes,
  child,
  field,
  integer,
  isMessage,
  list,
  text,
  toBigInt,
  toDouble,
} from './read.ts';

/** How a metric is read: totals that only grow, values that go up and down, distributions. */
export type MetricKind = 'counter' | 'gauge' | 'histogram';

/** One point of one series. */
export interface PointItem {
  readonly name: string;
  readonly unit: string;
  readonly help: string;
  readonly kind: MetricKind;
  /** A sum that may fall: read as a gauge, named without the suffix of one. */
  readonly upDown: boolean;
  readonly attributes: Attributes;
  /** Labels of the scope, which separate what two libraries count under one name. */
  readonly scope: ReadonlyMap<string, string>;
  readonly startMs: number;
  readonly atMs: number;
  /** Value of counters and gauges, sum of histograms. */
  readonly value: number;
  readonly count?: number;
  readonly bounds?: readonly number[];
  /** Counts per bucket, one more than bounds. */
  readonly buckets?: readonly number[];
}

type Family = Pick<PointItem, 'name' | 'unit' | 'help' | 'kind' | 'upDown'>;
type Named = Family & { readonly message: Message };
type Data = Named & Pick<PointItem, 'scope'> & { readonly points: readonly unknown[] };

/** Fields of a metric that hold points. */
const KINDS = ['gauge', 'sum', 'histogram', 'exponentialHistogram', 'summary'];

const CUMULATIVE = 2n;
const NO_RECORDED_VALUE = 1n;

/** Reads the points of a request: cumulative sums and histograms, gauges. Everything else is refused and counted. */
export function readMetrics(request: Message): Batch<PointItem> {
  const batch: Batch<PointItem> = { items: [], refused: new Map() };
  const levels = { resources: 'resourceMetrics', scopes: 'scopeMetrics', records: 'metrics' };
  const work = new Work();
  for (const { record, scope, resource } of walk(request, levels)) {
    for (const item of readMetric(batch, record, labelsOf(scope))) {
      work.add(resource, POINT_COST);
      batch.items.push({ resource, item });
    }
  }
  return batch;
}

/** A point may be the first of its series. */
const POINT_COST = 2;

function labelsOf(scope: Scope): ReadonlyMap<string, string> {
  const labels = scopeLabels(scope);
  if (scope.name === OWN_SCOPE) return labels;
  for (const [name, value] of Object.entries(scope.attributes)) {
    const label = prometheusLabel(`otel_scope_${name}`);
    if (!labels.has(label) && value !== '') labels.set(label, asText(value));
  }
  return labels;
}

function* readMetric(
  batch: Batch<PointItem>,
  metric: unknown,
  scope: PointItem['scope'],
): Generator<PointItem> {
  const data = attempt(() => readData(asMessage(metric, 'metrics'), scope));
  if (typeof data === 'string') {
    refuse(batch, data, Math.max(countPoints(metric), data === 'malformed_record' ? 1 : 0));
    return;
  }
  for (const point of data.points) {
    const item = attempt(() => readPoint(data, asMessage(point, 'dataPoints')));
    if (typeof item === 'string') refuse(batch, item);
    else if (item !== undefined) yield item;
  }
}

/** What the points of a metric share, and the points; else why none of them can be stored. */
function readData(
  metric: Message,
  scope: PointItem['scope'],
): Data | 'unsupported_metric' | 'delta_temporality' {
  const family = familyOf(metric);
  if (!family) return 'unsupported_metric';
  const data = { ...family, scope, points: list(family.message, 'dataPoints') };
  return isReadable(data) ? data : 'delta_temporality';
}

/** Points of whatever kind, also of a metric that is malformed. */
function countPoints(metric: unknown): number {
  if (!isMessage(metric)) return 0;
  const kinds = KINDS.map((kind) => field(metric, kind)).filter(isMessage);
  const lists = kinds.map((data) => field(data, 'dataPoints')).filter(Array.isArray);
  return lists.reduce((sum, points) => sum + points.length, 0);
}

/** `undefined` for a point that says that it has no value. */
function readPoint(data: Data, point: Message): PointItem | string | undefined {
  if (integer(point, 'flags') & NO_RECORDED_VALUE) return undefined;
  return data.kind === 'histogram' ? readHistogram(data, point) : readNumber(data, point);
}

/** Gauges have no temporality; everything else has to be cumulative. */
function isReadable({ kind, upDown, message }: Named): boolean {
  const isGauge = kind === 'gauge' && !upDown;
  return isGauge || integer(message, 'aggregationTemporality') === CUMULATIVE;
}

function familyOf(metric: Message): Named | undefined {
  const named = {
    name: shared(text(metric, 'name')),
    unit: shared(text(metric, 'unit')),
    help: shared(text(metric, 'description')),
  };
  if (field(metric, 'gauge') !== undefined) {
    return { ...named, kind: 'gauge', upDown: false, message: child(metric, 'gauge') };
  }
  if (field(metric, 'histogram') !== undefined) {
    return { ...named, kind: 'histogram', upDown: false, message: child(metric, 'histogram') };
  }
  if (field(metric, 'sum') === undefined) return undefined;
  const message = child(metric, 'sum');
  const monotonic = field(message, 'isMonotonic') === true;
  return { ...named, kind: monotonic ? 'counter' : 'gauge', upDown: !monotonic, message };
}

function readNumber(data: Data, point: Message): PointItem | string {
  const double = field(point, 'asDouble');
  const int = field(point, 'asInt');
  if (double === undefined && int === undefined) return 'invalid_value';
  const value =
    double === undefined ? Number(toBigInt(int, 'asInt')) : toDouble(double, 'asDouble');
  if (!Number.isFinite(value)) return 'invalid_value';
  return withTimes(data, point, { value });
}

function readHistogram(data: Data, point: Message): PointItem | string {
  const bounds = list(point, 'explicitBounds').map((bound) => toDouble(bound, 'explicitBounds'));
  const buckets = list(point, 'bucketCounts').map((count) =>
    Number(toBigInt(count, 'bucketCounts')),
  );
  const value = toDouble(field(point, 'sum') ?? 0, 'sum');
  const count = Number(integer(point, 'count'));
  const fits =
    buckets.length === bounds.length + 1 || (buckets.length === 0 && bounds.length === 0);
  const isSorted = bounds.every(
    (bound, index) => index === 0 || bound >= Number(bounds[index - 1]),
  );
  const areNumbers = [value, ...bounds].every(Number.isFinite);
  if (!fits || !isSorted || !areNumbers || ![count, ...buckets].every(isCount))
    return 'invalid_value';
  return withTimes(data, point, {
    value,
    count,
    bounds,
    buckets: buckets.length > 0 ? buckets : [count],
  });
}

function isCount(count: number): boolean {
  return Number.isSafeInteger(count) && count >= 0;
}

type Values = Pick<PointItem, 'value' | 'count' | 'bounds' | 'buckets'>;

function withTimes(data: Data, point: Message, values: Values): PointItem | string {
  const atUs = timeUs(point, 'timeUnixNano');
  const startUs = timeUs(point, 'startTimeUnixNano');
  if (!atUs || startUs === undefined) return 'invalid_time';
  const { message: _, points: __, ...family } = data;
  return {
    ...family,
    ...values,
    attributes: attributes(point),
    startMs: Math.floor(startUs / 1000),
    atMs: Math.floor(atUs / 1000),
  };
}
