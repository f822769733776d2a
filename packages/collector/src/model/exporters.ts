/** Retries of failed requests. */
export interface Retry {
  readonly enabled: boolean;
  readonly initial_interval: string;
  readonly max_interval: string;
  /** 0 means forever. */
  readonly max_elapsed_time: number | string;
}

/** The queue between a pipeline and a backend. */
export interface SendingQueue {
  readonly enabled: boolean;
  /** The extension that stores the queue. In memory by default. */
  readonly storage?: string;
  readonly sizer: 'requests' | 'items' | 'bytes';
  readonly queue_size: number;
  readonly block_on_overflow: boolean;
  readonly num_consumers: number;
}

/** Settings of all exporters that send over a network. */
interface Sending {
  readonly timeout: string;
  readonly retry_on_failure: Retry;
  readonly sending_queue: SendingQueue;
}

/** OTLP over HTTP. */
export interface OtlpHttp extends Sending {
  readonly endpoint: string;
  readonly compression: 'none' | 'gzip' | 'zstd';
}

/** Distributes traces over Collectors so that all spans of a trace reach the same one. */
export interface LoadBalancing extends Sending {
  readonly routing_key: 'traceID';
  readonly resolver: { readonly static: { readonly hostnames: string | readonly string[] } };
  readonly protocol: {
    readonly otlp: {
      readonly timeout: string;
      readonly tls: { readonly insecure: boolean };
      readonly headers: Readonly<Record<string, string>>;
      readonly compression: 'none' | 'gzip' | 'zstd';
      readonly retry_on_failure: Retry | { readonly enabled: false };
      readonly sending_queue: SendingQueue | { readonly enabled: false };
    };
  };
}

/** OTLP to a Kafka topic. */
export interface Kafka extends Sending {
  readonly brokers: string;
  readonly traces: { readonly topic: string; readonly encoding: 'otlp_proto' };
  readonly partition_traces_by_id: boolean;
  readonly producer: {
    readonly required_acks: 'all' | 0 | 1;
    readonly compression: 'none' | 'gzip' | 'snappy' | 'lz4' | 'zstd';
    readonly max_message_bytes: number;
  };
}

/** Exporters by type. */
export interface ExporterKinds {
  readonly otlp_http: OtlpHttp;
  readonly load_balancing: LoadBalancing;
  readonly kafka: Kafka;
  readonly nop: null;
}
