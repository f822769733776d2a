/** Serves the health of the Collector. */
export interface HealthCheck {
  readonly endpoint: string;
}

/** Stores queues in files, so that they survive the process. */
export interface FileStorage {
  readonly directory: string;
  readonly create_directory: boolean;
  readonly fsync: boolean;
  readonly timeout: string;
  readonly compaction: {
    readonly on_start: boolean;
    readonly on_rebound: boolean;
    readonly directory: string;
    readonly cleanup_on_start: boolean;
  };
}

/** Checks the bearer token of incoming requests, or adds it to outgoing ones. */
export interface BearerToken {
  readonly token: string;
}

/** Extensions by type. */
export interface ExtensionKinds {
  readonly health_check: HealthCheck;
  readonly file_storage: FileStorage;
  readonly bearertokenauth: BearerToken;
}
