/** Metrics as Prometheus has them, from the definitions of any catalogue. */
import { prometheusLabel, prometheusName } from '@moneytrail/catalogue';
import { checkName } from './check.ts';

/** A label of a metric. */
export interface MetricLabel<Name extends string = string, Value extends string = string> {
  /** The attribute, as OpenTelemetry names it. */
  readonly name: Name;
  /** Its values, if they are a closed set. */
  readonly values?: readonly Value[];
}

/** A metric as Prometheus has it. Its type carries its labels and their values, so that a query that cannot match does not compile. */
export interface Metric<Label extends MetricLabel = MetricLabel> {
  /** Name in Prometheus; of a classic histogram without `_bucket`, `_sum` and `_count`. */
  readonly series: string;
  /** `exponential` is a native histogram: one series that contains all buckets. */
  readonly kind: MetricKind;
  /** UCUM, as its source has it. `{currency_unit}` is money. */
  readonly unit: string;
  readonly labels: readonly Label[];
}

/** Kind of a metric. */
export type MetricKind = 'counter' | 'gauge' | 'histogram' | 'exponential';

/** What a query needs to know of an instrument. */
export interface InstrumentData {
  readonly kind: MetricKind;
  readonly unit: string;
  readonly attributes: readonly string[];
  /** Prometheus scrapes it under exactly this name. Other metrics arrive over OTLP and are renamed. */
  readonly scraped?: true;
}

/** What a query needs to know of an attribute: its closed values, as a list or as the keys of a table. An `open_set` takes others too. */
export interface AttributeData {
  readonly kind?: string;
  readonly values?: readonly string[] | Readonly<Record<string, string>>;
}

/** Definitions of metrics as data. A catalogue is one, and so is `EXTERNAL_METRICS`. */
export interface MetricSource {
  /** The prefix of every name, with its dot: `moneytrail.`. */
  readonly prefix: string;
  readonly instruments: Readonly<Record<string, InstrumentData>>;
  readonly known?: Readonly<Record<string, AttributeData>>;
}

/** Resource attributes that Prometheus keeps as labels of every series that arrived over OTLP. */
export const RESOURCE_ATTRIBUTES = [
  'service.name',
  'service.instance.id',
  'deployment.environment.name',
] as const;

type ResourceLabel = MetricLabel<(typeof RESOURCE_ATTRIBUTES)[number]>;

/** The labels of an instrument of a source, each with its values. */
export type LabelOf<Source extends MetricSource, Name extends keyof Source['instruments']> =
  | OwnLabel<Source['known'], Source['instruments'][Name]['attributes'][number]>
  | (Source['instruments'][Name] extends { readonly scraped: true } ? never : ResourceLabel);

type OwnLabel<Known, Attribute extends string> = Attribute extends string
  ? MetricLabel<Attribute, Attribute extends keyof Known ? ValueOf<Known[Attribute]> : string>
  : never;

type ValueOf<Attribute> = Attribute extends { readonly kind: 'open_set' }
  ? string
  : Attribute extends { readonly values: infer Values }
    ? Values extends readonly (infer Value extends string)[]
      ? Value
      : (keyof Values & string) | '_OTHER'
    : string;

/**
 * A metric of a source, by its name without prefix. Throws `MONEYTRAIL_QUERY_INVALID` if the source does not have it.
 *
 * @example
 * ```ts
 * import { metric } from '@moneytrail/promql';
 * const shop = {
 *   prefix: 'shop.',
 *   instruments: {
 *     'order.wait': { kind: 'histogram', unit: 's', attributes: ['order.carrier'] },
 *   },
 * } as const;
 * console.log(metric(shop, 'order.wait').series); // shop_order_wait_seconds
 * ```
 */
export function metric<
  Source extends MetricSource,
  Name extends keyof Source['instruments'] & string,
>(source: Source, name: Name): Metric<LabelOf<Source, Name>> {
  checkName('the metric', name, Object.keys(source.instruments));
  const definition: InstrumentData = source.instruments[name] as Source['instruments'][Name];
  const { kind, unit, attributes, scraped } = definition;
  const labels = [...attributes, ...(scraped ? [] : RESOURCE_ATTRIBUTES)].map((attribute) =>
    labelOf(attribute, source.known?.[attribute]),
  );
  return {
    series: scraped ? name : prometheusName(source.prefix + name, unit, nameKind(kind)),
    kind,
    unit,
    // The type comes from the same table as the value.
    labels: labels as unknown as LabelOf<Source, Name>[],
  };
}

/**
 * The number of measurements of a classic histogram, as a counter.
 *
 * @example
 * ```ts
 * import { EXTERNAL_METRICS, measurementsOf, metric } from '@moneytrail/promql';
 * console.log(measurementsOf(metric(EXTERNAL_METRICS, 'db.client.operation.duration')).series);
 * // db_client_operation_duration_seconds_count
 * ```
 */
export function measurementsOf<Label extends MetricLabel>(histogram: Metric<Label>): Metric<Label> {
  return { ...histogram, series: `${histogram.series}_count`, kind: 'counter', unit: '{call}' };
}

/**
 * The sum of the measurements of a classic histogram, as a counter.
 *
 * @example
 * ```ts
 * import { EXTERNAL_METRICS, metric, sumOf } from '@moneytrail/promql';
 * console.log(sumOf(metric(EXTERNAL_METRICS, 'v8js.gc.duration')).series); // v8js_gc_duration_seconds_sum
 * ```
 */
export function sumOf<Label extends MetricLabel>(histogram: Metric<Label>): Metric<Label> {
  return { ...histogram, series: `${histogram.series}_sum`, kind: 'counter' };
}

/** The names in Prometheus of attributes. */
export function labelNames(attributes: readonly string[]): string[] {
  return attributes.map(prometheusLabel);
}

function labelOf(name: string, { values }: AttributeData = {}): MetricLabel {
  if (values === undefined) return { name };
  return { name, values: Array.isArray(values) ? values : [...Object.keys(values), '_OTHER'] };
}

function nameKind(kind: MetricKind): 'counter' | 'gauge' | 'histogram' {
  return kind === 'exponential' ? 'histogram' : kind;
}
