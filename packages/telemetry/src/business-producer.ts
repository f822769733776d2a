import { PREFIX } from '@moneytrail/catalogue';
import {
  collectSeries,
  type InstrumentSnapshot,
  type SeriesSnapshot,
  startTimeMs,
} from '@moneytrail/metrics';
import { type HrTime, ValueType } from '@opentelemetry/api';
import { millisToHrTime } from '@opentelemetry/core';
import { emptyResource } from '@opentelemetry/resources';
import {
  AggregationTemporality,
  type DataPoint,
  DataPointType,
  type MetricData,
  type MetricProducer,
  type ScopeMetrics,
} from '@opentelemetry/sdk-metrics';

/** The one store of business series, as the SDK's readers see it; it is theirs whatever their number. */
export const businessProducer: MetricProducer = {
  collect: () =>
    Promise.resolve({
      resourceMetrics: {
        resource: emptyResource(),
        scopeMetrics: [businessScope()],
      },
      errors: [],
    }),
};

/** The scope of the series of the catalogue. */
export const BUSINESS_SCOPE = '@moneytrail/metrics';

/** The series of the catalogue, as they stand. */
export function businessScope(): ScopeMetrics {
  return { scope: { name: BUSINESS_SCOPE }, metrics: collectMetrics() };
}

function collectMetrics(): MetricData[] {
  const times = { startTime: millisToHrTime(startTimeMs), endTime: millisToHrTime(Date.now()) };
  return collectSeries()
    .filter(({ series }) => series.length > 0)
    .map((snapshot) => metricOf(snapshot, times));
}

interface Times {
  readonly startTime: HrTime;
  readonly endTime: HrTime;
}

function metricOf(
  { name, definition, bounds, series }: InstrumentSnapshot,
  times: Times,
): MetricData {
  const base = {
    descriptor: {
      name: PREFIX + name,
      description: definition.help,
      unit: definition.unit,
      valueType: ValueType.DOUBLE,
    },
    aggregationTemporality: AggregationTemporality.CUMULATIVE,
  };
  const numbers = (): DataPoint<number>[] =>
    series.map(({ attributes, value }) => ({ ...times, attributes, value }));
  switch (definition.kind) {
    case 'counter':
      return {
        ...base,
        dataPointType: DataPointType.SUM,
        isMonotonic: true,
        dataPoints: numbers(),
      };
    case 'gauge':
      return { ...base, dataPointType: DataPointType.GAUGE, dataPoints: numbers() };
    case 'histogram':
      return {
        ...base,
        dataPointType: DataPointType.HISTOGRAM,
        dataPoints: series.map((one) => ({
          ...times,
          attributes: one.attributes,
          value: histogramOf(one, bounds),
        })),
      };
  }
}

function histogramOf({ value, bucketCounts }: SeriesSnapshot, bounds: readonly number[]) {
  return {
    count: bucketCounts.reduce((sum, one) => sum + one, 0),
    sum: value,
    buckets: { boundaries: [...bounds], counts: [...bucketCounts] },
  };
}
