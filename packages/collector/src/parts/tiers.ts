import { ENV } from '../env.ts';
import { explain } from '../explain.ts';
import type { Kafka, LoadBalancing } from '../model/exporters.ts';
import type { KafkaReceiver } from '../model/receivers.ts';
import { sending } from './queue.ts';

const TOPIC = 'moneytrail-traces';

/** From a gateway to the samplers: the spans of a trace meet in one of them. */
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
            'Samplers ask for the same token as the gateway. As a header, because an authenticator wants TLS.',
        },
      ),
    },
    ...sending,
  },
  {
    resolver:
      'Every gateway needs the same list in the same order. When it changes, traces under way are split.',
    protocol: 'No queue below: all samplers would share its file. The one on disk is above them.',
  },
);

/** From a gateway into Kafka. */
export const toKafka: Kafka = explain(
  {
    brokers: ENV.kafkaBrokers,
    traces: { topic: TOPIC, encoding: 'otlp_proto' },
    partition_traces_by_id: true,
    producer: { required_acks: 'all', compression: 'zstd', max_message_bytes: 10000000 },
    ...sending,
  },
  {
    partition_traces_by_id: 'The spans of a trace meet in one partition, and so in one sampler.',
    producer: 'Acknowledged when every replica has it.',
  },
);

/** Out of Kafka into a sampler. */
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
    message_marking: 'Read means taken over by the pipeline: what fails is read again.',
    error_backoff: 'For ever.',
  },
);
