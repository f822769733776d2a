import type { CollectorConfig, ComponentId, Components } from '../model/config.ts';
import type { ExporterKinds } from '../model/exporters.ts';
import * as backends from '../parts/backends.ts';
import { otlp } from '../parts/ingest.ts';
import * as pipelines from '../parts/pipelines.ts';
import * as sets from '../parts/sets.ts';
import { telemetry } from '../parts/telemetry.ts';
import { toKafka, toSamplers } from '../parts/tiers.ts';

/** The first of two tiers; the second samples. */
export const gateway: CollectorConfig = gatewayTo('load_balancing', { load_balancing: toSamplers });

/** The same, with Kafka between the tiers. */
export const gatewayKafka: CollectorConfig = gatewayTo('kafka', { kafka: toKafka });

function gatewayTo(
  next: ComponentId<ExporterKinds>,
  exporter: Components<ExporterKinds>,
): CollectorConfig {
  return {
    extensions: sets.extensions,
    receivers: { otlp },
    processors: { ...sets.atIngest, ...sets.marking },
    connectors: {
      'forward/metrics': null,
      'forward/masked': null,
      ...sets.spanMetricsConnectors,
    },
    exporters: {
      ...exporter,
      'otlp_http/prometheus': backends.prometheus('gzip'),
      'otlp_http/loki': backends.loki('gzip'),
      nop: null,
    },
    service: {
      extensions: sets.extensionIds,
      telemetry,
      pipelines: {
        'traces/in': {
          receivers: ['otlp'],
          processors: ['memory_limiter', 'resource', ...pipelines.spanRedaction, 'transform/kept'],
          exporters: ['forward/metrics', next, 'forward/masked'],
        },
        'traces/metrics': pipelines.spanMetricsPipeline,
        ...pipelines.besideTraces,
      },
    },
  };
}
