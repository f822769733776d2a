// Writes the text that Prometheus scrapes, in pieces, so that a large one does not block the service.
import { setImmediate as nextTurn } from 'node:timers/promises';
import { OWN_SCOPE } from '@moneytrail/catalogue';
import { type HrTime, ValueType } from '@opentelemetry/api';
import { type InstrumentationScope, millisToHrTime } from '@opentelemetry/core';
import type { Resource } from '@opentelemetry/resources';
import {
  AggregationTemporality,
  type DataPoint,
  DataPointType,
  type Histogram,
  type MetricData,
  type ResourceMetrics,
  type ScopeMetrics,
} from '@opentelemetry/sdk-metrics';
import {
  type Family,
  familiesOf,
  merged,
  metricsOf,
  type Sample,
  type ScopedMetric,
  samplesOf,
} from './families.ts';
import { headOf, linesOf } from './lines.ts';
import { zeroOf } from './values.ts';

/** Series that are read or written before the service gets its turn again. */
const PIECE = 250;

const NOW: HrTime = [0, 0];

/** The text of a scrape. */
export interface ScrapeText {
  readonly text: Buffer;
  /** When the newest series with a value began, as Unix time in milliseconds. */
  readonly newestMs: number;
}

/** What a scrape shows. */
export interface Shown {
  /** Is called with each metric that cannot be written next to the others. */
  readonly leaveOut: (metric: MetricData, name: string) => void;
  /** Series that began at this time or later are shown at zero. */
  readonly zeroFromMs: number;
}

/** Writes the text of a scrape, with the names that Prometheus gives the same metrics when they arrive as OTLP. */
export async function prometheusText(
  { resource, scopeMetrics }: ResourceMetrics,
  { leaveOut, zeroFromMs }: Shown,
): Promise<ScrapeText> {
  const pieces: string[] = [];
  let newestMs = 0;
  for (const family of [targetInfo(resource), ...familiesOf(metricsOf(scopeMetrics), leaveOut)]) {
    const samples = await collectSamples(family);
    if (samples.length > 0) pieces.push(headOf(family));
    for (let start = 0; start < samples.length; start += PIECE) {
      const piece = samples.slice(start, start + PIECE);
      const shown = piece.map((sample) => shownOf(family, sample, zeroFromMs));
      pieces.push(shown.map((sample) => linesOf(family, sample)).join(''));
      newestMs = Math.max(newestMs, ...piece.map((sample) => sample.bornMs));
      await nextTurn();
    }
  }
  return { text: Buffer.from(pieces.join('')), newestMs };
}

function shownOf({ type }: Family, sample: Sample, zeroFromMs: number): Sample {
  const isNew = type !== 'gauge' && sample.bornMs >= zeroFromMs;
  return isNew ? { ...sample, value: zeroOf(sample.value) } : sample;
}

/** The same metrics with each series once, under their own names, so that they meet those of other processes again. */
export async function compacted(scopes: readonly ScopeMetrics[]): Promise<ScopeMetrics[]> {
  const whole: ScopeMetrics[] = [];
  for (const [key, same] of Map.groupBy(scopes, ({ scope }) => keyOf(scope))) {
    const scope: InstrumentationScope = JSON.parse(key);
    const metrics: MetricData[] = [];
    for (const family of familiesOf(metricsOf(same).map(withoutScope), () => {})) {
      metrics.push(...asMetric(family, await collectSamples(family)));
    }
    whole.push({ scope, metrics });
  }
  return whole;
}

/** Its labels are added when it is shown. */
function withoutScope({ scope, metric }: ScopedMetric): ScopedMetric {
  return { scope: { name: scope.name === OWN_SCOPE ? OWN_SCOPE : '' }, metric };
}

function keyOf({ name, version, schemaUrl }: InstrumentationScope): string {
  return JSON.stringify({ name, version, schemaUrl });
}

function targetInfo({ attributes }: Resource): Family {
  const [name, help] = ['target_info', 'Target metadata'];
  const metric: MetricData = {
    descriptor: { name, description: help, unit: '', valueType: ValueType.DOUBLE },
    aggregationTemporality: AggregationTemporality.CUMULATIVE,
    dataPointType: DataPointType.GAUGE,
    dataPoints: [{ startTime: NOW, endTime: NOW, attributes, value: 1 }],
  };
  return { name, help, type: 'gauge', isAdded: false, metrics: [{ scope: { name: '' }, metric }] };
}

/** Each series once. */
async function collectSamples(family: Family): Promise<Sample[]> {
  const found = new Map<string, Sample>();
  let read = 0;
  for (const sample of samplesOf(family)) {
    const key = JSON.stringify(sample.labels);
    const known = found.get(key);
    found.set(key, known ? merged(family, known, sample) : sample);
    read += 1;
    if (read % PIECE === 0) await nextTurn();
  }
  return [...found.values()];
}

/** Counters and histograms; nothing else counts after the end of its process. */
function asMetric({ type, metrics }: Family, samples: readonly Sample[]): MetricData[] {
  const [first] = metrics;
  if (first === undefined || type === 'gauge') return [];
  const { descriptor, aggregationTemporality } = first.metric;
  const head = { descriptor, aggregationTemporality };
  const points: Point[] = samples.map(({ labels, value, bornMs }) => ({
    startTime: millisToHrTime(bornMs),
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
