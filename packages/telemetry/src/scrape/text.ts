// Writes the text that Prometheus scrapes, in pieces, so that a large one does not block the service.
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type HrTime, ValueType } from '@opentelemetry/api';
import type { Resource } from '@opentelemetry/resources';
import {
  AggregationTemporality,
  type DataPoint,
  DataPointType,
  type Histogram,
  type MetricData,
  type ResourceMetrics,
} from '@opentelemetry/sdk-metrics';
import { type Family, familiesOf, merged, metricsOf, type Sample, samplesOf } from './families.ts';
import { headOf, linesOf } from './lines.ts';

/** Series that are read or written before the service gets its turn again. */
const PIECE = 250;

const NOW: HrTime = [0, 0];

/**
 * The text of a scrape, with the names that Prometheus gives the same metrics when they arrive as OTLP. `leaveOut` hears of
 * each metric that cannot be written beside the others.
 */
export async function prometheusText(
  { resource, scopeMetrics }: ResourceMetrics,
  leaveOut: (metric: MetricData, name: string) => void,
): Promise<Buffer> {
  const pieces: string[] = [];
  for (const family of [targetInfo(resource), ...familiesOf(metricsOf(scopeMetrics), leaveOut)]) {
    const samples = await collectSamples(family);
    if (samples.length > 0) pieces.push(headOf(family));
    for (let start = 0; start < samples.length; start += PIECE) {
      const piece = samples.slice(start, start + PIECE);
      pieces.push(piece.map((sample) => linesOf(family, sample)).join(''));
      await nextTurn();
    }
  }
  return Buffer.from(pieces.join(''));
}

/** The same metrics with each series once, under their own names, so that they meet those of other processes again. */
export async function compacted(metrics: readonly MetricData[]): Promise<MetricData[]> {
  const whole: MetricData[] = [];
  for (const family of familiesOf(metrics, () => {})) {
    whole.push(...asMetric(family, await collectSamples(family)));
  }
  return whole;
}

function targetInfo({ attributes }: Resource): Family {
  const [name, help] = ['target_info', 'Target metadata'];
  const metric: MetricData = {
    descriptor: { name, description: help, unit: '', valueType: ValueType.DOUBLE },
    aggregationTemporality: AggregationTemporality.CUMULATIVE,
    dataPointType: DataPointType.GAUGE,
    dataPoints: [{ startTime: NOW, endTime: NOW, attributes, value: 1 }],
  };
  return { name, help, type: 'gauge', isAdded: false, metrics: [metric] };
}

/** Each series once. */
async function collectSamples(family: Family): Promise<Sample[]> {
  const found = new Map<string, Sample>();
  let read = 0;
  for (const sample of samplesOf(family)) {
    const key = JSON.stringify(sample.labels);
    const known = found.get(key);
    const value = known ? merged(family, known.value, sample.value) : sample.value;
    found.set(key, { labels: sample.labels, value });
    read += 1;
    if (read % PIECE === 0) await nextTurn();
  }
  return [...found.values()];
}

/** Counters and histograms; nothing else counts after the end of its process. */
function asMetric({ type, metrics }: Family, samples: readonly Sample[]): MetricData[] {
  const [first] = metrics;
  if (first === undefined || type === 'gauge') return [];
  const { descriptor, aggregationTemporality } = first;
  const head = { descriptor, aggregationTemporality };
  const points: Point[] = samples.map(({ labels, value }) => ({
    startTime: NOW,
    endTime: NOW,
    attributes: Object.fromEntries(labels),
    value,
  }));
  if (type === 'counter') {
    const dataPoints = points.filter(isNumber);
    return [{ ...head, dataPointType: DataPointType.SUM, isMonotonic: true, dataPoints }];
  }
  const dataPoints = points.filter(isHistogram);
  return [{ ...head, dataPointType: DataPointType.HISTOGRAM, dataPoints }];
}

type Point = DataPoint<number | Histogram>;

function isNumber(point: Point): point is DataPoint<number> {
  return typeof point.value === 'number';
}

function isHistogram(point: Point): point is DataPoint<Histogram> {
  return typeof point.value !== 'number';
}
