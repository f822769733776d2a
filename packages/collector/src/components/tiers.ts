/** Connections between tiers: load balancing and Kafka. */
import { ENV } from '../env.ts';
import { explain } from '../explain.ts';
import type { Kafka, LoadBalancing } from '../model/exporters.ts';
import type { KafkaReceiver } from '../model/receivers.ts';
import { sending } from './queue.ts';

const TOPIC = 'moneytrail-traces';

/** From a gateway to the samplers: all spans of a trace reach the same one. */
export const toSamplers: LoadBalancing = explain(
  {
    routing_key: 'traceID',
    resolver: { static: { hostnames: ENV.samplers } },
    protocol: {
      otlp: explain(
        {
          timeout: sending.timeout,
          tls: { insecure: true },
          headers: { authorization: `Bearer ${ENV.ingestToken}` },
          compression: 'zstd',
          retry_on_failure: { enabled: false },
          sending_queue: { enabled: false },
        },
        {
          headers:
            'Samplers require the same token as the gateway. As a header, because an authenticator requires TLS.',
        },
      ),
    },
    ...sending,
  },
  {
    resolver:
      'Every gateway needs the same list in the same order. When it changes, traces in flight are split.',
    protocol:
      'No queues for the endpoints, because all would share one file. The queue on disk comes before them.',
  },
);

/** From a gateway to Kafka. */
export const toKafka: Kafka = explain(
  {
    brokers: ENV.kafkaBrokers,
    traces: { topic: TOPIC, encoding: 'otlp_proto' },
    partition_traces_by_id: true,
    producer: { required_acks: 'all', compression: 'zstd', max_message_bytes: 10000000 },
    ...sending,
  },
  {
    partition_traces_by_id:
      'All spans of a trace go to the same partition, and so to the same sampler.',
    producer: 'Acknowledged when all replicas have it.',
  },
);

/** From Kafka to a sampler. */
export const fromKafka: KafkaReceiver = explain(
  {
    brokers: ENV.kafkaBrokers,
    group_id: 'moneytrail-samplers',
    initial_offset: 'earliest',
    traces: { topics: [TOPIC], encoding: 'otlp_proto' },
    autocommit: { enable: true, interval: '1s' },
    message_marking: { after: true, on_error: false },
    error_backoff: {
      enabled: true,
      initial_interval: '500ms',
      max_interval: '3s',
      max_elapsed_time: 0,
    },
  },
  {
    message_marking:
      'Messages are marked after the pipeline has accepted them; failed ones are read again.',
    error_backoff: 'Forever.',
  },
);
