/** Queries of one metric: rates, totals, latest values and quantiles. */
import { listOf, prometheusLabel, withOptions } from '@moneytrail/catalogue';
import { checkKind, checkName, checkPattern, invalidPart } from './check.ts';
import {
  type Aggregation,
  binary,
  call,
  type Expression,
  type Matcher,
  type Selector,
  type Window,
} from './expression.ts';
import { labelNames, type Metric, type MetricLabel } from './metric.ts';

/** A query: its expression, unit and labels. */
export interface Query {
  readonly expression: Expression;
  /** UCUM: `{payment}/min`, `s`, `1` for a share. `{currency_unit}` is money. */
  readonly unit: string;
  /** The labels that distinguish its series. */
  readonly labels: readonly MetricLabel[];
}

type NameOf<Label extends MetricLabel> = Label['name'];
type ValueOf<Label extends MetricLabel> =
  Label extends MetricLabel<string, infer Value> ? Value : never;

/** Conditions on labels: a value, any of several, or a pattern. As in Prometheus, a pattern matches the whole value. */
export type Where<Label extends MetricLabel> = {
  readonly [One in Label as NameOf<One>]?:
    | ValueOf<One>
    | readonly [ValueOf<One>, ...ValueOf<One>[]]
    | RegExp;
};

/** The labels to split by, and conditions. Money must be split by its currency, because currencies are never added. */
export type QueryOptions<Label extends MetricLabel> =
  IsMoney<Label> extends true
    ? { readonly by: readonly [typeof CURRENCY, ...NameOf<Label>[]]; readonly where?: Where<Label> }
    : { readonly by?: readonly NameOf<Label>[]; readonly where?: Where<Label> };

type IsMoney<Label extends MetricLabel> =
  string extends NameOf<Label> ? false : typeof CURRENCY extends NameOf<Label> ? true : false;

/** The last argument of a builder, which may be left out unless it has to name the currency. */
export type Arguments<Label extends MetricLabel, More = unknown> =
  IsMoney<Label> extends true
    ? [options: QueryOptions<Label> & More]
    : [options?: QueryOptions<Label> & More];

const CURRENCY = 'money.currency';
const MONEY_UNIT = '{currency_unit}';
const PER = {
  second: { seconds: 1, unit: 's' },
  minute: { seconds: 60, unit: 'min' },
  hour: { seconds: 3600, unit: 'h' },
} as const;

/** Options of a rate. */
export interface RateOptions {
  /** The unit of time of the rate; `second` by default. */
  readonly per?: keyof typeof PER;
  /** The range of the rate; `interval` by default. */
  readonly over?: Window;
}

/** Options of a quantile. */
export interface QuantileOptions {
  /** The range of the quantile; `interval` by default. */
  readonly over?: Window;
}

/**
 * How fast a counter grows. Seconds per second are a share of the time.
 *
 * @example
 * ```ts
 * import { EXTERNAL_METRICS, metric, rate, text } from '@moneytrail/promql';
 * const calls = metric(EXTERNAL_METRICS, 'traces.span.metrics.calls');
 * const perMinute = rate(calls, { per: 'minute', by: ['span.name'] });
 * console.log(perMinute.unit); // {call}/min
 * console.log(text(perMinute, '5m'));
 * // 60 * sum by (span_name) (rate(traces_span_metrics_calls_total{}[5m]))
 * ```
 */
export function rate<Label extends MetricLabel>(
  metric: Metric<Label>,
  ...[options]: Arguments<Label, RateOptions>
): Query {
  checkKind(metric, 'rate', 'counter');
  const { per = 'second', over = 'interval', by, where } = read<RateOptions>(options);
  checkName('the unit of time', per, Object.keys(PER));
  const { seconds, unit } = PER[per];
  const labels = splitBy(metric, by);
  const sum = aggregation('sum', labels, call('rate', select(metric, where, over)));
  const isShare = metric.unit === unit;
  return {
    expression: seconds === 1 ? sum : binary(seconds, '*', sum),
    unit: isShare ? '1' : `${metric.unit}/${unit}`,
    labels,
  };
}

/**
 * The increase of a counter in the period. It is exact, while `increase` extrapolates to the edges of the range, and it includes the
 * first value of a series. Where a series was reset, which happens only if processes share a `service.instance.id`, it falls back
 * to `increase`.
 *
 * @example
 * ```ts
 * import { EXTERNAL_METRICS, measurementsOf, metric, total } from '@moneytrail/promql';
 * const statements = measurementsOf(metric(EXTERNAL_METRICS, 'db.client.operation.duration'));
 * console.log(total(statements, { by: ['db.operation.name'] }).unit); // {call}
 * ```
 */
export function total<Label extends MetricLabel>(
  metric: Metric<Label>,
  ...[options]: Arguments<Label>
): Query {
  checkKind(metric, 'total', 'counter');
  const { by, where } = read(options);
  const labels = splitBy(metric, by);
  const series = select(metric, where);
  const period: Selector = { ...series, range: 'period' };
  const last = call('last_over_time', period);
  const before = binary({ ...series, offset: 'period' }, 'or', binary(0, '*', last));
  const noReset = binary(call('resets', period), '==', 0);
  const exact = binary(binary(last, '-', before), 'and', noReset);
  const grown = binary(exact, 'or', call('increase', period));
  return { expression: aggregation('sum', labels, grown), unit: metric.unit, labels };
}

/**
 * The latest value of a gauge, added up over its series.
 *
 * @example
 * ```ts
 * import { EXTERNAL_METRICS, latest, metric, text } from '@moneytrail/promql';
 * const queue = latest(metric(EXTERNAL_METRICS, 'otelcol_exporter_queue_size'), { by: ['exporter'] });
 * console.log(text(queue, '5m')); // sum by (exporter) (otelcol_exporter_queue_size{})
 * ```
 */
export function latest<Label extends MetricLabel>(
  metric: Metric<Label>,
  ...[options]: Arguments<Label>
): Query {
  return gauge('sum', metric, read(options));
}

/**
 * The time since the newest timestamp of a gauge, in seconds.
 *
 * @example
 * ```ts
 * import { age, metric, text } from '@moneytrail/promql';
 * const shop = {
 *   prefix: 'shop.',
 *   instruments: { 'sync.timestamp': { kind: 'gauge', unit: 's', attributes: [] } },
 * } as const;
 * console.log(text(age(metric(shop, 'sync.timestamp')), '5m')); // time() - max(shop_sync_timestamp_seconds{})
 * ```
 */
export function age<Label extends MetricLabel>(
  metric: Metric<Label>,
  ...args: Arguments<Label>
): Query {
  const newest = max(metric, ...args);
  return { ...newest, expression: binary(call('time'), '-', newest.expression) };
}

/**
 * A quantile of a histogram, classic or native.
 *
 * @example
 * ```ts
 * import { EXTERNAL_METRICS, metric, quantile, text } from '@moneytrail/promql';
 * const p95 = quantile(0.95, metric(EXTERNAL_METRICS, 'traces.span.metrics.duration'));
 * console.log(text(p95, '5m')); // histogram_quantile(0.95, sum(rate(traces_span_metrics_duration_seconds{}[5m])))
 * ```
 */
export function quantile<Label extends MetricLabel>(
  share: number,
  metric: Metric<Label>,
  ...[options]: Arguments<Label, QuantileOptions>
): Query {
  checkKind(metric, 'quantile', 'histogram', 'exponential');
  if (!(share >= 0 && share <= 1)) throw invalidPart('the quantile', share, 'from 0 to 1');
  const { over = 'interval', by, where } = read<QuantileOptions>(options);
  const labels = splitBy(metric, by);
  const isClassic = metric.kind === 'histogram';
  const series = isClassic ? { ...metric, series: `${metric.series}_bucket` } : metric;
  const rates = call('rate', select(series, where, over));
  const { by: names, ...sum } = aggregation('sum', labels, rates);
  const buckets: Aggregation = { ...sum, by: isClassic ? [...names, 'le'] : names };
  return { expression: call('histogram_quantile', share, buckets), unit: metric.unit, labels };
}

/** Options without the types of a metric. */
interface AnyOptions {
  readonly by?: readonly string[];
  readonly where?: object;
}

/**
 * The highest value of a gauge among its series.
 *
 * @example
 * ```ts
 * import { EXTERNAL_METRICS, max, metric } from '@moneytrail/promql';
 * console.log(max(metric(EXTERNAL_METRICS, 'nodejs.eventloop.delay.p99')).unit); // s
 * ```
 */
export function max<Label extends MetricLabel>(
  metric: Metric<Label>,
  ...[options]: Arguments<Label>
): Query {
  return gauge('max', metric, read(options));
}

/** The types of the builders have checked the names. */
function read<Options = unknown>(options: unknown): AnyOptions & Partial<Options> {
  return (options ?? {}) as AnyOptions & Partial<Options>;
}

/** The labels that `by` names. Money always has its currency, also where no type demands it. */
function splitBy({ labels, unit }: Metric, by: readonly string[] = []): MetricLabel[] {
  const hasCurrency = unit === MONEY_UNIT && labels.some(({ name }) => name === CURRENCY);
  const names = hasCurrency && !by.includes(CURRENCY) ? [CURRENCY, ...by] : by;
  return names.map((name) => {
    checkLabel(labels, name);
    return labels.find((label) => label.name === name) ?? { name };
  });
}

function aggregation(
  operator: Aggregation['operator'],
  labels: readonly MetricLabel[],
  of: Expression,
): Aggregation {
  const by = labelNames(labels.map(({ name }) => name));
  return { kind: 'aggregation', operator, by, of };
}

function select({ series, labels }: Metric, where: object = {}, range?: Window): Selector {
  const matchers = withOptions('where', where, (given) =>
    Object.entries(given).map(([name, value]) => {
      checkLabel(labels, name);
      return matcher(name, value);
    }),
  );
  const attributes = labels.map(({ name }) => name);
  const selector: Selector = { kind: 'selector', series, matchers, attributes };
  return range === undefined ? selector : { ...selector, range };
}

function matcher(name: string, value: unknown): Matcher {
  const label = prometheusLabel(name);
  if (value instanceof RegExp) {
    checkPattern(name, value);
    return { label, operator: '=~', value: pattern(value) };
  }
  if (typeof value === 'string') return { label, operator: '=', value };
  const values = listOf(value) ?? [];
  if (values.length > 0 && values.every((one) => typeof one === 'string'))
    return { label, operator: '=~', value: values.map(escaped).join('|') };
  throw invalidPart(`the label ${name}`, value, 'a string, strings, or a regular expression');
}

function checkLabel(labels: readonly MetricLabel[], name: string): void {
  checkName(
    'the label',
    name,
    labels.map((label) => label.name),
  );
}

/** The flags that Prometheus knows, too. The others do not change what matches. */
function pattern({ source, flags }: RegExp): string {
  const known = flags.replaceAll(/[^ims]/g, '');
  return known === '' ? source : `(?${known})${source}`;
}

function escaped(value: string): string {
  return value.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

function gauge(
  operator: Aggregation['operator'],
  metric: Metric,
  { by, where }: AnyOptions,
): Query {
  checkKind(metric, 'latest, max and age', 'gauge');
  const labels = splitBy(metric, by);
  const expression = aggregation(operator, labels, select(metric, where));
  return { expression, unit: metric.unit, labels };
}
