/** The profile `single`. */

import { otlp } from '../components/ingest.ts';
import * as pipelines from '../components/pipelines.ts';
import * as presets from '../components/presets.ts';
import { telemetry } from '../components/telemetry.ts';
import { explain } from '../explain.ts';
import type { CollectorConfig, Pipeline } from '../model/config.ts';

const kept: Pipeline = explain<Pipeline>(
  {
    receivers: ['forward/kept'],
    processors: pipelines.spanRedaction,
    exporters: ['otlp_http/jaeger', 'forward/masked'],
  },
  {
    receivers:
      'Spans that are dropped are not searched for secrets. Nothing is written to disk before redaction.',
  },
);

/** The profile `single`: everything in one Collector. */
export const single: CollectorConfig = {
  extensions: presets.extensions,
  receivers: { otlp },
  processors: { ...presets.atIngest, ...presets.marking, ...presets.deciding },
  connectors: {
    'forward/metrics': null,
    'forward/decided': null,
    'forward/undecided': null,
    'forward/kept': null,
    'forward/masked': null,
    ...presets.spanMetricsConnectors,
  },
  exporters: presets.backendsNextDoor,
  service: {
    extensions: presets.extensionIds,
    telemetry,
    pipelines: {
      'traces/in': {
        receivers: ['otlp'],
        processors: ['memory_limiter', 'resource', 'transform/kept'],
        exporters: ['forward/metrics', 'forward/decided', 'forward/undecided'],
      },
      'traces/metrics': pipelines.spanMetricsPipeline,
      'traces/decided': pipelines.decidedPipeline(['forward/kept']),
      'traces/undecided': pipelines.undecidedPipeline(['forward/kept']),
      'traces/kept': kept,
      ...pipelines.besideTraces,
    },
  },
};
