// Values of points as the text format has them, also where they came from another process.

import type { DataPoint, ExponentialHistogram, Histogram } from '@opentelemetry/sdk-metrics';
import { numberOf } from './json.ts';

/** The value of a point as the text format has it. */
export function readValue({
  value,
}: DataPoint<number | Histogram | ExponentialHistogram>): number | Histogram {
  if (typeof value !== 'object' || value === null) return numberOf(value);
  if (!('buckets' in value)) return explicitOf(value);
  return typeof value.sum === 'string' ? { ...value, sum: numberOf(value.sum) } : value;
}

/** The buckets of an exponential histogram with bounds: powers of 2^(2^-scale) on both sides of zero. */
function explicitOf({
  positive,
  negative,
  scale,
  sum,
  count,
  zeroCount,
}: ExponentialHistogram): Histogram {
  const base = 2 ** (2 ** -scale);
  const below = negative.bucketCounts.map((each, index) => ({
    bound: -(base ** (negative.offset + index)),
    each,
  }));
  const above = positive.bucketCounts.map((each, index) => ({
    bound: base ** (positive.offset + index + 1),
    each,
  }));
  const buckets = [...below.reverse(), { bound: 0, each: zeroCount }, ...above];
  return {
    sum: numberOf(sum ?? 0),
    count,
    buckets: {
      boundaries: buckets.map(({ bound }) => bound),
      counts: [...buckets.map(({ each }) => each), 0],
    },
  };
}

/** Two histograms as one. */
export function sumOfHistograms(a: Histogram, b: Histogram): Histogram {
  const sameBounds = String(a.buckets.boundaries) === String(b.buckets.boundaries);
  const counts = a.buckets.counts.map((one, index) => one + (b.buckets.counts[index] ?? 0));
  // With other bounds only the totals can be added: everything of the second lies somewhere below infinity.
  const totals = a.buckets.counts.with(-1, (a.buckets.counts.at(-1) ?? 0) + b.count);
  return {
    count: a.count + b.count,
    sum: (a.sum ?? 0) + (b.sum ?? 0),
    buckets: { boundaries: a.buckets.boundaries, counts: sameBounds ? counts : totals },
  };
}
