/** The addresses of the components, and how a service sends to them. */
import type { Ports } from './ports.ts';
import type { Secrets } from './secrets.ts';

/** The addresses of the components. */
export interface Urls {
  /** Services send to this address. */
  readonly otlp: string;
  /** The Collector's own metrics. */
  readonly collectorMetrics: string;
  readonly prometheus: string;
  readonly jaeger: string;
  readonly loki: string;
  readonly alertmanager: string;
}

/** The addresses for a choice of ports. */
export function urlsOf(ports: Ports): Urls {
  const at = (port: number): string => `http://127.0.0.1:${port}`;
  return {
    otlp: at(ports.MONEYTRAIL_OTLP_HTTP_PORT),
    collectorMetrics: `${at(ports.MONEYTRAIL_COLLECTOR_METRICS_PORT)}/metrics`,
    prometheus: at(ports.MONEYTRAIL_PROMETHEUS_PORT),
    jaeger: at(ports.MONEYTRAIL_JAEGER_PORT),
    loki: at(ports.MONEYTRAIL_LOKI_PORT),
    alertmanager: at(ports.MONEYTRAIL_ALERTMANAGER_PORT),
  };
}

/** The variables with which a service sends to them. */
export function sendingEnvironment(ports: Ports, secrets: Secrets): Record<string, string> {
  const token = encodeURIComponent(secrets.MONEYTRAIL_INGEST_TOKEN);
  return {
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${ports.MONEYTRAIL_OTLP_HTTP_PORT}`,
    OTEL_EXPORTER_OTLP_HEADERS: `Authorization=Bearer%20${token}`,
  };
}
