import type { Builder, Dataquery } from '@grafana/grafana-foundation-sdk/cog';
import { DataqueryBuilder as LokiQuery } from '@grafana/grafana-foundation-sdk/loki';
import {
  DataqueryBuilder as PrometheusQuery,
  PromQueryFormat,
} from '@grafana/grafana-foundation-sdk/prometheus';
import { prometheusLabel } from '@moneytrail/catalogue';
import type { Line } from './panel.ts';
import type { Query } from './query.ts';
import { sourceRef } from './variables.ts';

/** How a panel asks: at every step of a chart, once for the whole time, or once as a table. */
export type Asking = 'steps' | 'once' | 'table';

/** The queries of a panel, A, B and so on. */
export function targets(
  lines: readonly Line[],
  asking: Asking,
  exemplars: boolean,
): Builder<Dataquery>[] {
  return lines.map(([name, query], at) =>
    query.source === 'loki'
      ? lokiTarget(name, query, refId(at), 'range')
      : prometheusTarget(name, query, refId(at), asking, exemplars),
  );
}

/** The query of a panel with log lines. */
export function linesTarget(query: Query): Builder<Dataquery> {
  return lokiTarget('', query, refId(0), 'range').maxLines(MAX_LINES);
}

/** `A` for the first query of a panel. */
export function refId(at: number): string {
  return String.fromCharCode('A'.charCodeAt(0) + at);
}

/** The name of a series: that of the line and the values of its labels. */
function legend(name: string, { labels }: Query): string {
  return [name, ...labels.map((label) => `{{${prometheusLabel(label)}}}`)]
    .filter(Boolean)
    .join(' ');
}

const MAX_LINES = 100;

function prometheusTarget(
  name: string,
  query: Query,
  id: string,
  asking: Asking,
  exemplars: boolean,
): PrometheusQuery {
  const target = new PrometheusQuery()
    .refId(id)
    .datasource(sourceRef('prometheus'))
    .expr(query.expr)
    .legendFormat(legend(name, query))
    .format(asking === 'table' ? PromQueryFormat.Table : PromQueryFormat.TimeSeries);
  return asking === 'steps' ? target.range().exemplar(exemplars) : target.instant();
}

function lokiTarget(name: string, query: Query, id: string, queryType: string): LokiQuery {
  return new LokiQuery()
    .refId(id)
    .datasource(sourceRef('loki'))
    .expr(query.expr)
    .legendFormat(legend(name, query))
    .queryType(queryType);
}
