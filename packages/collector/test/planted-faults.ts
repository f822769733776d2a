/** Our own files, each with one planted fault. */

/** Replaces the first line `from`, ignoring indentation, below the lines `below`, each the first one below the previous. */
interface Edit {
  readonly below: readonly string[];
  readonly from: string;
  /** The new lines, indented like the old one. Without any, the line is removed. */
  readonly to: readonly string[];
}

export interface PlantedFault {
  readonly title: string;
  readonly code: string;
  readonly file: 'collector' | 'prometheus' | 'loki' | 'jaeger';
  readonly edits: readonly Edit[];
  /** The line of the finding, located like in an edit. */
  readonly at: readonly string[];
}

type PlantedFaultEdits = readonly (readonly [
  below: readonly string[],
  from: string,
  to: readonly string[],
])[];

const LOKI = ['otlp_http/loki:'];
const LOKI_QUEUE = [...LOKI, 'sending_queue:'];
const LOGS = ['pipelines:', 'logs:'];
const METRICS = ['pipelines:', 'metrics:'];
const HTTP = ['receivers:', 'http:'];
const KEY = '0123456789abcdefghijklmnopqrstuv';

/** A load balancing exporter with the given faults. */
function loadBalancing(retry: string, below: string): string[] {
  return [
    'load_balancing:',
    '  resolver: {static: {hostnames: [a, b]}}',
    `  protocol: {otlp: {sending_queue: {${below}}}}`,
    `  retry_on_failure: {${retry}}`,
    '  sending_queue: {storage: file_storage/queue, queue_size: 9, block_on_overflow: true, num_consumers: 1}',
  ];
}

function withLoadBalancing(retry: string, below: string): PlantedFaultEdits {
  return [
    [[], 'exporters:', ['exporters:', ...loadBalancing(retry, below).map((line) => `  ${line}`)]],
    [LOGS, '- otlp_http/loki', ['- otlp_http/loki', '- load_balancing']],
  ];
}

/** A second redaction of the logs, with a fault. */
function redaction(title: string, code: string, setting: string): PlantedFault {
  const hash = setting.startsWith('hmac_key') ? ['  hash_function: hmac-sha256'] : [];
  return fault(
    title,
    code,
    ['redaction/more:', setting],
    [
      [['processors:'], 'resource:', ['redaction/more:', ...hash, `  ${setting}`, 'resource:']],
      [LOGS, '- resource', ['- resource', '- redaction/more']],
    ],
  );
}

function withKafka(marking: string): PlantedFaultEdits {
  return [
    [['receivers:'], 'otlp:', ['kafka:', `  message_marking: {${marking}}`, 'otlp:']],
    [LOGS, '- otlp', ['- otlp', '- kafka']],
  ];
}

function fault(
  title: string,
  code: string,
  at: readonly string[],
  edits: PlantedFaultEdits,
  file: PlantedFault['file'] = 'collector',
): PlantedFault {
  return { title, code, at, file, edits: edits.map(([below, from, to]) => ({ below, from, to })) };
}

/** A fault that replaces the line `from` below `below` by `to`. */
function changed(
  title: string,
  code: string,
  below: readonly string[],
  from: string,
  to: string,
  file: PlantedFault['file'] = 'collector',
): PlantedFault {
  return fault(title, code, [...below, to], [[below, from, [to]]], file);
}

/** A fault that removes a line; it is reported at the last of `below`. */
function removed(
  title: string,
  code: string,
  below: readonly string[],
  from: string,
  file: PlantedFault['file'] = 'collector',
): PlantedFault {
  return fault(title, code, below, [[below, from, []]], file);
}

export const PLANTED_FAULTS: readonly PlantedFault[] = [
  changed(
    'a queue that is switched off',
    'queue-disabled',
    LOKI_QUEUE,
    'enabled: true',
    'enabled: false',
  ),
  removed('a queue in memory', 'queue-in-memory', LOKI_QUEUE, 'storage: file_storage/queue'),
  changed(
    'a storage that is not defined',
    'queue-storage-undefined',
    LOKI_QUEUE,
    'storage: file_storage/queue',
    'storage: file_storage/other',
  ),
  fault(
    'a storage that is not started',
    'queue-storage-not-started',
    ['extensions:', 'file_storage/queue:'],
    [[['service:', 'extensions:'], '- file_storage/queue', []]],
  ),
  changed(
    'a storage without fsync',
    'queue-storage-without-fsync',
    ['file_storage/queue:'],
    'fsync: true',
    'fsync: false',
  ),
  changed(
    'a queue that drops when full',
    'queue-overflow-drops',
    LOKI_QUEUE,
    'block_on_overflow: true',
    'block_on_overflow: false',
  ),
  removed(
    'a queue of the default size',
    'queue-size-default',
    LOKI_QUEUE,
    'queue_size: 2147483648',
  ),
  fault(
    'a batch in a queue',
    'queue-batch',
    [...LOKI_QUEUE, 'batch:'],
    [[LOKI_QUEUE, 'num_consumers: 1', ['num_consumers: 1', 'batch:', '  min_size: 2048']]],
  ),
  changed(
    'several consumers to Loki',
    'queue-consumers',
    LOKI_QUEUE,
    'num_consumers: 1',
    'num_consumers: 2',
  ),
  removed(
    'the default number of consumers to Prometheus',
    'queue-consumers',
    ['otlp_http/prometheus:', 'sending_queue:'],
    'num_consumers: 1',
  ),
  fault(
    'a queue on disk that waits for the result',
    'queue-waits-for-result',
    [...LOKI_QUEUE, 'wait_for_result: true'],
    [[LOKI_QUEUE, 'num_consumers: 1', ['num_consumers: 1', 'wait_for_result: true']]],
  ),
  changed('no retries', 'retry-disabled', LOKI, 'enabled: true', 'enabled: false'),
  changed(
    'retries that end',
    'retry-gives-up',
    LOKI,
    'max_elapsed_time: 0',
    'max_elapsed_time: 10m',
  ),
  removed(
    'retries that end by default',
    'retry-gives-up',
    [...LOKI, 'retry_on_failure:'],
    'max_elapsed_time: 0',
  ),
  fault(
    'queues on disk below load balancing',
    'load-balancing-queue-below',
    ['exporters:', 'protocol: {otlp: {sending_queue: {storage: file_storage/queue}}}'],
    withLoadBalancing('enabled: true, max_elapsed_time: 0', 'storage: file_storage/queue'),
  ),
  fault(
    'load balancing without a word on retries',
    'retry-disabled',
    ['exporters:', 'retry_on_failure: {}'],
    withLoadBalancing('', 'enabled: false'),
  ),
  fault(
    'queues below load balancing',
    'load-balancing-queue-below',
    ['exporters:', 'protocol: {otlp: {sending_queue: {num_consumers: 1}}}'],
    withLoadBalancing('enabled: true, max_elapsed_time: 0', 'num_consumers: 1'),
  ),
  fault(
    'load balancing that does not try again',
    'retry-disabled',
    ['exporters:', 'retry_on_failure: {max_elapsed_time: 0}'],
    withLoadBalancing('max_elapsed_time: 0', 'enabled: false'),
  ),
  fault(
    'messages of Kafka that are marked early',
    'kafka-commits-early',
    ['receivers:', 'message_marking: {on_error: false}'],
    withKafka('on_error: false'),
  ),
  fault(
    'messages of Kafka that are marked though they failed',
    'kafka-commits-early',
    ['receivers:', 'message_marking: {after: true, on_error: true}'],
    withKafka('after: true, on_error: true'),
  ),
  fault(
    'metrics through remote write',
    'remote-write-in-memory',
    ['exporters:', 'prometheus_remote_write/prometheus:'],
    [
      [['exporters:'], 'otlp_http/prometheus:', ['prometheus_remote_write/prometheus:']],
      [METRICS, '- otlp_http/prometheus', ['- prometheus_remote_write/prometheus']],
    ],
  ),
  fault(
    'a batch processor',
    'batch-processor',
    [...LOGS, '- batch'],
    [
      [['processors:'], 'resource:', ['batch: {}', 'resource:']],
      [LOGS, '- resource', ['- resource', '- batch']],
    ],
  ),
  fault(
    'no way past tail sampling',
    'sampling-without-bypass',
    ['pipelines:', 'traces/undecided:', '- tail_sampling'],
    [[['pipelines:', 'traces/decided:'], '- forward/kept', ['- nop']]],
  ),
  changed(
    'tail sampling that throws out',
    'sampling-evicts',
    ['tail_sampling:'],
    'block_on_overflow: true',
    'block_on_overflow: false',
  ),
  fault(
    'span metrics after sampling',
    'metrics-after-sampling',
    ['pipelines:', 'traces/undecided:', '- span_metrics'],
    [
      [
        ['pipelines:', 'traces/undecided:'],
        '- otlp_http/jaeger',
        ['- otlp_http/jaeger', '- span_metrics'],
      ],
    ],
  ),
  fault(
    'sampled logs',
    'logs-sampled',
    [...LOGS, '- probabilistic_sampler'],
    [
      [
        ['processors:'],
        'resource:',
        ['probabilistic_sampler:', '  sampling_percentage: 10', 'resource:'],
      ],
      [LOGS, '- resource', ['- resource', '- probabilistic_sampler']],
    ],
  ),
  removed(
    'no memory limiter',
    'memory-limiter-missing',
    [...LOGS, 'processors:'],
    '- memory_limiter',
  ),
  fault(
    'a memory limiter that comes late',
    'memory-limiter-not-first',
    [...METRICS, '- memory_limiter'],
    [
      [METRICS, '- memory_limiter', []],
      [METRICS, '- resource', ['- resource', '- memory_limiter']],
    ],
  ),
  fault(
    'logs that leave without redaction',
    'redaction-missing',
    ['pipelines:', 'logs/bare:', 'processors: [memory_limiter]'],
    [
      [
        [],
        'pipelines:',
        [
          'pipelines:',
          '  logs/bare:',
          '    receivers: [otlp]',
          '    processors: [memory_limiter]',
          '    exporters: [otlp_http/loki]',
        ],
      ],
    ],
  ),
  redaction(
    'a pattern that is not anchored',
    'redaction-key-pattern-loose',
    "blocked_key_patterns: ['(?i)pan']",
  ),
  redaction('hashes without a key', 'redaction-hash-guessable', 'hash_function: sha3'),
  redaction('a key that is too short', 'hmac-key-weak', `hmac_key: ${KEY.slice(1)}`),
  redaction('a key of one letter', 'hmac-key-weak', `hmac_key: ${'a'.repeat(32)}`),
  redaction('a key in the file', 'secret-in-plain-text', `hmac_key: ${KEY}`),
  changed(
    'a token in the file',
    'secret-in-plain-text',
    ['bearertokenauth/ingest:'],
    'token: ${env:MONEYTRAIL_INGEST_TOKEN}',
    'token: 9f86d081884c7d65',
  ),
  changed(
    'a token as a default',
    'secret-in-plain-text',
    ['bearertokenauth/ingest:'],
    'token: ${env:MONEYTRAIL_INGEST_TOKEN}',
    'token: ${env:MONEYTRAIL_INGEST_TOKEN:-demo}',
  ),
  fault(
    'a receiver open to all',
    'receiver-unauthenticated',
    [...HTTP, 'endpoint: 0.0.0.0:4318'],
    [
      [
        HTTP,
        'endpoint: ${env:MONEYTRAIL_LISTEN_HOST:-127.0.0.1}:${env:MONEYTRAIL_OTLP_HTTP_PORT:-4318}',
        ['endpoint: 0.0.0.0:4318'],
      ],
      [HTTP, 'auth:', []],
      [HTTP, 'authenticator: bearertokenauth/ingest', []],
    ],
  ),
  changed(
    'every origin allowed',
    'cors-open',
    ['allowed_origins:'],
    '- ${env:MONEYTRAIL_RUM_ORIGIN:-http://localhost:3000}',
    "- '*'",
  ),
  fault(
    'profiles of the process for all',
    'diagnostics-exposed',
    ['pprof:', 'endpoint: 0.0.0.0:1777'],
    [
      [[], 'extensions:', ['extensions:', '  pprof:', '    endpoint: 0.0.0.0:1777']],
      [['service:', 'extensions:'], '- health_check', ['- health_check', '- pprof']],
    ],
  ),
  fault(
    'traces to Jaeger over gRPC',
    'jaeger-over-grpc',
    ['exporters:', 'otlp_grpc/jaeger:'],
    [
      [['exporters:'], 'otlp_http/jaeger:', ['otlp_grpc/jaeger:']],
      [['traces/kept:'], '- otlp_http/jaeger', ['- otlp_grpc/jaeger']],
    ],
  ),
  changed(
    'a pipeline that uses what is not defined',
    'component-undefined',
    LOGS,
    '- resource',
    '- resources',
  ),
  changed(
    'an authenticator that is not defined',
    'component-undefined',
    HTTP,
    'authenticator: bearertokenauth/ingest',
    'authenticator: bearertokenauth/other',
  ),
  fault(
    'a component that is not used',
    'component-unused',
    ['processors:', 'transform/idle: {}'],
    [[['processors:'], 'resource:', ['transform/idle: {}', 'resource:']]],
  ),
  fault(
    'a name with a slip',
    'component-unknown',
    ['exporters:', 'otlp_htpp/loki:'],
    [
      [['exporters:'], 'otlp_http/loki:', ['otlp_htpp/loki:']],
      [LOGS, '- otlp_http/loki', ['- otlp_htpp/loki']],
    ],
  ),
  fault(
    'an old name',
    'component-renamed',
    ['exporters:', 'otlphttp/loki:'],
    [
      [['exporters:'], 'otlp_http/loki:', ['otlphttp/loki:']],
      [LOGS, '- otlp_http/loki', ['- otlphttp/loki']],
    ],
  ),
  fault(
    'a pipeline without exporters',
    'pipeline-incomplete',
    ['pipelines:', 'logs/idle:'],
    [
      [
        [],
        'pipelines:',
        ['pipelines:', '  logs/idle:', '    receivers: [otlp]', '    processors: [memory_limiter]'],
      ],
    ],
  ),
  fault(
    'a connector that leads nowhere',
    'connector-half-used',
    ['connectors:', 'forward/nowhere:'],
    [
      [[], 'connectors:', ['connectors:', '  forward/nowhere:']],
      [LOGS, '- otlp_http/loki', ['- otlp_http/loki', '- forward/nowhere']],
    ],
  ),
  fault(
    'a setting with a new name',
    'setting-deprecated',
    ['exporters:', 'add_metric_suffixes: false'],
    [
      [
        [],
        'exporters:',
        [
          'exporters:',
          '  prometheus:',
          '    endpoint: localhost:9464',
          '    add_metric_suffixes: false',
        ],
      ],
      [METRICS, '- otlp_http/prometheus', ['- otlp_http/prometheus', '- prometheus']],
    ],
  ),
  fault(
    'metrics of the Collector at an address',
    'setting-removed',
    ['service:', 'address: localhost:8888'],
    [[['service:', 'metrics:'], 'level: detailed', ['level: detailed', 'address: localhost:8888']]],
  ),
  fault(
    'a setting that is gone',
    'setting-removed',
    [...LOKI_QUEUE, 'blocking: true'],
    [[LOKI_QUEUE, 'num_consumers: 1', ['num_consumers: 1', 'blocking: true']]],
  ),
  fault(
    'a comment that allows what is not there',
    'allow-unused',
    ['# moneytrail: allow cors-open'],
    [[[], 'connectors:', ['# moneytrail: allow cors-open', 'connectors:']]],
  ),
  removed(
    'Prometheus without a window',
    'prometheus-window',
    ['storage:', 'tsdb:'],
    'out_of_order_time_window: 6h',
    'prometheus',
  ),
  changed(
    'Prometheus with a window that is too short',
    'prometheus-window',
    ['tsdb:'],
    'out_of_order_time_window: 6h',
    'out_of_order_time_window: 359m',
    'prometheus',
  ),
  changed(
    'Loki without time sharding',
    'loki-time-sharding',
    ['shard_streams:'],
    'time_sharding_enabled: true',
    'time_sharding_enabled: false',
    'loki',
  ),
  changed(
    'Loki that refuses old entries',
    'loki-old-samples',
    ['limits_config:'],
    'reject_old_samples_max_age: 168h',
    'reject_old_samples_max_age: 1h',
    'loki',
  ),
  changed(
    'Loki without a write-ahead log',
    'loki-wal',
    ['wal:'],
    'enabled: true',
    'enabled: false',
    'loki',
  ),
  changed(
    'Loki without structured metadata',
    'loki-structured-metadata',
    ['limits_config:'],
    'allow_structured_metadata: true',
    'allow_structured_metadata: false',
    'loki',
  ),
  fault(
    'Jaeger with a batch processor',
    'jaeger-batch',
    ['processors: [batch]'],
    [[['pipelines:'], 'receivers: [otlp]', ['receivers: [otlp]', 'processors: [batch]']]],
    'jaeger',
  ),
  fault(
    'Jaeger with a queue',
    'jaeger-queue',
    ['queue: {num_consumers: 1}'],
    [
      [
        ['jaeger_storage_exporter:'],
        'trace_storage: traces',
        ['trace_storage: traces', 'queue: {num_consumers: 1}'],
      ],
    ],
    'jaeger',
  ),
  changed(
    'Jaeger in memory',
    'jaeger-storage-in-memory',
    ['badger:'],
    'ephemeral: false',
    'ephemeral: true',
    'jaeger',
  ),
];

/** Applies the edit to the text. */
export function plant(text: string, { edits }: PlantedFault): string {
  return edits.reduce((before, { below, from, to }) => {
    const lines = before.split('\n');
    const index = indexOf(lines, [...below, from]);
    const indent = /^ */.exec(lines[index] ?? '')?.[0] ?? '';
    return lines.toSpliced(index, 1, ...to.map((line) => indent + line)).join('\n');
  }, text);
}

/** The 1-based line of the fault. */
export function lineOf(text: string, path: readonly string[]): number {
  return indexOf(text.split('\n'), path) + 1;
}

function indexOf(lines: readonly string[], path: readonly string[]): number {
  return path.reduce((start, wanted) => {
    const index = lines.findIndex((line, at) => at > start && line.trim() === wanted);
    if (index < 0) throw new Error(`${wanted} is not below ${path.join(' / ')}`);
    return index;
  }, -1);
}
