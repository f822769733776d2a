/** Calls and durations counted from spans. */
export interface SpanMetrics {
  readonly namespace?: string;
  readonly histogram: {
    readonly unit: 's' | 'ms';
    readonly exponential?: { readonly max_size: number };
    readonly explicit?: { readonly buckets: readonly string[] };
  };
  readonly exemplars?: { readonly enabled: boolean; readonly max_per_data_point: number };
  readonly dimensions?: readonly { readonly name: string }[];
  readonly resource_metrics_key_attributes: readonly string[];
  readonly aggregation_cardinality_limit: number;
  readonly metrics_flush_interval: string;
  readonly metrics_expiration: string;
}

/** Connectors by type. `null` is a connector without settings. */
export interface ConnectorKinds {
  readonly forward: null;
  readonly span_metrics: SpanMetrics;
}
