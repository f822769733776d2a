/** What a reader of a board chooses. A query that has the label is filtered by it; nobody writes the filters by hand. */

/** A choice above a board. */
export interface Choice {
  readonly variable: string;
  readonly label: string;
  readonly help: string;
}

/** The choices by the label that they filter, in the order in which they stand above a board. */
export const CHOICES: Readonly<Record<string, Choice>> = {
  'service.name': { variable: 'service', label: 'Service', help: 'Service that reports.' },
  'deployment.environment.name': {
    variable: 'environment',
    label: 'Environment',
    help: 'Where it runs.',
  },
  'payment.provider': { variable: 'provider', label: 'Provider', help: 'Payment provider.' },
  'money.currency': {
    variable: 'currency',
    label: 'Currency',
    help: 'Amounts of different currencies are never added.',
  },
};

/** The data sources by the variable that names them; their uids are those of `deploy/grafana`. */
export const SOURCES = {
  prometheus: { variable: 'prometheus_datasource', label: 'Metrics', uid: 'prometheus' },
  loki: { variable: 'loki_datasource', label: 'Logs', uid: 'loki' },
  jaeger: { variable: 'jaeger_datasource', label: 'Traces', uid: 'jaeger' },
} as const;

/** Kind of a data source. */
export type Source = keyof typeof SOURCES;

/** The reference to a data source that panels and variables carry. */
export function sourceRef(type: Source): { readonly type: Source; readonly uid: string } {
  return { type, uid: reference(SOURCES[type].variable) };
}

/** A variable as Grafana replaces it, within a longer text, too. */
export function reference(variable: string): string {
  return `\${${variable}}`;
}
