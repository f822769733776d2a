import type { Pipeline, Pipelines } from '../model/config.ts';

/** Pipelines that several profiles share. */

/** Metrics of services and of spans. */
const metricsPipeline: Pipeline = {
  receivers: ['otlp', 'span_metrics', 'span_metrics/monitor'],
  processors: [
    'memory_limiter',
    'resource',
    'redaction/pii',
    'transform/tidy_metrics',
    'delta_to_cumulative',
  ],
  exporters: ['otlp_http/prometheus'],
};

/** What hides secrets in spans. */
export const spanRedaction = ['transform/lift', 'redaction/pii', 'transform/lower'] as const;

/** Logs, and with them every event about money: never sampled. */
const logsPipeline: Pipeline = {
  receivers: ['otlp'],
  processors: [
    'memory_limiter',
    'resource',
    'transform/event_name',
    'redaction/pii',
    'transform/tidy_logs',
  ],
  exporters: ['otlp_http/loki', 'forward/masked'],
};

/** Counts spans, or logs, with a secret in them: the filter's own metric is the count, the data end here. */
const maskedPipeline: Pipeline = {
  receivers: ['forward/masked'],
  processors: ['filter/masked'],
  exporters: ['nop'],
};

/** What every profile that services send to has in common, beside its traces. */
export const besideTraces: Pipelines = {
  metrics: metricsPipeline,
  logs: logsPipeline,
  'traces/masked': maskedPipeline,
  'logs/masked': maskedPipeline,
};

/** Each span is counted; only kept ones become exemplars. */
export const spanMetricsPipeline: Pipeline = {
  receivers: ['forward/metrics'],
  processors: ['transform/exemplars'],
  exporters: ['span_metrics', 'span_metrics/monitor'],
};

/** Straight on, before the sender has its answer. */
export function decidedPipeline(next: Pipeline['exporters']): Pipeline {
  return { receivers: ['forward/decided'], processors: ['filter/decided'], exporters: next };
}

/** The others wait for their trace. */
export function undecidedPipeline(next: Pipeline['exporters']): Pipeline {
  return {
    receivers: ['forward/undecided'],
    processors: ['filter/undecided', 'tail_sampling', 'filter/siblings'],
    exporters: next,
  };
}
