import { type Batch, emptyBatch, type Resource, refuse, timeUs, walk } from './batch.ts';
import type { Message } from './messages.ts';
import {
  type Attributes,
  attributes,
  child,
  children,
  field,
  integer,
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
type Data = Family & { readonly message: Message };

const CUMULATIVE = 2n;
const NO_RECORDED_VALUE = 1n;

/** Reads the points of a request: cumulative sums and histograms, gauges. Everything else is refused and counted. */
export function readMetrics(request: Message): Batch<PointItem> {
  const batch = emptyBatch<PointItem>();
  const levels = { resources: 'resourceMetrics', scopes: 'scopeMetrics', records: 'metrics' };
  for (const { record, resource } of walk(request, levels)) readMetric(batch, record, resource);
  return batch;
}

function readMetric(batch: Batch<PointItem>, metric: Message, resource: Resource): void {
  const data = familyOf(metric);
  if (!data) {
    refuse(batch, 'unsupported_metric', unsupportedPoints(metric));
    return;
  }
  const points = children(data.message, 'dataPoints');
  if (!isReadable(data)) {
    refuse(batch, 'delta_temporality', points.length);
    return;
  }
  for (const point of points) {
    if (integer(point, 'flags') & NO_RECORDED_VALUE) continue;
    const item = data.kind === 'histogram' ? readHistogram(data, point) : readNumber(data, point);
    if (typeof item === 'string') refuse(batch, item);
    else batch.items.push({ resource, item });
  }
}

/** Gauges have no temporality; everything else has to be cumulative. */
function isReadable({ kind, upDown, message }: Data): boolean {
  const isGauge = kind === 'gauge' && !upDown;
  return isGauge || integer(message, 'aggregationTemporality') === CUMULATIVE;
}

function familyOf(metric: Message): Data | undefined {
  const named = {
    name: text(metric, 'name'),
    unit: text(metric, 'unit'),
    help: text(metric, 'description'),
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

function unsupportedPoints(metric: Message): number {
  const names = ['exponentialHistogram', 'summary'];
  return names.reduce((sum, name) => sum + children(child(metric, name), 'dataPoints').length, 0);
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
  const { message: _, ...family } = data;
  return {
    ...family,
    ...values,
    attributes: attributes(point),
    startMs: Math.floor(startUs / 1000),
    atMs: Math.floor(atUs / 1000),
  };
}
