import type { CollectorConfig } from '../model/config.ts';
import * as backends from '../parts/backends.ts';
import { otlp } from '../parts/ingest.ts';
import * as pipelines from '../parts/pipelines.ts';
import * as sets from '../parts/sets.ts';
import { telemetry } from '../parts/telemetry.ts';

/** Everything in one Collector. */
export const single: CollectorConfig = {
  extensions: sets.extensions,
  receivers: { otlp },
  processors: { ...sets.atIngest, ...sets.marking, ...sets.deciding },
  connectors: {
    'forward/metrics': null,
    'forward/decided': null,
    'forward/undecided': null,
    'forward/masked_logs': null,
    ...sets.spanMetricsConnectors,
  },
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
      'traces/in': {
        receivers: ['otlp'],
        processors: [
          'memory_limiter',
          'resource',
          'transform/lift',
          'redaction/pii',
          'transform/spans',
        ],
        exporters: ['forward/metrics', 'forward/decided', 'forward/undecided'],
      },
      'traces/metrics': pipelines.spanMetricsPipeline,
      'traces/decided': pipelines.decidedPipeline,
      'traces/undecided': pipelines.undecidedPipeline,
      metrics: pipelines.metricsPipeline,
      logs: pipelines.logsPipeline,
      'logs/masked': pipelines.maskedLogsPipeline,
    },
  },
};
