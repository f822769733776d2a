// The families of a scrape: valid names, each once, and no series twice, whatever instruments and attributes are called.

import {
  OWN_SCOPE,
  prometheusLabel,
  prometheusLabels,
  prometheusName,
  scopeLabels,
} from '@moneytrail/catalogue';
import type { InstrumentationScope } from '@opentelemetry/core';
import {
  type DataPoint,
  DataPointType,
  type Histogram,
  type MetricData,
  type ScopeMetrics,
} from '@opentelemetry/sdk-metrics';
import { maskAttributes } from '../redaction/attributes.ts';
import { readTime, readValue, sumOfHistograms } from './values.ts';

/** Kind of a family, as the text format calls it. */
type FamilyType = 'counter' | 'gauge' | 'histogram';

/** One series: its labels, and a number or a histogram. */
export interface Sample {
  /** In the order of their names, each name once. */
  readonly labels: readonly (readonly [name: string, value: string])[];
  readonly value: number | Histogram;
  /** Unix time in milliseconds at which a series of the catalogue began; 0 where it is not known. */
  readonly bornMs: number;
}

/** A metric with the scope that its instrument was made in. */
export interface ScopedMetric {
  readonly scope: InstrumentationScope;
  readonly metric: MetricData;
}

/** A metric as the text format has it. */
export interface Family {
  readonly name: string;
  readonly type: FamilyType;
  readonly help: string;
  /** Series that are the same after their names are made valid are added; of gauges, the highest stays. */
  readonly isAdded: boolean;
  readonly metrics: ScopedMetric[];
}

/** Names of samples that a family takes besides its own. */
const SUFFIXES: Readonly<Record<FamilyType, readonly string[]>> = {
  counter: [''],
  gauge: [''],
  histogram: ['', '_bucket', '_sum', '_count'],
};

/** What the format itself writes. */
const RESERVED = 'target_info';

/** The metrics of all scopes. Those of the catalogue come first, so that no other instrument can take their names. */
export function metricsOf(scopes: readonly ScopeMetrics[]): ScopedMetric[] {
  const isOwn = ({ scope }: ScopeMetrics): boolean => scope.name === OWN_SCOPE;
  return [...scopes.filter(isOwn), ...scopes.filter((one) => !isOwn(one))].flatMap(
    ({ scope, metrics }) => metrics.map((metric) => ({ scope, metric })),
  );
}

/**
 * Groups metrics by the name that Prometheus gives them. A metric whose name belongs to a family of another type is left out
 * and given to `leaveOut`, because the whole text would be refused.
 */
export function familiesOf(
  metrics: readonly ScopedMetric[],
  leaveOut: (metric: MetricData, name: string) => void,
): Family[] {
  const families = new Map<string, Family>();
  const taken = new Map<string, string>([[RESERVED, RESERVED]]);
  for (const scoped of metrics) {
    const { metric } = scoped;
    const family = families.get(nameOf(metric)) ?? newFamily(metric, taken);
    if (family === undefined || family.type !== typeOf(metric)) {
      leaveOut(metric, nameOf(metric));
      continue;
    }
    family.metrics.push(scoped);
    families.set(family.name, family);
  }
  return [...families.values()];
}

/** A family for the metric, unless samples of its name belong to another one. */
function newFamily(metric: MetricData, taken: Map<string, string>): Family | undefined {
  const name = nameOf(metric);
  const type = typeOf(metric);
  const samples = SUFFIXES[type].map((suffix) => name + suffix);
  if (name === '' || samples.some((sample) => taken.has(sample))) return undefined;
  for (const sample of samples) taken.set(sample, name);
  const help = wellFormed(metric.descriptor.description);
  return { name, type, help, isAdded: isAdded(metric), metrics: [] };
}

/** The series of a family one by one; the same series may come again. */
export function* samplesOf({ metrics }: Family): Generator<Sample> {
  for (const { scope, metric } of metrics) {
    const own = new Map([...scopeLabels(scope)].map(([name, value]) => [name, textOf(value)]));
    const taken = typeOf(metric) === 'histogram' ? ['le', ...own.keys()] : [...own.keys()];
    for (const point of metric.dataPoints) {
      yield {
        labels: labelsOf(point.attributes, own, taken),
        value: readValue(point),
        bornMs: scope.name === OWN_SCOPE ? readTime(point.startTime) : 0,
      };
    }
  }
}

/** Two samples of one series as one. It began when the first of them did. */
export function merged({ isAdded }: Family, a: Sample, b: Sample): Sample {
  return {
    labels: a.labels,
    value: mergedValue(isAdded, a.value, b.value),
    bornMs: Math.min(a.bornMs, b.bornMs),
  };
}

function mergedValue(isAdded: boolean, a: Sample['value'], b: Sample['value']): Sample['value'] {
  if (typeof a === 'number' || typeof b === 'number') {
    return isAdded ? Number(a) + Number(b) : Math.max(Number(a), Number(b));
  }
  return sumOfHistograms(a, b);
}

function nameOf(metric: MetricData): string {
  const { name, unit } = metric.descriptor;
  const type = typeOf(metric);
  const kind = type === 'gauge' && isAdded(metric) ? 'updowncounter' : type;
  return prometheusName(name, unit, kind);
}

function typeOf(metric: MetricData): FamilyType {
  if (metric.dataPointType === DataPointType.SUM) return metric.isMonotonic ? 'counter' : 'gauge';
  return metric.dataPointType === DataPointType.GAUGE ? 'gauge' : 'histogram';
}

function isAdded({ dataPointType }: MetricData): boolean {
  return dataPointType !== DataPointType.GAUGE;
}

/** The labels of a point, with the values that leave by OTLP. Labels that are taken have another meaning. */
function labelsOf(
  attributes: DataPoint<unknown>['attributes'],
  own: ReadonlyMap<string, string>,
  taken: readonly string[],
): Sample['labels'] {
  const masked = { ...attributes };
  maskAttributes(masked);
  const texts = Object.entries(masked).map(([name, value]): [string, string] => {
    const label = prometheusLabel(name);
    return [taken.includes(label) ? `exported_${label}` : name, textOf(value)];
  });
  return [...prometheusLabels(texts), ...own].sort(([a], [b]) => (a < b ? -1 : 1));
}

function textOf(value: unknown): string {
  if (typeof value === 'object' && value !== null) return wellFormed(JSON.stringify(value) ?? '');
  return value === null || value === undefined ? '' : wellFormed(String(value));
}

/** A text in UTF-8 without NUL, at which Prometheus stops to read. */
function wellFormed(text: string): string {
  return text.toWellFormed().replaceAll('\u0000', '\ufffd');
}
