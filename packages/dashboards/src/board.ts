import {
  DashboardBuilder,
  DashboardCursorSync,
  DashboardLinkBuilder,
  DashboardLinkType,
  type Dashboard as GrafanaDashboard,
  RowBuilder,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { variables } from './board-variables.ts';
import { checkKeys, panelId } from './ids.ts';
import { type Placed, placed } from './layout.ts';
import type { Row } from './panel.ts';
import { rendered } from './render.ts';

/** A board: rows of panels. */
export interface Board {
  /** Stays for ever: addresses of the board have it. */
  readonly uid: string;
  readonly title: string;
  readonly says: string;
  /** Whether a reader looks at one service or at all of them. */
  readonly services: 'one' | 'all';
  readonly rows: readonly Row[];
}

/** A tag of all our boards, by which they link to each other. */
const TAG = 'moneytrail';

/**
 * A board as Grafana's classic JSON, which `type: file` provisioning of every version since 9 reads. Throws
 * `MONEYTRAIL_DASHBOARD_KEY` where two panels have the same key.
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
    .description(board.says)
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

function add(builder: DashboardBuilder, item: Placed): void {
  if ('panel' in item) {
    const panel = rendered(item.panel, item.place);
    builder.withPanel({ build: () => panel });
    return;
  }
  builder.withRow(new RowBuilder(item.row).id(panelId(rowKey(item.row))).gridPos(item.place));
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
