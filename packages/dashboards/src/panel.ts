/** The panels of a board, before they are placed and rendered. */
import type { Link } from './links.ts';
import type { LogQuery, PanelQuery } from './query.ts';

/** A query of a panel and its name, which may be empty if labels distinguish the series. */
export type Target = readonly [name: string, query: PanelQuery];

/** The texts of a panel. */
export interface PanelText {
  readonly title: string;
  /** What it shows, and what to check when the values are unusual. */
  readonly description: string;
  /** In columns, of 24. */
  readonly width: number;
  /** Shown while there are no values. */
  readonly noValue: string;
  /** Where a click leads. */
  readonly links?: readonly Link[];
}

/** A threshold: from this value on, the colour. */
export type Threshold = readonly [from: number, colour: string];

/** A panel of numbers. */
export interface NumbersText extends PanelText {
  readonly targets: readonly Target[];
  /** Grafana's name of a unit; the unit of the first query by default. */
  readonly unit?: string;
  /** Colours by value. The first applies from minus infinity. */
  readonly thresholds?: readonly [colour: string, ...thresholds: Threshold[]];
  readonly decimals?: number;
}

/** A chart over time. */
export interface TrendText extends NumbersText {
  /** `stack` when the lines are parts of one whole. */
  readonly draw?: 'lines' | 'stack';
  readonly scale?: 'linear' | 'log';
  readonly max?: number;
  /** Shows single requests as points, each with a link to its trace. */
  readonly exemplars?: boolean;
}

/** A table with one row per combination of labels and one column per target. */
export interface TableText extends NumbersText {
  /** The column that sorts the rows, highest first. */
  readonly sortBy: string;
}

/** A panel of log lines. */
export interface LogsText extends PanelText {
  readonly query: LogQuery;
}

/** A panel without its place. */
export type Panel = { readonly key: string } & (
  | ({ readonly kind: 'stat' } & NumbersText)
  | ({ readonly kind: 'trend' } & TrendText)
  | ({ readonly kind: 'table' } & TableText)
  | ({ readonly kind: 'logs' } & LogsText)
);

/** A row of a board: its title and its panels. */
export type Row = readonly [title: string, panels: readonly Panel[]];

/**
 * A few large numbers. `key` must never change: the id of the panel, and so every link to it, follows from it.
 *
 * @example
 * ```ts
 * import { CATALOGUE } from '@moneytrail/catalogue';
 * import { stat } from '@moneytrail/dashboards';
 * import { latest, metric } from '@moneytrail/promql';
 * const pending = stat('payouts-pending', {
 *   title: 'Pending payouts', description: 'Started and not yet finished.', width: 6, noValue: 'No data',
 *   targets: [['', latest(metric(CATALOGUE, 'payout.pending'))]],
 * });
 * console.log(pending.kind); // stat
 * ```
 */
export function stat(key: string, text: NumbersText): Panel {
  return { key, kind: 'stat', ...text };
}

/**
 * A chart over time.
 *
 * @example
 * ```ts
 * import { CATALOGUE } from '@moneytrail/catalogue';
 * import { trend } from '@moneytrail/dashboards';
 * import { metric, rate } from '@moneytrail/promql';
 * const refunds = trend('refunds', {
 *   title: 'Refunds', description: 'By status.', width: 12, noValue: 'No refunds',
 *   targets: [['', rate(metric(CATALOGUE, 'refunds'), { per: 'hour', by: ['refund.status'] })]],
 * });
 * console.log(refunds.kind); // trend
 * ```
 */
export function trend(key: string, text: TrendText): Panel {
  return { key, kind: 'trend', ...text };
}

/**
 * A table: labels on the left, one column per target.
 *
 * @example
 * ```ts
 * import { CATALOGUE } from '@moneytrail/catalogue';
 * import { breakdown } from '@moneytrail/dashboards';
 * import { metric, total } from '@moneytrail/promql';
 * const disputes = breakdown('disputes', {
 *   title: 'Disputes', description: 'By stage.', width: 12, noValue: 'No disputes', sortBy: 'Disputes',
 *   targets: [['Disputes', total(metric(CATALOGUE, 'disputes'), { by: ['dispute.stage'] })]],
 * });
 * console.log(disputes.kind); // table
 * ```
 */
export function breakdown(key: string, text: TableText): Panel {
  return { key, kind: 'table', ...text };
}

/**
 * The newest log lines of a query.
 *
 * @example
 * ```ts
 * import { logLines, logs } from '@moneytrail/dashboards';
 * const problems = logs('problems', {
 *   title: 'Problems', description: 'Errors.', width: 24, noValue: 'None', query: logLines(['error']),
 * });
 * console.log(problems.kind); // logs
 * ```
 */
export function logs(key: string, text: LogsText): Panel {
  return { key, kind: 'logs', ...text };
}
