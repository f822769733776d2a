// Values of points as the text format has them, also where they came from another process.

import type { DataPoint, ExponentialHistogram, Histogram } from '@opentelemetry/sdk-metrics';
import { numberOf } from './json.ts';

/** What lies between the bound below and this one. */
interface Bucket {
  readonly bound: number;
  readonly count: number;
}

/** The value of a point as the text format has it: bounds of a histogram are finite and ascend. */
export function readValue({
  value,
}: DataPoint<number | Histogram | ExponentialHistogram>): number | Histogram {
  if (typeof value !== 'object' || value === null) return numberOf(value);
  const buckets = 'buckets' in value ? explicitBuckets(value) : exponentialBuckets(value);
  const sum = value.sum === undefined ? undefined : numberOf(value.sum);
  return histogramOf(buckets, { sum, count: numberOf(value.count) });
}

/** A time in milliseconds; 0 where it is none. */
export function readTime(time: unknown): number {
  const [seconds, nanoseconds] = Array.isArray(time) ? time : [];
  const ms = Number(seconds) * 1000 + Math.floor(Number(nanoseconds) / 1_000_000);
  return Number.isFinite(ms) ? ms : 0;
}

/** A value before anything was counted. */
export function zeroOf(value: number | Histogram): number | Histogram {
  if (typeof value === 'number') return 0;
  const { boundaries, counts } = value.buckets;
  const buckets = { boundaries, counts: counts.map(() => 0) };
  return { ...(value.sum !== undefined && { sum: 0 }), count: 0, buckets };
}

/** Two histograms as one. */
export function sumOfHistograms(a: Histogram, b: Histogram): Histogram {
  const isWithoutSum = a.sum === undefined && b.sum === undefined;
  return histogramOf([...explicitBuckets(a), ...explicitBuckets(b)], {
    sum: isWithoutSum ? undefined : (a.sum ?? 0) + (b.sum ?? 0),
    count: a.count + b.count,
  });
}

/** Equal bounds become one bucket. What a bound counts that is not a number lies below infinity. */
function histogramOf(
  buckets: readonly Bucket[],
  { sum, count }: { readonly sum: number | undefined; readonly count: number },
): Histogram {
  const counts = new Map<number, number>();
  for (const bucket of buckets) {
    const bound = Number.isNaN(bucket.bound) ? Number.POSITIVE_INFINITY : bucket.bound;
    counts.set(bound, (counts.get(bound) ?? 0) + bucket.count);
  }
  const above = counts.get(Number.POSITIVE_INFINITY) ?? 0;
  counts.delete(Number.POSITIVE_INFINITY);
  const ascending = [...counts].sort(([a], [b]) => a - b);
  return {
    ...(sum !== undefined && { sum }),
    count,
    buckets: {
      boundaries: ascending.map(([bound]) => bound),
      counts: [...ascending.map(([, each]) => each), above],
    },
  };
}

function explicitBuckets({ buckets: { boundaries, counts } }: Histogram): Bucket[] {
  return counts.map((count, index) => ({
    bound: numberOf(boundaries[index] ?? Number.POSITIVE_INFINITY),
    count: numberOf(count),
  }));
}

/** Bounds of an exponential histogram: powers of 2^(2^-scale) on both sides of zero. */
function exponentialBuckets({
  positive,
  negative,
  scale,
  zeroCount,
}: ExponentialHistogram): Bucket[] {
  const base = 2 ** (2 ** -scale);
  const below = negative.bucketCounts.map((count, index) => ({
    bound: -(base ** (negative.offset + index)),
    count,
  }));
  const above = positive.bucketCounts.map((count, index) => ({
    bound: base ** (positive.offset + index + 1),
    count,
  }));
  return [...below, { bound: 0, count: zeroCount }, ...above];
}
