import type { Option } from './options.ts';
import { QUEUES } from './queue-variables.ts';

const protocols = {
  kind: 'choice',
  values: ['http/protobuf', 'http/json'],
  code: 'MONEYTRAIL_PROTOCOL_NOT_BUILT_IN',
} as const;
const compressions = { kind: 'choice', values: ['gzip', 'none'] } as const;
const durationMs = { kind: 'integer', min: 1, max: 600_000 } as const;
const pairs = { kind: 'pairs' } as const;
const file = { kind: 'text' } as const;

/** With `true`, nothing is recorded and nothing is sent. */
export const DISABLED: Option = {
  kind: 'switch',
  variable: 'OTEL_SDK_DISABLED',
  help: 'With `true`, nothing is recorded and nothing is sent.',
};

/** Where a signal goes. */
export const EXPORTERS: Option = {
  kind: 'list',
  values: ['otlp', 'console', 'prometheus', 'none'],
  variable: 'OTEL_{SIGNAL}_EXPORTER',
  fallback: 'otlp',
  code: 'MONEYTRAIL_EXPORTER_UNKNOWN',
  help: 'Where a signal goes; `prometheus` is for metrics and serves them at `/metrics`.',
};

/** Port of `/metrics` where `prometheus` is among the exporters of metrics and `metricsPort` is not set. */
export const PROMETHEUS_PORT: Option = {
  kind: 'integer',
  min: 1,
  max: 65_535,
  variable: 'OTEL_EXPORTER_PROMETHEUS_PORT',
  fallback: 9464,
  help: 'Port of `/metrics` for the exporter `prometheus`, where `metricsPort` is not set.',
};

/** Encoding of OTLP. */
export const PROTOCOL: Option = {
  ...protocols,
  variable: 'OTEL_EXPORTER_OTLP_PROTOCOL',
  help: 'Encoding of OTLP; by default traces are sent as `http/json`, metrics and logs as `http/protobuf`.',
};

/** Encoding of one signal, where it differs. */
export const SIGNAL_PROTOCOL: Option = {
  ...protocols,
  variable: 'OTEL_EXPORTER_OTLP_{SIGNAL}_PROTOCOL',
  help: 'Encoding of one signal, where it differs.',
};

/** Full address for one signal, where it differs. */
export const SIGNAL_ENDPOINT: Option = {
  kind: 'url',
  code: 'MONEYTRAIL_ENDPOINT_INVALID',
  variable: 'OTEL_EXPORTER_OTLP_{SIGNAL}_ENDPOINT',
  help: 'Full address for one signal, where it differs.',
};

/** Headers that carry a trace. */
export const PROPAGATORS: Option = {
  kind: 'list',
  values: ['tracecontext', 'baggage', 'b3', 'b3multi', 'none'],
  variable: 'OTEL_PROPAGATORS',
  fallback: 'tracecontext,baggage',
  help: 'Headers that carry a trace from service to service, on our own side (`ownHosts`, `trustedCallers`).',
};

/** File with the certificates that the endpoint is checked against. */
export const CERTIFICATE: Option = {
  ...file,
  variable: 'OTEL_EXPORTER_OTLP_CERTIFICATE',
  help: 'File with the certificates that the endpoint is checked against.',
};

/** File with the certificate that the service shows to the endpoint. */
export const CLIENT_CERTIFICATE: Option = {
  ...file,
  variable: 'OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE',
  help: 'File with the certificate that the service shows to the endpoint.',
};

/** File with the key of that certificate. */
export const CLIENT_KEY: Option = {
  ...file,
  variable: 'OTEL_EXPORTER_OTLP_CLIENT_KEY',
  help: 'File with the key of that certificate.',
};

/** The standard variables of OpenTelemetry that Moneytrail checks at start and honours. */
export const VARIABLES: readonly Option[] = [
  DISABLED,
  EXPORTERS,
  PROMETHEUS_PORT,
  PROTOCOL,
  SIGNAL_PROTOCOL,
  SIGNAL_ENDPOINT,
  {
    ...pairs,
    variable: 'OTEL_EXPORTER_OTLP_HEADERS',
    help: 'Headers of each request.',
  },
  {
    ...pairs,
    variable: 'OTEL_EXPORTER_OTLP_{SIGNAL}_HEADERS',
    help: 'More headers for one signal.',
  },
  {
    ...durationMs,
    variable: 'OTEL_EXPORTER_OTLP_TIMEOUT',
    fallback: 10_000,
    help: 'Milliseconds that one request may take, from its first byte to the last byte of the response.',
  },
  {
    ...durationMs,
    variable: 'OTEL_EXPORTER_OTLP_{SIGNAL}_TIMEOUT',
    help: 'The same for one signal.',
  },
  {
    ...compressions,
    variable: 'OTEL_EXPORTER_OTLP_COMPRESSION',
    fallback: 'none',
    help: 'Compression of requests.',
  },
  {
    ...compressions,
    variable: 'OTEL_EXPORTER_OTLP_{SIGNAL}_COMPRESSION',
    help: 'The same for one signal.',
  },
  CERTIFICATE,
  CLIENT_CERTIFICATE,
  CLIENT_KEY,
  {
    kind: 'choice',
    values: ['cumulative', 'delta', 'lowmemory'],
    variable: 'OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE',
    fallback: 'cumulative',
    help: 'Temporality of what instrumentations measure; the catalogue is always cumulative.',
  },
  {
    kind: 'attributes',
    variable: 'OTEL_RESOURCE_ATTRIBUTES',
    help: 'Attributes of the service, such as `deployment.environment.name=production`.',
  },
  {
    kind: 'choice',
    values: [
      'always_on',
      'always_off',
      'traceidratio',
      'parentbased_always_on',
      'parentbased_always_off',
      'parentbased_traceidratio',
    ],
    variable: 'OTEL_TRACES_SAMPLER',
    fallback: 'parentbased_always_on',
    help: 'Which traces are kept.',
  },
  {
    kind: 'number',
    min: 0,
    max: 1,
    variable: 'OTEL_TRACES_SAMPLER_ARG',
    help: 'Share of the traces that a `traceidratio` sampler keeps.',
  },
  PROPAGATORS,
  ...Object.values(QUEUES.traces),
  ...Object.values(QUEUES.logs),
];
