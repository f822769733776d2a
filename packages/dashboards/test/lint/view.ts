/** A board as its JSON says it: what Grafana would read, not what the builders meant. */
import { infoOf, type QueryInfo } from './promql.ts';

/** The part of the classic JSON that rules look at. */
export interface BoardJson {
  uid: string;
  title: string;
  editable: boolean;
  templating: { list: VariableJson[] };
  panels: PanelJson[];
}

/** A variable. */
export interface VariableJson {
  name: string;
  type: string;
  query: string;
  refresh?: number;
  datasource?: Ref;
}

/** A panel, or the heading of a row. */
export interface PanelJson {
  id: number;
  type: string;
  title: string;
  description: string;
  gridPos: { x: number; y: number; w: number; h: number };
  datasource?: Ref;
  targets: TargetJson[];
  fieldConfig: {
    defaults: {
      unit?: string;
      noValue?: string;
      links?: { title: string; url: string }[];
      thresholds?: { steps: { color: string }[] };
    };
    overrides: { matcher: { options: string }; properties: { id: string; value: unknown }[] }[];
  };
}

/** A query of a panel. */
export interface TargetJson {
  refId: string;
  expr: string;
  legendFormat: string;
  instant?: boolean;
  exemplar?: boolean;
  datasource: Ref;
}

/** A reference to a data source. */
export interface Ref {
  type: string;
  uid: string;
}

/** A query with its panel, taken apart if it is PromQL. */
export interface Asked {
  readonly panel: PanelJson;
  readonly target: TargetJson;
  readonly info: QueryInfo;
}

/** Panels without the headings of rows. */
export function panelsOf({ panels }: BoardJson): PanelJson[] {
  return panels.filter(({ type }) => type !== 'row');
}

/** Every PromQL query of a board. */
export function promqlOf(board: BoardJson): Asked[] {
  return askedOf(board, 'prometheus').map((one) => ({ ...one, info: infoOf(one.target.expr) }));
}

/** Every LogQL query of a board. */
export function logqlOf(board: BoardJson): Pick<Asked, 'panel' | 'target'>[] {
  return askedOf(board, 'loki');
}

function askedOf(board: BoardJson, type: string): Pick<Asked, 'panel' | 'target'>[] {
  return panelsOf(board).flatMap((panel) =>
    panel.targets
      .filter(({ datasource }) => datasource.type === type)
      .map((target) => ({ panel, target })),
  );
}
