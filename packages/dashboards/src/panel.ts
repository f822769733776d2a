import type { Link } from './links.ts';
import type { Query } from './query.ts';

/** What a panel shows: a name, which may be empty where labels tell the series apart, and a query. */
export type Line = readonly [name: string, query: Query];

/** What all panels have. */
export interface PanelText {
  readonly title: string;
  /** What it shows, and what to do or to look at when it is not as it should be. */
  readonly says: string;
  /** Of 24 columns. */
  readonly width: number;
  /** Shown in place of values while there are none. */
  readonly none: string;
  /** Where a click on it leads. */
  readonly links?: readonly Link[];
}

/** A threshold: from this value on, in this colour. */
export type Step = readonly [from: number, colour: string];

/** A panel with numbers. */
export interface NumbersText extends PanelText {
  readonly lines: readonly Line[];
  /** Takes the place of the unit of the lines, where their sum of units is none. */
  readonly unit?: string;
  /** Colours by value. The first holds from minus infinity. */
  readonly steps?: readonly [colour: string, ...steps: Step[]];
  readonly decimals?: number;
}

/** A chart over time. */
export interface TrendText extends NumbersText {
  /** `stack` where the lines are parts of one whole. */
  readonly draw?: 'lines' | 'stack';
  readonly scale?: 'linear' | 'log';
  readonly max?: number;
  /** Points that lead to the trace of one request. */
  readonly exemplars?: boolean;
}

/** One row for every combination of labels, one column for every line. */
export interface TableText extends NumbersText {
  /** Column by whose values the rows are sorted, highest first. */
  readonly sortBy: string;
}

/** A panel with log lines. */
export interface LogsText extends PanelText {
  readonly query: Query;
}

/** A panel before it has a place. */
export type Panel = { readonly key: string } & (
  | ({ readonly kind: 'stat' } & NumbersText)
  | ({ readonly kind: 'trend' } & TrendText)
  | ({ readonly kind: 'table' } & TableText)
  | ({ readonly kind: 'logs' } & LogsText)
);

/** A row of a board: its title and its panels. */
export type Row = readonly [title: string, panels: readonly Panel[]];

/**
 * A few numbers, large. `key` stays for ever: the panel's id, and so every link to it, follows from it.
 *
 * @example
 * ```ts
 * import { current, metric, stat } from '@moneytrail/dashboards';
 * const pending = stat('payouts-pending', {
 *   title: 'Payouts under way', says: 'Begun and not ended.', width: 6, none: 'Nothing reported',
 *   lines: [['', current(metric('payout.pending'), [])]],
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
 * import { metric, rate, trend } from '@moneytrail/dashboards';
 * const refunds = trend('refunds', {
 *   title: 'Refunds', says: 'By state.', width: 12, none: 'No refunds',
 *   lines: [['', rate('hour', metric('refunds'), ['refund.status'])]],
 * });
 * console.log(refunds.kind); // trend
 * ```
 */
export function trend(key: string, text: TrendText): Panel {
  return { key, kind: 'trend', ...text };
}

/**
 * A table: labels on the left, a column for every line.
 *
 * @example
 * ```ts
 * import { breakdown, metric, total } from '@moneytrail/dashboards';
 * const disputes = breakdown('disputes', {
 *   title: 'Disputes', says: 'By stage.', width: 12, none: 'No disputes', sortBy: 'Disputes',
 *   lines: [['Disputes', total(metric('disputes'), ['dispute.stage'])]],
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
 *   title: 'Problems', says: 'Warnings and errors.', width: 24, none: 'None', query: logLines(['error']),
 * });
 * console.log(problems.kind); // logs
 * ```
 */
export function logs(key: string, text: LogsText): Panel {
  return { key, kind: 'logs', ...text };
}
