/** Targets: the queries of a panel, as Grafana reads them. */
import type { Builder, Dataquery } from '@grafana/grafana-foundation-sdk/cog';
import { DataqueryBuilder as LokiQuery } from '@grafana/grafana-foundation-sdk/loki';
import {
  DataqueryBuilder as PrometheusQuery,
  PromQueryFormat,
} from '@grafana/grafana-foundation-sdk/prometheus';
import { prometheusLabel } from '@moneytrail/catalogue';
import type { Query } from '@moneytrail/promql';
import type { Target } from './panel.ts';
import { exprOf, isLogQuery, type LogQuery, type PanelQuery } from './query.ts';
import { sourceRef } from './variables.ts';

/** How a panel evaluates its queries: at every step of a chart, once, or once as a table. */
export type Evaluation = 'range' | 'instant' | 'table';

/** The queries of a panel, A, B and so on. */
export function targets(
  lines: readonly Target[],
  evaluation: Evaluation,
  exemplars: boolean,
): Builder<Dataquery>[] {
  return lines.map(([name, query], at) =>
    isLogQuery(query)
      ? lokiTarget(name, query, refId(at), 'range')
      : prometheusTarget(name, query, refId(at), evaluation, exemplars),
  );
}

/** The query of a panel of log lines. */
export function linesTarget(query: LogQuery): Builder<Dataquery> {
  return lokiTarget('', query, refId(0), 'range').maxLines(MAX_LINES);
}

const MAX_LINES = 100;

/** `A` for the first query of a panel. */
export function refId(at: number): string {
  return String.fromCharCode('A'.charCodeAt(0) + at);
}

function lokiTarget(name: string, query: LogQuery, id: string, queryType: string): LokiQuery {
  return new LokiQuery()
    .refId(id)
    .datasource(sourceRef('loki'))
    .expr(query.expr)
    .legendFormat(legend(name, query))
    .queryType(queryType);
}

/** The name of a series: the name of its target and the values of its labels. */
function legend(name: string, { labels }: PanelQuery): string {
  return [name, ...labels.map(({ name: label }) => `{{${prometheusLabel(label)}}}`)]
    .filter(Boolean)
    .join(' ');
}

function prometheusTarget(
  name: string,
  query: Query,
  id: string,
  evaluation: Evaluation,
  exemplars: boolean,
): PrometheusQuery {
  const target = new PrometheusQuery()
    .refId(id)
    .datasource(sourceRef('prometheus'))
    .expr(exprOf(query))
    .legendFormat(legend(name, query))
    .format(evaluation === 'table' ? PromQueryFormat.Table : PromQueryFormat.TimeSeries);
  return evaluation === 'range' ? target.range().exemplar(exemplars) : target.instant();
}
