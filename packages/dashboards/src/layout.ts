/** Places panels on a board. */
import type { GridPos } from '@grafana/grafana-foundation-sdk/dashboard';
import type { Panel, Row } from './panel.ts';

/** Columns of Grafana's grid. */
const COLUMNS = 24;
const ROW_HEIGHT = 1;
const HEIGHTS: Readonly<Record<Panel['kind'], number>> = { stat: 5, trend: 8, table: 8, logs: 10 };

/** The heading of a row or a panel, with its place. */
export type Placed =
  | { readonly row: string; readonly place: GridPos }
  | { readonly panel: Panel; readonly place: GridPos };

/** Places the panels of each row next to each other, and continues in the next line when a line is full. */
export function placed(rows: readonly Row[]): Placed[] {
  let y = 0;
  return rows.flatMap(([row, panels]) => {
    const heading = { row, place: { x: 0, y, w: COLUMNS, h: ROW_HEIGHT } };
    y += ROW_HEIGHT;
    const lines = linesOf(panels);
    const items = lines.flatMap((line) => {
      const h = Math.max(...line.map(({ kind }) => HEIGHTS[kind]));
      const own = rightOf(line, y, h);
      y += h;
      return own;
    });
    return [heading, ...items];
  });
}

function linesOf(panels: readonly Panel[]): Panel[][] {
  const lines: Panel[][] = [];
  let used = COLUMNS;
  for (const panel of panels) {
    if (used + panel.width > COLUMNS) {
      lines.push([]);
      used = 0;
    }
    lines.at(-1)?.push(panel);
    used += panel.width;
  }
  return lines;
}

function rightOf(line: readonly Panel[], y: number, h: number): Placed[] {
  let x = 0;
  return line.map((panel) => {
    const place = { x, y, w: panel.width, h };
    x += panel.width;
    return { panel, place };
  });
}
