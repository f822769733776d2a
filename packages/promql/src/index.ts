/** PromQL queries as expression trees: built from the metrics of any catalogue, printed for Prometheus. Independent of Grafana. */

export { difference, net, nonZero, orZero, ratio } from './combine.ts';
export type {
  Aggregation,
  Binary,
  BinaryOperator,
  Call,
  Duration,
  Expression,
  Matcher,
  Selector,
  Window,
} from './expression.ts';
export { mapSelectors } from './expression.ts';
export { EXTERNAL_METRICS } from './external.ts';
export type {
  AttributeData,
  InstrumentData,
  LabelOf,
  Metric,
  MetricKind,
  MetricLabel,
  MetricSource,
} from './metric.ts';
export { measurementsOf, metric, RESOURCE_ATTRIBUTES, sumOf } from './metric.ts';
export type {
  Arguments,
  QuantileOptions,
  Query,
  QueryOptions,
  RateOptions,
  Where,
} from './query.ts';
export { age, latest, max, quantile, rate, total } from './query.ts';
export type { Windows } from './text.ts';
export { text } from './text.ts';
