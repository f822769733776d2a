/** A server that authenticates callers with an extension. */
interface Guarded {
  readonly endpoint: string;
  readonly auth: { readonly authenticator: string };
}

/** OTLP over gRPC and HTTP. */
export interface OtlpReceiver {
  readonly protocols: {
    readonly grpc: Guarded & { readonly max_recv_msg_size_mib: number };
    readonly http: Guarded & {
      readonly max_request_body_size: number;
      readonly cors?: {
        readonly allowed_origins: readonly string[];
        readonly allowed_headers: readonly string[];
      };
    };
  };
}

/** OTLP from a Kafka topic. */
export interface KafkaReceiver {
  readonly brokers: string;
  readonly protocol_version?: string;
  readonly group_id: string;
  readonly initial_offset: 'earliest' | 'latest';
  readonly traces: { readonly topics: readonly string[]; readonly encoding: 'otlp_proto' };
  readonly autocommit: { readonly enable: boolean; readonly interval: string };
  readonly message_marking: { readonly after: boolean; readonly on_error: boolean };
  readonly error_backoff: {
    readonly enabled: boolean;
    readonly initial_interval: string;
    readonly max_interval: string;
    readonly max_elapsed_time: number;
  };
}

/** Receivers by type. */
export interface ReceiverKinds {
  readonly otlp: OtlpReceiver;
  readonly kafka: KafkaReceiver;
}
