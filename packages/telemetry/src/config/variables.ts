// The table of the standard variables that are read.
import type { DefaultedOption, DefaultedSignalOption, Option, Setting } from './options.ts';
import { QUEUES } from './queue-variables.ts';
import * as rules from './rules.ts';
import { INSTRUMENTATION_VARIABLES } from './variables/instrumentations.ts';
import { LIMIT_VARIABLES } from './variables/limits.ts';
import { OTLP_VARIABLES } from './variables/otlp.ts';
import { RESOURCE_VARIABLES } from './variables/resource.ts';

/** Destinations of a signal. */
export type ExporterName = 'otlp' | 'console' | 'prometheus' | 'none';

/** Formats of trace headers. */
export type PropagatorName = 'tracecontext' | 'baggage' | 'b3' | 'b3multi' | 'none';

/** Samplers of the specification. */
export type SamplerName = `${'' | 'parentbased_'}${'always_on' | 'always_off' | 'traceidratio'}`;

/** Temporalities of what instrumentations measure. */
export type TemporalityName = 'cumulative' | 'delta' | 'lowmemory';

/** Kinds of histograms. */
export type HistogramName = 'explicit_bucket_histogram' | 'base2_exponential_bucket_histogram';

/** Disables recording and sending. */
export const DISABLED: DefaultedOption<boolean> = {
  rule: rules.boolean,
  variable: 'OTEL_SDK_DISABLED',
  fallback: false,
  help: 'With `true`, nothing is recorded and nothing is sent.',
};

/** Where a signal is sent. */
export const EXPORTERS: DefaultedSignalOption<readonly ExporterName[]> = {
  isPerSignal: true,
  rule: rules.listOf('otlp', 'console', 'prometheus', 'none'),
  variable: 'OTEL_{SIGNAL}_EXPORTER',
  fallback: ['otlp'],
  code: 'MONEYTRAIL_EXPORTER_UNKNOWN',
  help: 'Where a signal is sent; `prometheus` is for metrics and serves them at `/metrics`.',
};

/** Port of `/metrics` where `prometheus` is among the exporters of metrics and `metricsPort` is not set. */
export const PROMETHEUS_PORT: DefaultedOption<number> = {
  rule: rules.integer(1, 65_535),
  variable: 'OTEL_EXPORTER_PROMETHEUS_PORT',
  fallback: 9464,
  help: 'Port of `/metrics` for the exporter `prometheus`, where `metricsPort` is not set.',
};

/** Host of `/metrics` in the same case. */
export const PROMETHEUS_HOST: Option<string> = {
  rule: rules.address,
  variable: 'OTEL_EXPORTER_PROMETHEUS_HOST',
  help: 'Host of `/metrics` for the exporter `prometheus`, where `metricsPort` is not set; one that others can reach needs `metricsToken`.',
};

/** Headers that carry a trace. */
export const PROPAGATORS: DefaultedOption<readonly PropagatorName[]> = {
  rule: rules.listOf('tracecontext', 'baggage', 'b3', 'b3multi', 'none'),
  variable: 'OTEL_PROPAGATORS',
  fallback: ['tracecontext', 'baggage'],
  help: 'Headers that carry a trace from service to service, on our own side (`ownHosts`, `trustedCallers`).',
};

/** Which traces are kept. */
export const SAMPLER: DefaultedOption<SamplerName> = {
  rule: rules.choice(
    'always_on',
    'always_off',
    'traceidratio',
    'parentbased_always_on',
    'parentbased_always_off',
    'parentbased_traceidratio',
  ),
  variable: 'OTEL_TRACES_SAMPLER',
  fallback: 'parentbased_always_on',
  help: 'Which traces are kept.',
};

/** Share of the traces that are kept. */
export const SAMPLER_RATIO: Option<number> = {
  rule: rules.number(0, 1),
  variable: 'OTEL_TRACES_SAMPLER_ARG',
  help: 'Share of the traces that a `traceidratio` sampler keeps; all without it.',
};

/** Temporality of what instrumentations measure. */
export const TEMPORALITY: DefaultedOption<TemporalityName> = {
  rule: rules.choice('cumulative', 'delta', 'lowmemory'),
  variable: 'OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE',
  fallback: 'cumulative',
  help: 'Temporality of what instrumentations measure; the catalogue is always cumulative.',
};

/** Kind of the histograms of instrumentations. */
export const HISTOGRAMS: DefaultedOption<HistogramName> = {
  rule: rules.choice('explicit_bucket_histogram', 'base2_exponential_bucket_histogram'),
  variable: 'OTEL_EXPORTER_OTLP_METRICS_DEFAULT_HISTOGRAM_AGGREGATION',
  fallback: 'explicit_bucket_histogram',
  help: 'Histograms of instrumentations over OTLP; those of the catalogue have fixed buckets, as `/metrics` has. The embedded store takes no exponential ones.',
};

/** Time limit of one export of metrics. */
export const METRIC_EXPORT_TIMEOUT: Option<number> = {
  rule: rules.integer(1, 600_000),
  variable: 'OTEL_METRIC_EXPORT_TIMEOUT',
  help: 'Milliseconds that one export of metrics may take with all its attempts; by default until the next export.',
};

/** Whether the SDK measures itself. */
export const SDK_METRICS: DefaultedOption<boolean> = {
  rule: rules.boolean,
  variable: 'OTEL_NODE_EXPERIMENTAL_SDK_METRICS',
  fallback: false,
  help: 'With `true`, the SDK measures itself in metrics named `otel.sdk.*`.',
};

/** The log level of OpenTelemetry, which the SDK reads itself. */
const LOG_LEVEL: Option<string> = {
  rule: rules.choice('none', 'error', 'warn', 'info', 'debug', 'verbose', 'all'),
  variable: 'OTEL_LOG_LEVEL',
  help: 'What OpenTelemetry itself reports on the console; nothing without it.',
};

/** The standard variables of OpenTelemetry that Moneytrail checks at start and honours. */
export const VARIABLES: readonly Setting[] = [
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
  LOG_LEVEL,
  SDK_METRICS,
];
