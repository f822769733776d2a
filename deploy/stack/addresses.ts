import type { Ports } from './ports.ts';
import type { Secrets } from './secrets.ts';

/** The addresses of the components. */
export interface Urls {
  /** Where services send to. */
  readonly otlp: string;
  /** The page of the Collector's own metrics. */
  readonly collectorMetrics: string;
  readonly prometheus: string;
  readonly jaeger: string;
  readonly loki: string;
  readonly alertmanager: string;
}

/** Where the components are. */
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

/** What a service needs to send to them. */
export function sendingEnvironment(ports: Ports, secrets: Secrets): Record<string, string> {
  const token = encodeURIComponent(secrets.MONEYTRAIL_INGEST_TOKEN);
  return {
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${ports.MONEYTRAIL_OTLP_HTTP_PORT}`,
    OTEL_EXPORTER_OTLP_HEADERS: `Authorization=Bearer%20${token}`,
  };
}
