/** The profiles `gateway` and `gateway-kafka`. */

import * as backends from '../components/backends.ts';
import { otlp } from '../components/ingest.ts';
import * as pipelines from '../components/pipelines.ts';
import * as presets from '../components/presets.ts';
import { telemetry } from '../components/telemetry.ts';
import { toKafka, toSamplers } from '../components/tiers.ts';
import type { CollectorConfig, ComponentId, Components } from '../model/config.ts';
import type { ExporterKinds } from '../model/exporters.ts';

/** The profile `gateway`: the first of two tiers. The second one samples. */
export const gateway: CollectorConfig = gatewayTo('load_balancing', { load_balancing: toSamplers });

/** The same, with Kafka between the tiers. */
export const gatewayKafka: CollectorConfig = gatewayTo('kafka', { kafka: toKafka });

function gatewayTo(
  next: ComponentId<ExporterKinds>,
  exporter: Components<ExporterKinds>,
): CollectorConfig {
  return {
    extensions: presets.extensions,
    receivers: { otlp },
    processors: { ...presets.atIngest, ...presets.marking },
    connectors: {
      'forward/metrics': null,
      'forward/masked': null,
      ...presets.spanMetricsConnectors,
    },
    exporters: {
      ...exporter,
      'otlp_http/prometheus': backends.prometheus('gzip'),
      'otlp_http/loki': backends.loki('gzip'),
      nop: null,
    },
    service: {
      extensions: presets.extensionIds,
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
