/** The variables of a board. A query is filtered by the choices whose attribute its metric has. */

/** A choice above a board. */
export interface Choice {
  readonly variable: string;
  readonly label: string;
  readonly help: string;
}

/** The choices by the attribute that they filter, in their order above a board. */
export const CHOICES: Readonly<Record<string, Choice>> = {
  'service.name': { variable: 'service', label: 'Service', help: 'Reporting service.' },
  'deployment.environment.name': {
    variable: 'environment',
    label: 'Environment',
    help: 'Deployment environment.',
  },
  'payment.provider': { variable: 'provider', label: 'Provider', help: 'Payment provider.' },
  'money.currency': {
    variable: 'currency',
    label: 'Currency',
    help: 'Amounts of different currencies are never added.',
  },
};

/** The data sources with their variables; the uids are those of `deploy/grafana`. */
export const SOURCES = {
  prometheus: { variable: 'prometheus_datasource', label: 'Metrics', uid: 'prometheus' },
  loki: { variable: 'loki_datasource', label: 'Logs', uid: 'loki' },
  jaeger: { variable: 'jaeger_datasource', label: 'Traces', uid: 'jaeger' },
} as const;

/** Type of a data source. */
export type Source = keyof typeof SOURCES;

/** The reference of a panel or variable to a data source. */
export function sourceRef(type: Source): { readonly type: Source; readonly uid: string } {
  return { type, uid: reference(SOURCES[type].variable) };
}

/** A reference to a variable, which Grafana replaces also inside a longer text. */
export function reference(variable: string): string {
  return `\${${variable}}`;
}
