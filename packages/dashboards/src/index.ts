/** Grafana boards from catalogues. This package alone knows Grafana: its variables, its units and its panels. */

export type { Board } from './board.ts';
export { dashboard } from './board.ts';
export { catalogueBoard } from './boards/catalogue.ts';
export { MONEY } from './boards/money.ts';
export { SERVICE } from './boards/service.ts';
export type { Link } from './links.ts';
export { logsLink, tracesLink } from './links.ts';
export type { Level } from './logql.ts';
export { eventLines, linesByLevel, linesOf, logLines, maskedLines } from './logql.ts';
export type {
  LogsText,
  NumbersText,
  Panel,
  PanelText,
  Row,
  TableText,
  Target,
  Threshold,
  TrendText,
} from './panel.ts';
export { breakdown, logs, stat, trend } from './panel.ts';
export type { LogQuery, PanelQuery } from './query.ts';
