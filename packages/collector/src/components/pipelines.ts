/** Pipelines. */
import type { Pipeline, Pipelines } from '../model/config.ts';

/** Pipelines shared by several profiles. */

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

/** Processors that redact spans. */
export const spanRedaction = [
  'transform/to_attributes',
  'redaction/pii',
  'transform/from_attributes',
] as const;

/** Logs, including all business events: never sampled. */
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

/** Counts spans or logs that contain a secret. The metric of the filter is the count; the data is discarded. */
const maskedPipeline: Pipeline = {
  receivers: ['forward/masked'],
  processors: ['filter/masked'],
  exporters: ['nop'],
};

/** Pipelines of every profile that receives from services, except for traces. */
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

/** Sent at once, before the sender gets its response. */
export function decidedPipeline(next: Pipeline['exporters']): Pipeline {
  return { receivers: ['forward/decided'], processors: ['filter/decided'], exporters: next };
}

/** Other spans wait for their trace. */
export function undecidedPipeline(next: Pipeline['exporters']): Pipeline {
  return {
    receivers: ['forward/undecided'],
    processors: ['filter/undecided', 'tail_sampling', 'filter/siblings'],
    exporters: next,
  };
}
