/** The profile `dev`. */

import { otlp } from '../components/ingest.ts';
import * as pipelines from '../components/pipelines.ts';
import * as presets from '../components/presets.ts';
import { telemetry } from '../components/telemetry.ts';
import type { CollectorConfig } from '../model/config.ts';

/** The profile `dev`: the simplest one, which keeps every trace, with redaction. */
export const dev: CollectorConfig = {
  extensions: presets.extensions,
  receivers: { otlp },
  processors: presets.atIngest,
  connectors: { 'forward/masked': null, ...presets.spanMetricsConnectors },
  exporters: presets.backendsNextDoor,
  service: {
    extensions: presets.extensionIds,
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
