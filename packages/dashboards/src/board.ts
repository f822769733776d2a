/** A board, and its form for Grafana. */
import {
  DashboardBuilder,
  DashboardCursorSync,
  DashboardLinkBuilder,
  DashboardLinkType,
  type Dashboard as GrafanaDashboard,
  RowBuilder,
} from '@grafana/grafana-foundation-sdk/dashboard';
import type { Metric } from '@moneytrail/promql';
import { variables } from './board-variables.ts';
import { checkKeys, panelId } from './ids.ts';
import { type Placed, placed } from './layout.ts';
import type { Row } from './panel.ts';
import { rendered } from './render.ts';

/** A board: rows of panels. */
export interface Board {
  /** Must never change: the address of the board contains it. */
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  /** Whether the board shows one service or all of them. */
  readonly services: 'one' | 'all';
  /** The metrics that list the values of choices other than service and environment, by attribute. */
  readonly choices?: Readonly<Record<string, Metric>>;
  readonly rows: readonly Row[];
}

/** The tag by which our boards link to each other. */
const TAG = 'moneytrail';

/**
 * A board as Grafana's classic JSON, which file provisioning reads in every version since 9. Throws `MONEYTRAIL_DASHBOARD_KEY` when
 * two panels have the same key.
 *
 * @example
 * ```ts
 * import { dashboard, MONEY } from '@moneytrail/dashboards';
 * console.log(dashboard(MONEY).uid); // moneytrail-money
 * ```
 */
export function dashboard(board: Board): GrafanaDashboard {
  const panels = board.rows.flatMap(([, ofRow]) => ofRow);
  checkKeys([...board.rows.map(([title]) => rowKey(title)), ...panels.map(({ key }) => key)]);
  const builder = new DashboardBuilder(board.title)
    .uid(board.uid)
    .description(board.description)
    .tags([TAG])
    .readonly()
    .timezone('browser')
    .time({ from: 'now-1h', to: 'now' })
    .refresh('30s')
    .tooltip(DashboardCursorSync.Crosshair)
    .links([otherBoards()])
    .variables(variables(board));
  for (const item of placed(board.rows)) add(builder, item);
  return builder.build();
}

function rowKey(title: string): string {
  return `row ${title}`;
}

function otherBoards(): DashboardLinkBuilder {
  return new DashboardLinkBuilder('Moneytrail')
    .type(DashboardLinkType.Dashboards)
    .tags([TAG])
    .keepTime(true)
    .includeVars(true);
}

function add(builder: DashboardBuilder, item: Placed): void {
  if ('panel' in item) {
    const panel = rendered(item.panel, item.place);
    builder.withPanel({ build: () => panel });
    return;
  }
  builder.withRow(new RowBuilder(item.row).id(panelId(rowKey(item.row))).gridPos(item.place));
}
