/** Grafana boards from the catalogue: a query takes a metric that somebody emits, so that no panel is dead. */

export { net, orZero, ratio, something } from './arithmetic.ts';
export type { Board } from './board.ts';
export { dashboard } from './board.ts';
export { MONEY } from './boards/money.ts';
export { SERVICE } from './boards/service.ts';
export type { Link } from './links.ts';
export { logsLink, tracesLink } from './links.ts';
export type { Level } from './logql.ts';
export { eventLines, linesByLevel, linesOf, logLines, maskedLines } from './logql.ts';
export type { LabelOf, Metric } from './metric.ts';
export { measurementsOf, metric, outsideMetric, sumOf } from './metric.ts';
export type { OutsideLabel, OutsideName, ResourceLabel } from './outside.ts';
export { OUTSIDE_METRICS } from './outside.ts';
export type {
  Line,
  LogsText,
  NumbersText,
  Panel,
  PanelText,
  Row,
  Step,
  TableText,
  TrendText,
} from './panel.ts';
export { breakdown, logs, stat, trend } from './panel.ts';
export type { By } from './promql.ts';
export {
  age,
  current,
  highest,
  quantile,
  rate,
  total,
} from './promql.ts';
export type { Query } from './query.ts';
export type { Where } from './selector.ts';
