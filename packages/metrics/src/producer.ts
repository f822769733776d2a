/**
 * Converts series for readers of the OpenTelemetry SDK, in any version. It does not use the types of the SDK, which belongs
 * to the service.
 */
import { OWN_SCOPE } from '@moneytrail/catalogue';
import { type HrTime, ValueType } from '@opentelemetry/api';
import { RECORDERS } from './process.ts';
import type { SeriesAttributes } from './series/cells.ts';
import type { InstrumentSnapshot, SeriesSnapshot } from './series/series.ts';

/** `DataPointType` of the SDK: the numbers of kinds of points. */
const HISTOGRAM = 0;
const GAUGE = 2;
const SUM = 3;

/** `AggregationTemporality.CUMULATIVE` of the SDK. */
const CUMULATIVE = 1;

/** One point of a series. */
export interface BusinessPoint<Value> {
  readonly startTime: HrTime;
  readonly endTime: HrTime;
  readonly attributes: SeriesAttributes;
  readonly value: Value;
}

/** The value of a histogram. */
export interface BusinessHistogram {
  readonly count: number;
  readonly sum: number;
  readonly buckets: { readonly boundaries: number[]; readonly counts: number[] };
}

interface MetricBase {
  readonly descriptor: {
    readonly name: string;
    readonly description: string;
    readonly unit: string;
    readonly valueType: ValueType;
  };
  readonly aggregationTemporality: typeof CUMULATIVE;
}

/** One instrument with its points. */
export type BusinessMetric = MetricBase &
  (
    | {
        readonly dataPointType: typeof SUM;
        readonly isMonotonic: true;
        readonly dataPoints: BusinessPoint<number>[];
      }
    | { readonly dataPointType: typeof GAUGE; readonly dataPoints: BusinessPoint<number>[] }
    | {
        readonly dataPointType: typeof HISTOGRAM;
        readonly dataPoints: BusinessPoint<BusinessHistogram>[];
      }
  );

/** The instruments under the name of this package. */
export interface BusinessScope {
  readonly scope: { readonly name: string };
  readonly metrics: BusinessMetric[];
}

/** An empty resource: a reader uses that of its own SDK. */
interface NoResource {
  readonly attributes: Record<string, never>;
  readonly merge: <Other>(other: Other | null) => Other | NoResource;
  readonly getRawAttributes: () => never[];
}

/** A member of `metricProducers` of a reader. */
export interface BusinessMetricProducer {
  readonly collect: () => Promise<{
    readonly resourceMetrics: {
      readonly resource: NoResource;
      readonly scopeMetrics: BusinessScope[];
    };
    readonly errors: unknown[];
  }>;
}

const RESOURCE: NoResource = {
  attributes: {},
  merge: (other) => other ?? RESOURCE,
  getRawAttributes: () => [],
};

/**
 * The series of the catalogue for readers of another SDK (OpenTelemetry 1.x to 3.x): pass it to a reader as one of its
 * `metricProducers`. `@moneytrail/telemetry` does not need it. Every reader gets the same cumulative series.
 *
 * @example
 * ```ts
 * import { createBusinessMetricProducer } from '@moneytrail/metrics';
 * const { resourceMetrics } = await createBusinessMetricProducer().collect();
 * console.log(resourceMetrics.scopeMetrics[0]?.scope.name); // @moneytrail/metrics
 * ```
 */
export function createBusinessMetricProducer(): BusinessMetricProducer {
  return {
    collect: () =>
      Promise.resolve({
        resourceMetrics: {
          resource: RESOURCE,
          scopeMetrics: [businessScope(RECORDERS.collect(), Date.now())],
        },
        errors: [],
      }),
  };
}

/** The reported start of a series, in Unix milliseconds. */
export type StartOfSeries = (series: SeriesSnapshot) => number;

interface Times {
  readonly startTime: HrTime;
  readonly endTime: HrTime;
}

/**
 * The series of `collectSeries` at a time, in Unix milliseconds. Each starts with the process, or as returned by `startOf`.
 *
 * @example
 * ```ts
 * import { businessScope, collectSeries } from '@moneytrail/metrics';
 * const { metrics } = businessScope(collectSeries(), Date.now(), ({ bornMs }) => bornMs);
 * console.log(metrics.length); // 0
 * ```
 */
export function businessScope(
  instruments: readonly InstrumentSnapshot[],
  atMs: number,
  startOf: StartOfSeries = () => RECORDERS.startTimeMs,
): BusinessScope {
  const endTime = hrTime(atMs);
  const timesOf = (series: SeriesSnapshot): Times => ({
    startTime: hrTime(startOf(series)),
    endTime,
  });
  const used = instruments.filter(({ series }) => series.length > 0);
  return {
    scope: { name: OWN_SCOPE },
    metrics: used.map((snapshot) => metricOf(snapshot, timesOf)),
  };
}

function hrTime(ms: number): HrTime {
  return [Math.trunc(ms / 1000), (ms % 1000) * 1_000_000];
}

function metricOf(
  { metricName, definition, bounds, series }: InstrumentSnapshot,
  timesOf: (series: SeriesSnapshot) => Times,
): BusinessMetric {
  const base: MetricBase = {
    descriptor: {
      name: metricName,
      description: definition.help,
      unit: definition.unit,
      valueType: ValueType.DOUBLE,
    },
    aggregationTemporality: CUMULATIVE,
  };
  const pointsOf = <Value>(read: (one: SeriesSnapshot) => Value): BusinessPoint<Value>[] =>
    series.map((one) => ({ ...timesOf(one), attributes: one.attributes, value: read(one) }));
  switch (definition.kind) {
    case 'counter':
      return {
        ...base,
        dataPointType: SUM,
        isMonotonic: true,
        dataPoints: pointsOf(({ value }) => value),
      };
    case 'gauge':
      return { ...base, dataPointType: GAUGE, dataPoints: pointsOf(({ value }) => value) };
    case 'histogram':
      return {
        ...base,
        dataPointType: HISTOGRAM,
        dataPoints: pointsOf((one) => histogramOf(one, bounds)),
      };
  }
}

function histogramOf(
  { value, bucketCounts }: SeriesSnapshot,
  bounds: readonly number[],
): BusinessHistogram {
  return {
    count: bucketCounts.reduce((sum, one) => sum + one, 0),
    sum: value,
    buckets: { boundaries: [...bounds], counts: [...bucketCounts] },
  };
}
