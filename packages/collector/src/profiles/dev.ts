import type { CollectorConfig } from '../model/config.ts';
import * as backends from '../parts/backends.ts';
import { otlp } from '../parts/ingest.ts';
import * as pipelines from '../parts/pipelines.ts';
import * as sets from '../parts/sets.ts';
import { telemetry } from '../parts/telemetry.ts';

/** The simplest: every trace is kept. Redaction stays. */
export const dev: CollectorConfig = {
  extensions: sets.extensions,
  receivers: { otlp },
  processors: sets.atIngest,
  connectors: { 'forward/masked': null, ...sets.spanMetricsConnectors },
  exporters: {
    'otlp_http/jaeger': backends.jaeger('none'),
    'otlp_http/prometheus': backends.prometheus('none'),
    'otlp_http/loki': backends.loki('none'),
    nop: null,
  },
  service: {
    extensions: sets.extensionIds,
    telemetry,
    pipelines: {
      traces: {
        receivers: ['otlp'],
        processors: ['memory_limiter', 'resource', ...pipelines.spanRedaction],
        exporters: ['otlp_http/jaeger', 'span_metrics', 'span_metrics/monitor', 'forward/masked'],
      },
      metrics: pipelines.metricsPipeline,
      logs: pipelines.logsPipeline,
      'traces/masked': pipelines.maskedPipeline,
      'logs/masked': pipelines.maskedPipeline,
    },
  },
};
