/** Grafana's own types of a classic board, put together as closely as they are published. */
import type { Dashboard, Panel, RowPanel } from '@grafana/schema';
import type { Options as LogsOptions } from '@grafana/schema/dist/esm/raw/composable/logs/panelcfg/x/LogsPanelCfg_types.gen';
import type { Options as StatOptions } from '@grafana/schema/dist/esm/raw/composable/stat/panelcfg/x/StatPanelCfg_types.gen';
import type {
  FieldConfig as TableField,
  Options as TableOptions,
} from '@grafana/schema/dist/esm/raw/composable/table/panelcfg/x/TablePanelCfg_types.gen';
import type {
  FieldConfig as TrendField,
  Options as TrendOptions,
} from '@grafana/schema/dist/esm/raw/composable/timeseries/panelcfg/x/TimeSeriesPanelCfg_types.gen';

/** The four kinds of panel that the boards have, each with its own options and field options. */
type AnyPanel =
  | Of<'stat', StatOptions, object>
  | Of<'timeseries', TrendOptions, TrendField>
  | Of<'table', TableOptions, TableField>
  | Of<'logs', LogsOptions, object>;

type Of<Type extends string, Options, Custom> = Omit<Panel<Options, Custom>, 'type' | 'options'> & {
  type: Type;
  options: Options;
};

/** JSON has the values of enumerations, not their names. */
type Json<T> = unknown extends T
  ? T
  : T extends string
    ? `${T}`
    : T extends number | boolean | null | undefined
      ? T
      : T extends readonly (infer Item)[]
        ? Json<Item>[]
        : { [Key in keyof T]: Json<T[Key]> };

/** A board as its file has it. */
export type Board = Json<Omit<Dashboard, 'panels'> & { panels: (AnyPanel | RowPanel)[] }>;
