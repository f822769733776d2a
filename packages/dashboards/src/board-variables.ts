import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import {
  DatasourceVariableBuilder,
  QueryVariableBuilder,
  type VariableModel,
  VariableRefresh,
  VariableSort,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { prometheusLabel } from '@moneytrail/catalogue';
import type { Board } from './board.ts';
import { type Metric, metric } from './metric.ts';
import type { Panel } from './panel.ts';
import { CHOICES, type Choice, SOURCES, sourceRef } from './variables.ts';

/** Where the values of each choice come from. */
const VALUES_FROM: Readonly<Record<string, Metric>> = {
  'service.name': metric('telemetry.recorded'),
  'deployment.environment.name': metric('telemetry.recorded'),
  'payment.provider': metric('payment.outcomes'),
  'money.currency': metric('payment.volume'),
};

/** The data sources, and the choices that at least one query uses. */
export function variables({ rows, services }: Board): Builder<VariableModel>[] {
  const used = rows.flatMap(([, panels]) => panels.flatMap(textsOf)).join('\n');
  const sources = Object.entries(SOURCES).map(([type, source]) =>
    new DatasourceVariableBuilder(source.variable)
      .label(source.label)
      .type(type)
      .current({ text: source.uid, value: source.uid, selected: true }),
  );
  const choices = Object.entries(CHOICES)
    .filter(([, { variable }]) => used.includes(`$${variable}"`))
    .map(([label, choice]) => choiceVariable(label, choice, services));
  return [...sources, ...choices].map(withoutInterval);
}

function textsOf(panel: Panel): string[] {
  return panel.kind === 'logs' ? [panel.query.expr] : panel.lines.map(([, { expr }]) => expr);
}

function choiceVariable(
  label: string,
  { variable, label: title, help }: Choice,
  services: Board['services'],
): QueryVariableBuilder {
  const query = `label_values(${VALUES_FROM[label]?.series}, ${prometheusLabel(label)})`;
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

/** Only variables of type interval have these fields; the builders give them to all. */
function withoutInterval(builder: Builder<VariableModel>): Builder<VariableModel> {
  const { auto, auto_min, auto_count, ...variable } = builder.build();
  return { build: () => variable };
}
