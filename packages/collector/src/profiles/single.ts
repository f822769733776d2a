import { explain } from '../explain.ts';
import type { CollectorConfig, Pipeline } from '../model/config.ts';
import { otlp } from '../parts/ingest.ts';
import * as pipelines from '../parts/pipelines.ts';
import * as sets from '../parts/sets.ts';
import { telemetry } from '../parts/telemetry.ts';

const kept: Pipeline = explain<Pipeline>(
  {
    receivers: ['forward/kept'],
    processors: pipelines.spanRedaction,
    exporters: ['otlp_http/jaeger', 'forward/masked'],
  },
  {
    receivers:
      'Spans that are thrown away need no search for secrets; nothing is on the disk before it.',
  },
);

/** Everything in one Collector. */
export const single: CollectorConfig = {
  extensions: sets.extensions,
  receivers: { otlp },
  processors: { ...sets.atIngest, ...sets.marking, ...sets.deciding },
  connectors: {
    'forward/metrics': null,
    'forward/decided': null,
    'forward/undecided': null,
    'forward/kept': null,
    'forward/masked': null,
    ...sets.spanMetricsConnectors,
  },
  exporters: sets.backendsNextDoor,
  service: {
    extensions: sets.extensionIds,
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
