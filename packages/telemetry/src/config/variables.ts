// The table of the standard variables that are read.
import type { Option } from '../options.ts';
import { QUEUES } from './queue-variables.ts';
import { INSTRUMENTATION_VARIABLES } from './variables/instrumentations.ts';
import { LIMIT_VARIABLES } from './variables/limits.ts';
import { OTLP_VARIABLES } from './variables/otlp.ts';
import { RESOURCE_VARIABLES } from './variables/resource.ts';

const durationMs = { kind: 'integer', min: 1, max: 600_000 } as const;

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

/** Host of `/metrics` in the same case. */
export const PROMETHEUS_HOST: Option = {
  kind: 'address',
  variable: 'OTEL_EXPORTER_PROMETHEUS_HOST',
  help: 'Host of `/metrics` for the exporter `prometheus`, where `metricsPort` is not set; one that others can reach needs `metricsToken`.',
};

/** Headers that carry a trace. */
export const PROPAGATORS: Option = {
  kind: 'list',
  values: ['tracecontext', 'baggage', 'b3', 'b3multi', 'none'],
  variable: 'OTEL_PROPAGATORS',
  fallback: 'tracecontext,baggage',
  help: 'Headers that carry a trace from service to service, on our own side (`ownHosts`, `trustedCallers`).',
};

/** Which traces are kept. */
export const SAMPLER: Option = {
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
};

/** Share of the traces that are kept. */
export const SAMPLER_RATIO: Option = {
  kind: 'number',
  min: 0,
  max: 1,
  variable: 'OTEL_TRACES_SAMPLER_ARG',
  help: 'Share of the traces that a `traceidratio` sampler keeps; all without it.',
};

/** Temporality of what instrumentations measure. */
export const TEMPORALITY: Option = {
  kind: 'choice',
  values: ['cumulative', 'delta', 'lowmemory'],
  variable: 'OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE',
  fallback: 'cumulative',
  help: 'Temporality of what instrumentations measure; the catalogue is always cumulative.',
};

/** The value of `HISTOGRAMS` that asks for exponential ones. */
export const EXPONENTIAL = 'base2_exponential_bucket_histogram';

/** Kind of the histograms of instrumentations. */
export const HISTOGRAMS: Option = {
  kind: 'choice',
  values: ['explicit_bucket_histogram', EXPONENTIAL],
  variable: 'OTEL_EXPORTER_OTLP_METRICS_DEFAULT_HISTOGRAM_AGGREGATION',
  fallback: 'explicit_bucket_histogram',
  help: 'Histograms of instrumentations over OTLP; those of the catalogue have fixed buckets, as `/metrics` has. The embedded store takes no exponential ones.',
};

/** The longest that one export of metrics may take. */
export const METRIC_EXPORT_TIMEOUT: Option = {
  ...durationMs,
  variable: 'OTEL_METRIC_EXPORT_TIMEOUT',
  help: 'Milliseconds that one export of metrics may take with all its attempts; by default until the next export.',
};

/** The standard variables of OpenTelemetry that Moneytrail checks at start and honours. */
export const VARIABLES: readonly Option[] = [
  DISABLED,
  EXPORTERS,
  PROMETHEUS_PORT,
  PROMETHEUS_HOST,
  ...OTLP_VARIABLES,
  TEMPORALITY,
  HISTOGRAMS,
  METRIC_EXPORT_TIMEOUT,
  ...RESOURCE_VARIABLES,
  SAMPLER,
  SAMPLER_RATIO,
  PROPAGATORS,
  ...Object.values(QUEUES.traces),
  ...Object.values(QUEUES.logs),
  ...LIMIT_VARIABLES,
  ...INSTRUMENTATION_VARIABLES,
  {
    kind: 'choice',
    values: ['none', 'error', 'warn', 'info', 'debug', 'verbose', 'all'],
    variable: 'OTEL_LOG_LEVEL',
    help: 'What OpenTelemetry itself reports on the console; nothing without it.',
  },
  {
    kind: 'switch',
    variable: 'OTEL_NODE_EXPERIMENTAL_SDK_METRICS',
    help: 'With `true`, the SDK measures itself in metrics named `otel.sdk.*`.',
  },
];
