/** What a panel can query, and how it is printed for Grafana. */
import { prometheusLabel } from '@moneytrail/catalogue';
import { type MetricLabel, mapSelectors, type Query, text } from '@moneytrail/promql';
import { CHOICES } from './variables.ts';

/** A query of Loki. It is text, because only boards and links use it. */
export interface LogQuery {
  readonly source: 'loki';
  readonly expr: string;
  readonly unit: string;
  /** The labels that distinguish its series. */
  readonly labels: readonly MetricLabel[];
}

/** A query of Prometheus or of Loki. */
export type PanelQuery = Query | LogQuery;

/** Windows that Grafana replaces to fit the chart and the time range. */
const WINDOWS = { interval: '$__rate_interval', period: '$__range' };

/** The data source of a query. */
export function sourceOf(query: PanelQuery): 'prometheus' | 'loki' {
  return isLogQuery(query) ? 'loki' : 'prometheus';
}

/** A query as Grafana reads it, filtered by the choices of the board. */
export function exprOf(query: PanelQuery): string {
  return isLogQuery(query) ? query.expr : text(withChoices(query), WINDOWS);
}

/** Grafana's name of a unit of a query. */
export function grafanaUnit(unit: string): string {
  const [main = '', per] = unit.split('/');
  if (main === '{currency_unit}') return MONEY_UNIT;
  const isCount = main === '' || main.startsWith('{');
  if (per !== undefined && isCount) return RATES[per] ?? 'short';
  if (main === 'By' && per === 's') return 'binBps';
  return UNITS[main] ?? (isCount ? 'short' : main);
}

/** Amounts are shown in full because `1.2 K` cannot be compared with a bank statement. */
const MONEY_UNIT = 'locale';

const RATES: Readonly<Record<string, string>> = { s: 'cps', min: 'cpm' };

const UNITS: Readonly<Record<string, string>> = { '1': 'percentunit', By: 'bytes' };

/** Whether a query is for Loki. */
export function isLogQuery(query: PanelQuery): query is LogQuery {
  return 'source' in query;
}

/** Filters every selector by the variables of the attributes that its series have. */
function withChoices(query: Query): Query {
  const expression = mapSelectors(query.expression, (selector) => {
    const chosen = selector.attributes.flatMap((attribute) => {
      const choice = CHOICES[attribute];
      if (choice === undefined) return [];
      const label = prometheusLabel(attribute);
      return [{ label, operator: '=~', value: `$${choice.variable}` } as const];
    });
    return { ...selector, matchers: [...chosen, ...selector.matchers] };
  });
  return { ...query, expression };
}
