import type { CollectorConfig } from '../model/config.ts';
import * as backends from '../parts/backends.ts';
import { healthCheck, ingestToken, memoryLimiter, otlp, resource } from '../parts/ingest.ts';
import { queueStorage } from '../parts/queue.ts';
import { redaction } from '../parts/redaction.ts';
import {
  markSampled,
  onlyDecided,
  onlySiblings,
  onlyUndecided,
  tailSampling,
} from '../parts/sampling.ts';
import { exemplarsOfKept, monitorMetrics, spanMetrics } from '../parts/span-metrics.ts';
import { telemetry } from '../parts/telemetry.ts';

/** Everything in one Collector. */
export const single: CollectorConfig = {
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
    'transform/sampled': markSampled,
    'transform/exemplars': exemplarsOfKept,
    'filter/decided': onlyDecided,
    'filter/undecided': onlyUndecided,
    tail_sampling: tailSampling,
    'filter/siblings': onlySiblings,
    delta_to_cumulative: backends.runningTotals,
    'transform/event_name': backends.eventName,
  },
  connectors: {
    'forward/metrics': null,
    'forward/decided': null,
    'forward/undecided': null,
    span_metrics: spanMetrics,
    'span_metrics/monitor': monitorMetrics,
  },
  exporters: {
    'otlp_http/jaeger': backends.jaeger('none'),
    'otlp_http/prometheus': backends.prometheus('none'),
    'otlp_http/loki': backends.loki('none'),
  },
  service: {
    extensions: ['health_check', 'file_storage/queue', 'bearertokenauth/ingest'],
    telemetry,
    pipelines: {
      'traces/in': {
        receivers: ['otlp'],
        processors: ['memory_limiter', 'resource', 'redaction/pii', 'transform/sampled'],
        exporters: ['forward/metrics', 'forward/decided', 'forward/undecided'],
      },
      'traces/metrics': {
        receivers: ['forward/metrics'],
        processors: ['transform/exemplars'],
        exporters: ['span_metrics', 'span_metrics/monitor'],
      },
      'traces/decided': {
        receivers: ['forward/decided'],
        processors: ['filter/decided'],
        exporters: ['otlp_http/jaeger'],
      },
      'traces/undecided': {
        receivers: ['forward/undecided'],
        processors: ['filter/undecided', 'tail_sampling', 'filter/siblings'],
        exporters: ['otlp_http/jaeger'],
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
