/** The variables above a board. */
import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import {
  DatasourceVariableBuilder,
  QueryVariableBuilder,
  type VariableModel,
  VariableRefresh,
  VariableSort,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { CATALOGUE, prometheusLabel } from '@moneytrail/catalogue';
import { type Metric, metric } from '@moneytrail/promql';
import type { Board } from './board.ts';
import type { Panel } from './panel.ts';
import { exprOf } from './query.ts';
import { CHOICES, type Choice, SOURCES, sourceRef } from './variables.ts';

/** Every service with Moneytrail has this metric. */
const ALWAYS = metric(CATALOGUE, 'telemetry.recorded');
const VALUES_FROM: Readonly<Record<string, Metric>> = {
  'service.name': ALWAYS,
  'deployment.environment.name': ALWAYS,
};

/** The data sources, and the choices that at least one query uses. */
export function variables({ rows, services, choices = {} }: Board): Builder<VariableModel>[] {
  const used = rows.flatMap(([, panels]) => panels.flatMap(textsOf)).join('\n');
  const sources = Object.entries(SOURCES).map(([type, source]) =>
    new DatasourceVariableBuilder(source.variable)
      .label(source.label)
      .type(type)
      .current({ text: source.uid, value: source.uid, selected: true }),
  );
  const valuesFrom: Readonly<Record<string, Metric>> = { ...VALUES_FROM, ...choices };
  const chosen = Object.entries(CHOICES)
    .filter(([, { variable }]) => used.includes(`$${variable}"`))
    .flatMap(([label, choice]) => {
      const from = valuesFrom[label];
      return from ? [choiceVariable(label, choice, from, services)] : [];
    });
  return [...sources, ...chosen].map(withoutInterval);
}

function textsOf(panel: Panel): string[] {
  return panel.kind === 'logs'
    ? [panel.query.expr]
    : panel.targets.map(([, query]) => exprOf(query));
}

function choiceVariable(
  label: string,
  { variable, label: title, help }: Choice,
  from: Metric,
  services: Board['services'],
): QueryVariableBuilder {
  const query = `label_values(${from.series}, ${prometheusLabel(label)})`;
  const builder = new QueryVariableBuilder(variable)
    .label(title)
    .description(help)
    .datasource(sourceRef('prometheus'))
    .query(query)
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .sort(VariableSort.AlphabeticalAsc);
  if (label === 'service.name' && services === 'one') return builder;
  return builder
    .multi(true)
    .includeAll(true)
    .allValue('.*')
    .current({ text: ['All'], value: ['$__all'], selected: true });
}

/** Only variables of type interval have these fields, but the builders add them to all. */
function withoutInterval(builder: Builder<VariableModel>): Builder<VariableModel> {
  const { auto, auto_min, auto_count, ...variable } = builder.build();
  return { build: () => variable };
}
