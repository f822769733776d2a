// What processes of a service exchange. It is read with care: a file may be of another version, or half a disk's.
import { DataPointType, type ScopeMetrics } from '@opentelemetry/sdk-metrics';
import type { Identity } from './processes.ts';

/** Metrics of one process or thread, as they stood. */
export interface Snapshot {
  readonly from: Identity;
  readonly scopes: readonly ScopeMetrics[];
}

/** What processes have counted that ended. */
export interface Ended {
  /** Processes that are in the numbers, as long as their files may still be there. */
  readonly ids: readonly string[];
  readonly scopes: readonly ScopeMetrics[];
}

/** Whether it has everything that is read of an identity. */
export function isIdentity(value: unknown): value is Identity {
  return (
    isObject(value) &&
    ['pid', 'ppid', 'thread', 'startMs'].every((name) => Number.isSafeInteger(value[name])) &&
    typeof value['isForked'] === 'boolean' &&
    typeof value['entry'] === 'string'
  );
}

/** Whether it has everything that is read of a snapshot. */
export function isSnapshot(value: unknown): value is Snapshot {
  return isObject(value) && isIdentity(value['from']) && isList(value['scopes'], isScope);
}

/** Whether it has everything that is read of the numbers of ended processes. */
export function isEnded(value: unknown): value is Ended {
  const isText = (id: unknown): boolean => typeof id === 'string';
  return isObject(value) && isList(value['ids'], isText) && isList(value['scopes'], isScope);
}

function isScope(value: unknown): boolean {
  if (!isObject(value) || !isObject(value['scope'])) return false;
  return typeof value['scope']['name'] === 'string' && isList(value['metrics'], isMetric);
}

function isMetric(value: unknown): boolean {
  if (!isObject(value) || !isObject(value['descriptor'])) return false;
  const { descriptor, dataPointType, dataPoints } = value;
  const texts = [descriptor['name'], descriptor['unit'], descriptor['description']];
  const isValue = VALUES.get(dataPointType);
  if (isValue === undefined || texts.some((text) => typeof text !== 'string')) return false;
  return isList(
    dataPoints,
    (point) => isObject(point) && isObject(point['attributes']) && isValue(point['value']),
  );
}

/** Numbers that are not finite come as texts. */
function isNumber(value: unknown): boolean {
  return typeof value === 'number' || typeof value === 'string';
}

function isHistogram(value: unknown): boolean {
  if (!isObject(value) || !isObject(value['buckets'])) return false;
  const { boundaries, counts } = value['buckets'];
  return isNumber(value['count']) && isList(boundaries, isNumber) && isList(counts, isNumber);
}

function isExponential(value: unknown): boolean {
  if (!isObject(value)) return false;
  const isSide = (side: unknown): boolean =>
    isObject(side) && isNumber(side['offset']) && isList(side['bucketCounts'], isNumber);
  const numbers = [value['count'], value['scale'], value['zeroCount']];
  return numbers.every(isNumber) && isSide(value['positive']) && isSide(value['negative']);
}

const VALUES: ReadonlyMap<unknown, (value: unknown) => boolean> = new Map([
  [DataPointType.SUM, isNumber],
  [DataPointType.GAUGE, isNumber],
  [DataPointType.HISTOGRAM, isHistogram],
  [DataPointType.EXPONENTIAL_HISTOGRAM, isExponential],
]);

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isList(value: unknown, isItem: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(isItem);
}
