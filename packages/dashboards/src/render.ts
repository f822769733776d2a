/** Renders panels for Grafana. */
import type { Builder, Dataquery } from '@grafana/grafana-foundation-sdk/cog';
import {
  BigValueColorMode,
  BigValueGraphMode,
  LegendDisplayMode,
  LegendPlacement,
  LogsDedupStrategy,
  LogsSortOrder,
  ReduceDataOptionsBuilder,
  ScaleDistribution,
  ScaleDistributionConfigBuilder,
  SortOrder,
  StackingConfigBuilder,
  StackingMode,
  TableCellDisplayMode,
  TableSortByFieldStateBuilder,
  TooltipDisplayMode,
  VisibilityMode,
  VizLegendOptionsBuilder,
  VizTooltipOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import {
  type DashboardLink,
  type Panel as GrafanaPanel,
  type GridPos,
  ThresholdsConfigBuilder,
  ThresholdsMode,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder as LogsPanel } from '@grafana/grafana-foundation-sdk/logs';
import { PanelBuilder as StatPanel } from '@grafana/grafana-foundation-sdk/stat';
import { PanelBuilder as TablePanel } from '@grafana/grafana-foundation-sdk/table';
import { PanelBuilder as TrendPanel } from '@grafana/grafana-foundation-sdk/timeseries';
import { COLOURS } from './colours.ts';
import { panelId } from './ids.ts';
import type { Link } from './links.ts';
import type { LogsText, NumbersText, Panel, TableText, TrendText } from './panel.ts';
import { grafanaUnit, sourceOf } from './query.ts';
import { colourOverrides } from './series-colours.ts';
import { columnOverrides, tableTransformations } from './table.ts';
import { linesTarget, targets } from './targets.ts';
import { sourceRef } from './variables.ts';

/** A panel as Grafana reads it. */
export function rendered(panel: Panel, place: GridPos): GrafanaPanel {
  const builder = build(panel)
    .id(panelId(panel.key))
    .title(panel.title)
    .description(panel.description)
    .gridPos(place)
    .noValue(panel.noValue)
    .dataLinks((panel.links ?? []).map(link));
  const built = builder.build();
  // Grafana 13 has the footer of a table in its fields; the builders write the older form.
  if (panel.kind === 'table') delete built.options.footer;
  return built;
}

/** The common part of the four builders. */
interface AnyBuilder {
  id(id: number): this;
  title(title: string): this;
  description(text: string): this;
  gridPos(place: GridPos): this;
  noValue(text: string): this;
  dataLinks(links: Builder<DashboardLink>[]): this;
  build(): GrafanaPanel;
}

interface NumbersBuilder {
  datasource(ref: ReturnType<typeof sourceRef>): this;
  targets(targets: Builder<Dataquery>[]): this;
  unit(unit: string): this;
  decimals(decimals: number): this;
  thresholds(thresholds: ThresholdsConfigBuilder): this;
}

function build(panel: Panel): AnyBuilder {
  if (panel.kind === 'stat') return statPanel(panel);
  if (panel.kind === 'trend') return trendPanel(panel);
  return panel.kind === 'table' ? tablePanel(panel) : logsPanel(panel);
}

function statPanel(panel: NumbersText): AnyBuilder {
  return numbers(new StatPanel(), panel, targets(panel.targets, 'instant', false))
    .reduceOptions(new ReduceDataOptionsBuilder().calcs(['lastNotNull']).values(false))
    .colorMode(panel.thresholds ? BigValueColorMode.Value : BigValueColorMode.None)
    .graphMode(BigValueGraphMode.None);
}

function numbers<Panel extends NumbersBuilder>(
  builder: Panel,
  { targets: [first], unit, thresholds: own, decimals }: NumbersText,
  queries: Builder<Dataquery>[],
): Panel {
  const [base = COLOURS.plain, ...rest] = own ?? [];
  const thresholds = new ThresholdsConfigBuilder()
    .mode(ThresholdsMode.Absolute)
    .steps([{ value: null, color: base }, ...rest.map(([value, color]) => ({ value, color }))]);
  builder
    .datasource(sourceRef(first === undefined ? 'prometheus' : sourceOf(first[1])))
    .targets(queries)
    .unit(unit ?? grafanaUnit(first?.[1].unit ?? ''))
    .thresholds(thresholds);
  return decimals === undefined ? builder : builder.decimals(decimals);
}

function trendPanel(panel: TrendText): AnyBuilder {
  const { exemplars = false, draw = 'lines', scale = 'linear' } = panel;
  const legend = new VizLegendOptionsBuilder()
    .displayMode(LegendDisplayMode.List)
    .placement(LegendPlacement.Bottom)
    .showLegend(true)
    .calcs([]);
  const builder = numbers(new TrendPanel(), panel, targets(panel.targets, 'range', exemplars))
    .legend(legend)
    .tooltip(
      new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi).sort(SortOrder.Descending),
    )
    .lineWidth(1)
    .fillOpacity(draw === 'stack' ? 60 : 8)
    .showPoints(VisibilityMode.Auto)
    .stacking(
      new StackingConfigBuilder().mode(draw === 'stack' ? StackingMode.Normal : StackingMode.None),
    )
    .min(0)
    .overrides(colourOverrides(panel.targets));
  if (panel.max !== undefined) builder.max(panel.max);
  if (scale === 'linear') return builder;
  const log = new ScaleDistributionConfigBuilder().type(ScaleDistribution.Symlog).log(10);
  return builder.scaleDistribution(log.linearThreshold(1));
}

function tablePanel(panel: TableText): AnyBuilder {
  return numbers(new TablePanel(), panel, targets(panel.targets, 'table', false))
    .cellOptions({ type: TableCellDisplayMode.Auto })
    .transformations(tableTransformations(panel.targets))
    .overrides(columnOverrides(panel.targets))
    .sortBy([new TableSortByFieldStateBuilder().displayName(panel.sortBy).desc(true)]);
}

function logsPanel(panel: LogsText): AnyBuilder {
  return new LogsPanel()
    .datasource(sourceRef('loki'))
    .targets([linesTarget(panel.query)])
    .showTime(true)
    .showLabels(false)
    .showCommonLabels(false)
    .wrapLogMessage(true)
    .enableLogDetails(true)
    .sortOrder(LogsSortOrder.Descending)
    .dedupStrategy(LogsDedupStrategy.None);
}

/** A link of a field has fewer fields than a link of a board, whose type the builders require. */
function link({ title, url }: Link): Builder<DashboardLink> {
  return { build: () => ({ title, url, targetBlank: true }) as DashboardLink };
}
