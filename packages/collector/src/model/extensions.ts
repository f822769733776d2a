/** Answers whether the Collector runs. */
export interface HealthCheck {
  readonly endpoint: string;
}

/** Holds queues in files, so that they outlive the process. */
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

/** Compares the bearer token of a request, or adds it to one. */
export interface BearerToken {
  readonly token: string;
}

/** Extensions by type. */
export interface ExtensionKinds {
  readonly health_check: HealthCheck;
  readonly file_storage: FileStorage;
  readonly bearertokenauth: BearerToken;
}
