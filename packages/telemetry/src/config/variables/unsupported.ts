// Standard variables that have no effect here. Each is reported at start, with what does the same.

/** A variable without effect; `*` stands for any ending. */
export interface Unsupported {
  readonly variable: string;
  /** What to do instead. */
  readonly instead: string;
}

const NO_GRPC = 'OTLP is sent over HTTP: the scheme of the endpoint, http or https, decides';
const NO_FILE = 'settings are options of startTelemetry and variables';
const NO_GIVING_UP =
  'nothing is dropped because of its age; OTEL_EXPORTER_OTLP_TIMEOUT is for one request';
const NO_ZIPKIN = 'spans are sent over OTLP, which the Collector can forward to Zipkin';
const NO_JAEGER =
  'spans are sent over OTLP, which Jaeger accepts itself: use OTEL_EXPORTER_OTLP_ENDPOINT';
const ATTRIBUTE = (name: string): string => `use OTEL_RESOURCE_ATTRIBUTES=${name}=...`;

/** Variables of the specification, of its older versions, and names that people take for one of them. */
export const UNSUPPORTED: readonly Unsupported[] = [
  { variable: 'OTEL_BSP_EXPORT_TIMEOUT', instead: NO_GIVING_UP },
  { variable: 'OTEL_BLRP_EXPORT_TIMEOUT', instead: NO_GIVING_UP },
  { variable: 'OTEL_CONFIG_FILE', instead: NO_FILE },
  { variable: 'OTEL_EXPERIMENTAL_CONFIG_FILE', instead: NO_FILE },
  { variable: 'OTEL_ENTITIES', instead: 'use OTEL_RESOURCE_ATTRIBUTES' },
  {
    variable: 'OTEL_SEMCONV_STABILITY_OPT_IN',
    instead: 'instrumentations write the stable names, and no others',
  },
  { variable: 'OTEL_METRICS_EXEMPLAR_FILTER', instead: 'the SDK for Node.js has no exemplars yet' },
  { variable: 'OTEL_EXPORTER_OTLP_INSECURE', instead: NO_GRPC },
  { variable: 'OTEL_EXPORTER_OTLP_TRACES_INSECURE', instead: NO_GRPC },
  { variable: 'OTEL_EXPORTER_OTLP_METRICS_INSECURE', instead: NO_GRPC },
  { variable: 'OTEL_EXPORTER_OTLP_LOGS_INSECURE', instead: NO_GRPC },
  { variable: 'OTEL_EXPORTER_OTLP_SPAN_INSECURE', instead: NO_GRPC },
  { variable: 'OTEL_EXPORTER_OTLP_METRIC_INSECURE', instead: NO_GRPC },
  { variable: 'OTEL_EXPORTER_ZIPKIN_ENDPOINT', instead: NO_ZIPKIN },
  { variable: 'OTEL_EXPORTER_ZIPKIN_TIMEOUT', instead: NO_ZIPKIN },
  { variable: 'OTEL_EXPORTER_ZIPKIN_PROTOCOL', instead: NO_ZIPKIN },
  { variable: 'OTEL_EXPORTER_JAEGER_*', instead: NO_JAEGER },
  { variable: 'OTEL_SERVICE_VERSION', instead: ATTRIBUTE('service.version') },
  { variable: 'OTEL_SERVICE_NAMESPACE', instead: ATTRIBUTE('service.namespace') },
  { variable: 'OTEL_ENVIRONMENT', instead: ATTRIBUTE('deployment.environment.name') },
  { variable: 'OTEL_DEPLOYMENT_ENVIRONMENT', instead: ATTRIBUTE('deployment.environment.name') },
];

/** What to do instead of a variable, or `undefined` where it is not one of these. */
export function insteadOf(variable: string): string | undefined {
  return UNSUPPORTED.find(({ variable: known }) =>
    known.endsWith('*') ? variable.startsWith(known.slice(0, -1)) : variable === known,
  )?.instead;
}
