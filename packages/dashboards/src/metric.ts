import {
  type AttributeName,
  INSTRUMENTS,
  type InstrumentName,
  type InstrumentOf,
  PREFIX,
  prometheusName,
} from '@moneytrail/catalogue';
import {
  OUTSIDE_METRICS,
  type OutsideDefinition,
  type OutsideLabel,
  type OutsideName,
  RESOURCE_LABELS,
  type ResourceLabel,
} from './outside.ts';

/** The annotation checks each entry. */
const OUTSIDE: Readonly<Record<OutsideName, OutsideDefinition>> = OUTSIDE_METRICS;

/** A metric as Prometheus has it. Queries take nothing else, so that a metric that nobody emits does not compile. */
export interface Metric<Label extends string = string> {
  /** Name in Prometheus; a classic histogram has `_bucket`, `_sum` and `_count` behind it. */
  readonly series: string;
  /** `exponential` is a native histogram: one series with all its buckets. */
  readonly kind: 'counter' | 'gauge' | 'histogram' | 'exponential';
  /** UCUM, as its source gives it. */
  readonly unit: string;
  /** Attributes that queries may filter and split by, as OpenTelemetry names them. */
  readonly labels: readonly Label[];
}

/** Attributes of an instrument of the catalogue. */
export type LabelOf<Name extends InstrumentName> = Extract<
  InstrumentOf<Name>['attributes'][number],
  AttributeName
>;

/**
 * A metric of the catalogue.
 *
 * @example
 * ```ts
 * import { metric } from '@moneytrail/dashboards';
 * console.log(metric('webhook.delivery.lag').series); // moneytrail_webhook_delivery_lag_seconds
 * ```
 */
export function metric<Name extends InstrumentName>(
  name: Name,
): Metric<LabelOf<Name> | ResourceLabel> {
  const { kind, unit, attributes } = INSTRUMENTS[name];
  const labels = [...attributes, ...RESOURCE_LABELS];
  return {
    series: prometheusName(PREFIX + name, unit, kind),
    kind,
    unit,
    // The table that the type comes from is the one that the value comes from.
    labels: labels as (LabelOf<Name> | ResourceLabel)[],
  };
}

/**
 * A metric of others: instrumentations of Node.js, the span metrics of the Collector, and the Collector itself.
 *
 * @example
 * ```ts
 * import { outsideMetric } from '@moneytrail/dashboards';
 * console.log(outsideMetric('db.client.operation.duration').series); // db_client_operation_duration_seconds
 * ```
 */
export function outsideMetric<Name extends OutsideName>(name: Name): Metric<OutsideLabel<Name>> {
  const { kind, unit, labels, scraped } = OUTSIDE[name];
  const all = scraped ? labels : [...labels, ...RESOURCE_LABELS];
  const series = scraped
    ? name
    : prometheusName(name, unit, kind === 'exponential' ? 'histogram' : kind);
  return { series, kind, unit, labels: all as OutsideLabel<Name>[] };
}

/**
 * The number of measurements of a classic histogram, as a counter.
 *
 * @example
 * ```ts
 * import { measurementsOf, outsideMetric } from '@moneytrail/dashboards';
 * console.log(measurementsOf(outsideMetric('http.server.request.duration')).series);
 * // http_server_request_duration_seconds_count
 * ```
 */
export function measurementsOf<Label extends string>(histogram: Metric<Label>): Metric<Label> {
  return { ...histogram, series: `${histogram.series}_count`, kind: 'counter', unit: '{call}' };
}

/**
 * The sum of the measurements of a classic histogram, as a counter.
 *
 * @example
 * ```ts
 * import { outsideMetric, sumOf } from '@moneytrail/dashboards';
 * console.log(sumOf(outsideMetric('v8js.gc.duration')).series); // v8js_gc_duration_seconds_sum
 * ```
 */
export function sumOf<Label extends string>(histogram: Metric<Label>): Metric<Label> {
  return { ...histogram, series: `${histogram.series}_sum`, kind: 'counter' };
}
