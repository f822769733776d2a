/** Refuses data before memory runs out; senders retry. */
export interface MemoryLimiter {
  readonly check_interval: string;
  readonly limit_percentage: number;
  readonly spike_limit_percentage: number;
}

/** Adds attributes to resources. */
export interface Resource {
  readonly attributes: readonly {
    readonly key: string;
    readonly value: string;
    readonly action: 'insert' | 'upsert';
  }[];
}

/** Replaces secrets and personal data by keyed hashes. Patterns are Go regular expressions. */
export interface Redaction {
  readonly allow_all_keys: boolean;
  readonly redact_all_types: boolean;
  readonly ignored_keys: readonly string[];
  readonly blocked_key_patterns: readonly string[];
  readonly blocked_values: readonly string[];
  readonly hash_function: 'hmac-sha256';
  readonly hmac_key: string;
  readonly summary: 'silent' | 'info' | 'debug';
}

/** Statements of the OpenTelemetry Transformation Language, run for each object of a context. */
export interface Statements {
  readonly context: string;
  readonly conditions?: readonly string[];
  readonly statements: readonly string[];
}

/** Transforms telemetry by statements. */
export interface Transform {
  readonly error_mode: 'ignore' | 'silent' | 'propagate';
  readonly trace_statements?: readonly Statements[];
  readonly metric_statements?: readonly Statements[];
  readonly log_statements?: readonly Statements[];
}

/** Drops data that matches a condition. */
export interface Filter {
  readonly error_mode: 'ignore' | 'silent' | 'propagate';
  readonly traces?: { readonly span: readonly string[] };
  readonly logs?: { readonly log_record: readonly string[] };
  readonly metrics?: { readonly datapoint: readonly string[] };
}

/** A policy: one reason to keep a trace. */
export type SamplingPolicy = { readonly name: string } & (
  | {
      readonly type: 'status_code';
      readonly status_code: { readonly status_codes: readonly ('ERROR' | 'OK' | 'UNSET')[] };
    }
  | { readonly type: 'latency'; readonly latency: { readonly threshold_ms: number } }
  | {
      readonly type: 'string_attribute';
      readonly string_attribute: { readonly key: string; readonly values: readonly string[] };
    }
  | {
      readonly type: 'boolean_attribute';
      readonly boolean_attribute: { readonly key: string; readonly value: boolean };
    }
);

/** Waits for the whole trace, then decides whether to keep it. */
export interface TailSampling {
  readonly decision_wait: string;
  readonly num_traces: number;
  readonly block_on_overflow: boolean;
  readonly decision_cache: {
    readonly sampled_cache_size: number;
    readonly non_sampled_cache_size: number;
  };
  readonly policies: readonly SamplingPolicy[];
}

/** Converts deltas to cumulative values. */
export interface DeltaToCumulative {
  readonly max_stale: string;
}

/** Processors by type. */
export interface ProcessorKinds {
  readonly memory_limiter: MemoryLimiter;
  readonly resource: Resource;
  readonly redaction: Redaction;
  readonly transform: Transform;
  readonly filter: Filter;
  readonly tail_sampling: TailSampling;
  readonly delta_to_cumulative: DeltaToCumulative;
}
