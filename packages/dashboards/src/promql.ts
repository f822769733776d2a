import { prometheusLabel } from '@moneytrail/catalogue';
import type { Metric } from './metric.ts';
import { grafanaUnit, type Query } from './query.ts';
import { selector, type Where } from './selector.ts';

/** Labels to split by. Money is always split by its currency first, because currencies are never added. */
export type By<Label extends string> = 'money.currency' extends Label
  ? readonly ['money.currency', ...Label[]]
  : readonly Label[];

/** Spans of time of a rate, with what they are in seconds and Grafana's unit of something counted in it. */
const SPANS = {
  second: { seconds: 1, unit: 'cps' },
  minute: { seconds: 60, unit: 'cpm' },
  hour: { seconds: 3600, unit: 'short' },
} as const;

/**
 * How fast a counter grows, in steps of the chart.
 *
 * @example
 * ```ts
 * import { metric, rate } from '@moneytrail/dashboards';
 * console.log(rate('minute', metric('disputes'), ['dispute.stage']).expr);
 * // 60 * sum by (dispute_stage) (rate(moneytrail_disputes_total{…}[$__rate_interval]))
 * ```
 */
export function rate<Label extends string>(
  per: keyof typeof SPANS,
  metric: Metric<Label>,
  by: By<NoInfer<Label>>,
  where: Where<NoInfer<Label>> = {},
): Query {
  const { seconds, unit } = SPANS[per];
  const sum = sumBy(by, `rate(${selector(metric, where)}[$__rate_interval])`);
  const counted = metric.unit.startsWith('{') && metric.unit !== '{currency_unit}';
  const expr = seconds === 1 ? sum : `${seconds} * ${sum}`;
  // Seconds a second are a share of the time.
  const share = metric.unit === 's' && per === 'second' ? 'percentunit' : grafanaUnit(metric.unit);
  return { source: 'prometheus', expr, unit: counted ? unit : share, labels: by };
}

/**
 * What a counter grew by in the time that the board shows. It is exact, where `increase` guesses what lay between the
 * last sample and the edge, and it counts what a series was born with. Where a series was reset, which it is only if
 * processes share a `service.instance.id`, `increase` has to do.
 *
 * @example
 * ```ts
 * import { metric, total } from '@moneytrail/dashboards';
 * const captured = total(metric('payment.volume'), ['money.currency']);
 * console.log(captured.unit); // locale
 * ```
 */
export function total<Label extends string>(
  metric: Metric<Label>,
  by: By<NoInfer<Label>>,
  where: Where<NoInfer<Label>> = {},
): Query {
  const series = selector(metric, where);
  const last = `last_over_time(${series}[$__range])`;
  const grown = `${last} - (${series} offset $__range or 0 * ${last})`;
  const exact = `(${grown}) and resets(${series}[$__range]) == 0`;
  const expr = sumBy(by, `(${exact}) or increase(${series}[$__range])`);
  return { source: 'prometheus', expr, unit: grafanaUnit(metric.unit), labels: by };
}

/**
 * What a gauge says, added up over its series.
 *
 * @example
 * ```ts
 * import { current, metric } from '@moneytrail/dashboards';
 * console.log(current(metric('payout.pending'), []).unit); // short
 * ```
 */
export function current<Label extends string>(
  metric: Metric<Label>,
  by: By<NoInfer<Label>>,
  where: Where<NoInfer<Label>> = {},
): Query {
  const expr = sumBy(by, selector(metric, where));
  return { source: 'prometheus', expr, unit: grafanaUnit(metric.unit), labels: by };
}

/**
 * The highest value of a gauge among its series.
 *
 * @example
 * ```ts
 * import { highest, metric } from '@moneytrail/dashboards';
 * console.log(highest(metric('payout.pending.age.max'), []).unit); // s
 * ```
 */
export function highest<Label extends string>(
  metric: Metric<Label>,
  by: readonly NoInfer<Label>[],
  where: Where<NoInfer<Label>> = {},
): Query {
  const expr = aggregate('max', by, selector(metric, where));
  return { source: 'prometheus', expr, unit: grafanaUnit(metric.unit), labels: by };
}

/**
 * How long ago the time was that a gauge tells.
 *
 * @example
 * ```ts
 * import { age, metric } from '@moneytrail/dashboards';
 * console.log(age(metric('job.last_success.timestamp'), ['job.name']).unit); // s
 * ```
 */
export function age<Label extends string>(
  metric: Metric<Label>,
  by: readonly NoInfer<Label>[],
  where: Where<NoInfer<Label>> = {},
): Query {
  const newest = highest(metric, by, where);
  return { ...newest, expr: `time() - ${newest.expr}` };
}

/**
 * A quantile of a histogram, classic or native, by the chart's steps or over the whole time that the board shows.
 *
 * @example
 * ```ts
 * import { outsideMetric, quantile } from '@moneytrail/dashboards';
 * console.log(quantile(0.95, outsideMetric('traces.span.metrics.duration'), [], {}).unit); // s
 * ```
 */
export function quantile<Label extends string>(
  share: number,
  metric: Metric<Label>,
  by: readonly NoInfer<Label>[],
  where: Where<NoInfer<Label>>,
  window: '$__rate_interval' | '$__range' = '$__rate_interval',
): Query {
  const classic = metric.kind === 'histogram';
  const series = classic ? { ...metric, series: `${metric.series}_bucket` } : metric;
  const rates = `rate(${selector(series, where)}[${window}])`;
  const labels = by.map(prometheusLabel);
  const sum = aggregate('sum', classic ? [...labels, 'le'] : labels, rates);
  const expr = `histogram_quantile(${share}, ${sum})`;
  return { source: 'prometheus', expr, unit: grafanaUnit(metric.unit), labels: by };
}

function sumBy(by: readonly string[], vector: string): string {
  return aggregate('sum', by, vector);
}

function aggregate(operator: 'sum' | 'max', by: readonly string[], vector: string): string {
  if (by.length === 0) return `${operator}(${vector})`;
  return `${operator} by (${by.map(prometheusLabel).join(', ')}) (${vector})`;
}
