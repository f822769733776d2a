/** The profiles `sampler` and `sampler-kafka`. */

import * as backends from '../components/backends.ts';
import { memoryLimiter, otlp } from '../components/ingest.ts';
import * as pipelines from '../components/pipelines.ts';
import * as presets from '../components/presets.ts';
import { telemetry } from '../components/telemetry.ts';
import { fromKafka } from '../components/tiers.ts';
import { explain } from '../explain.ts';
import type { CollectorConfig, ComponentId, Components } from '../model/config.ts';
import type { ReceiverKinds } from '../model/receivers.ts';

/** The profile `sampler`: the second of two tiers. Data from gateways is redacted and marked already. */
export const sampler: CollectorConfig = samplerFrom('otlp', { otlp });

/** The same, reading from Kafka. */
export const samplerKafka: CollectorConfig = samplerFrom('kafka', { kafka: fromKafka });

function samplerFrom(
  receiver: ComponentId<ReceiverKinds>,
  receivers: Components<ReceiverKinds>,
): CollectorConfig {
  return {
    extensions: presets.extensions,
    receivers,
    processors: { memory_limiter: memoryLimiter, ...presets.deciding },
    connectors: { 'forward/decided': null, 'forward/undecided': null },
    exporters: { 'otlp_http/jaeger': backends.jaeger('gzip') },
    service: explain(
      {
        extensions: presets.extensionIds,
        telemetry,
        pipelines: {
          'traces/in': {
            receivers: [receiver],
            processors: ['memory_limiter'],
            exporters: ['forward/decided', 'forward/undecided'],
          },
          'traces/decided': pipelines.decidedPipeline(['otlp_http/jaeger']),
          'traces/undecided': pipelines.undecidedPipeline(['otlp_http/jaeger']),
        },
      },
      { pipelines: 'moneytrail: allow redaction-missing (done by the gateways)' },
    ),
  };
}
