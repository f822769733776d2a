import type { CollectorConfig } from '../model/config.ts';
import * as backends from '../parts/backends.ts';
import { healthCheck, ingestToken, memoryLimiter, otlp, resource } from '../parts/ingest.ts';
import { queueStorage } from '../parts/queue.ts';
import { redaction } from '../parts/redaction.ts';
import { monitorMetrics, spanMetrics } from '../parts/span-metrics.ts';
import { telemetry } from '../parts/telemetry.ts';

/** The simplest: every trace is kept. Redaction stays. */
export const dev: CollectorConfig = {
  extensions: {
    health_check: healthCheck,
    'file_storage/queue': queueStorage,
    'bearertokenauth/ingest': ingestToken,
  },
  receivers: { otlp },
  processors: {
    memory_limiter: memoryLimiter,
    resource,
    'redaction/pii': redaction,
    delta_to_cumulative: backends.runningTotals,
    'transform/event_name': backends.eventName,
  },
  connectors: { span_metrics: spanMetrics, 'span_metrics/monitor': monitorMetrics },
  exporters: {
    'otlp_http/jaeger': backends.jaeger('none'),
    'otlp_http/prometheus': backends.prometheus('none'),
    'otlp_http/loki': backends.loki('none'),
  },
  service: {
    extensions: ['health_check', 'file_storage/queue', 'bearertokenauth/ingest'],
    telemetry,
    pipelines: {
      traces: {
        receivers: ['otlp'],
        processors: ['memory_limiter', 'resource', 'redaction/pii'],
        exporters: ['otlp_http/jaeger', 'span_metrics', 'span_metrics/monitor'],
      },
      metrics: {
        receivers: ['otlp', 'span_metrics', 'span_metrics/monitor'],
        processors: ['memory_limiter', 'resource', 'delta_to_cumulative'],
        exporters: ['otlp_http/prometheus'],
      },
      logs: {
        receivers: ['otlp'],
        processors: ['memory_limiter', 'resource', 'redaction/pii', 'transform/event_name'],
        exporters: ['otlp_http/loki'],
      },
    },
  },
};
