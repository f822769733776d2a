import type { CollectorConfig } from '../model/config.ts';
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
  exporters: sets.backendsNextDoor,
  service: {
    extensions: sets.extensionIds,
    telemetry,
    pipelines: {
      traces: {
        receivers: ['otlp'],
        processors: ['memory_limiter', 'resource', ...pipelines.spanRedaction],
        exporters: ['otlp_http/jaeger', 'span_metrics', 'span_metrics/monitor', 'forward/masked'],
      },
      ...pipelines.besideTraces,
    },
  },
};
