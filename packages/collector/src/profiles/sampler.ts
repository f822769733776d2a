import { explain } from '../explain.ts';
import type { CollectorConfig, ComponentId, Components } from '../model/config.ts';
import type { ReceiverKinds } from '../model/receivers.ts';
import * as backends from '../parts/backends.ts';
import { memoryLimiter, otlp } from '../parts/ingest.ts';
import * as pipelines from '../parts/pipelines.ts';
import * as sets from '../parts/sets.ts';
import { telemetry } from '../parts/telemetry.ts';
import { fromKafka } from '../parts/tiers.ts';

/** The second of two tiers: what gateways send is redacted and marked already. */
export const sampler: CollectorConfig = samplerFrom('otlp', { otlp });

/** The same, reading from Kafka. */
export const samplerKafka: CollectorConfig = samplerFrom('kafka', { kafka: fromKafka });

function samplerFrom(
  receiver: ComponentId<ReceiverKinds>,
  receivers: Components<ReceiverKinds>,
): CollectorConfig {
  return {
    extensions: sets.extensions,
    receivers,
    processors: { memory_limiter: memoryLimiter, ...sets.deciding },
    connectors: { 'forward/decided': null, 'forward/undecided': null },
    exporters: { 'otlp_http/jaeger': backends.jaeger('gzip') },
    service: explain(
      {
        extensions: sets.extensionIds,
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
      { pipelines: 'moneytrail: allow redaction-missing (the gateways have done it)' },
    ),
  };
}
