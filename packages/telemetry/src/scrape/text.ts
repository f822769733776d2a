// Writes the text that Prometheus scrapes, in pieces, so that a large one does not block the service.
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type HrTime, ValueType } from '@opentelemetry/api';
import { PrometheusSerializer } from '@opentelemetry/exporter-prometheus';
import { emptyResource, type Resource } from '@opentelemetry/resources';
import {
  AggregationTemporality,
  type DataPoint,
  DataPointType,
  type Histogram,
  type MetricData,
  type ResourceMetrics,
} from '@opentelemetry/sdk-metrics';
import { type Family, familiesOf, merged, type Sample, samplesOf } from './families.ts';

/** Series that are read or written before the service gets its turn again. */
const PIECE = 250;

/** The official serializer adds no units to names and leaves names of labels as they collide, so it gets finished ones. */
const serializer = new PrometheusSerializer('', false, undefined, true, true);

const NOW: HrTime = [0, 0];

/**
 * The text of a scrape, with the names that Prometheus gives the same metrics when they arrive as OTLP. `leaveOut` hears of
 * each metric that cannot be written beside the others.
 */
export async function prometheusText(
  { resource, scopeMetrics }: ResourceMetrics,
  leaveOut: (metric: MetricData, name: string) => void,
): Promise<Buffer> {
  const metrics = scopeMetrics.flatMap((scope) => scope.metrics);
  const pieces: string[] = [];
  for (const family of [targetInfo(resource), ...familiesOf(metrics, leaveOut)]) {
    const samples = await collectSamples(family);
    for (let start = 0; start < samples.length; start += PIECE) {
      const text = write(family, samples.slice(start, start + PIECE));
      pieces.push(start === 0 ? text : text.replace(HEAD, ''));
      await nextTurn();
    }
  }
  return Buffer.from(pieces.join(''));
}

/** The same metrics with each series once, under their finished names. */
export async function compacted(metrics: readonly MetricData[]): Promise<MetricData[]> {
  const whole: MetricData[] = [];
  for (const family of familiesOf(metrics, () => {})) {
    whole.push(finished(family, await collectSamples(family)));
  }
  return whole;
}

/** What stands once before the series of a family. */
const HEAD = /^(?:#.*\n)+/;

function targetInfo({ attributes }: Resource): Family {
  const metric: MetricData = {
    ...headOf('target_info', 'Target metadata'),
    dataPointType: DataPointType.GAUGE,
    dataPoints: [{ startTime: NOW, endTime: NOW, attributes, value: 1 }],
  };
  const [name, help] = ['target_info', 'Target metadata'];
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

function write(family: Family, samples: readonly Sample[]): string {
  return serializer.serialize({
    resource: emptyResource(),
    scopeMetrics: [{ scope: { name: '' }, metrics: [finished(family, samples)] }],
  });
}

function finished({ name, help, type }: Family, samples: readonly Sample[]): MetricData {
  const head = headOf(name, help);
  const points: DataPoint<number | Histogram>[] = samples.map(({ labels, value }) => ({
    startTime: NOW,
    endTime: NOW,
    attributes: labels,
    value,
  }));
  const numbers = points.filter(
    (point): point is DataPoint<number> => typeof point.value === 'number',
  );
  const histograms = points.filter(
    (point): point is DataPoint<Histogram> => typeof point.value !== 'number',
  );
  switch (type) {
    case 'counter':
      return { ...head, dataPointType: DataPointType.SUM, isMonotonic: true, dataPoints: numbers };
    case 'gauge':
      return { ...head, dataPointType: DataPointType.GAUGE, dataPoints: numbers };
    case 'histogram':
      return { ...head, dataPointType: DataPointType.HISTOGRAM, dataPoints: histograms };
  }
}

function headOf(
  name: string,
  description: string,
): Pick<MetricData, 'descriptor' | 'aggregationTemporality'> {
  return {
    descriptor: { name, description, unit: '', valueType: ValueType.DOUBLE },
    aggregationTemporality: AggregationTemporality.CUMULATIVE,
  };
}
