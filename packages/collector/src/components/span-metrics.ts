/** Metrics counted from spans. */
import { ENV } from '../env.ts';
import { explain } from '../explain.ts';
import type { SpanMetrics } from '../model/connectors.ts';
import type { Transform } from '../model/processors.ts';
import { SAMPLED } from './sampling.ts';

const SHARED = {
  resource_metrics_key_attributes: ['service.name', 'telemetry.sdk.language', 'telemetry.sdk.name'],
  aggregation_cardinality_limit: 5000,
  metrics_flush_interval: ENV.spanMetricsInterval,
  metrics_expiration: '15m',
} as const;

/** For dashboards: exponential histograms, exemplars, and dimensions of payments. */
export const spanMetrics: SpanMetrics = explain(
  {
    histogram: { unit: 's', exponential: { max_size: 160 } },
    exemplars: { enabled: true, max_per_data_point: 5 },
    dimensions: [
      { name: 'http.route' },
      { name: 'http.response.status_code' },
      { name: 'payment.provider' },
      { name: 'payment.outcome' },
    ],
    ...SHARED,
  },
  {
    dimensions: 'Closed sets only: never ids or amounts.',
    resource_metrics_key_attributes: 'One series per service, not per process.',
    aggregation_cardinality_limit: 'Others share one overflow series.',
    metrics_expiration: 'Series without spans expire; the default keeps them forever.',
  },
);

/** For Jaeger's Monitor tab, which reads explicit buckets only. */
export const monitorMetrics: SpanMetrics = explain(
  {
    namespace: 'traces.monitor',
    histogram: {
      unit: 's',
      explicit: {
        buckets: [
          '5ms',
          '10ms',
          '25ms',
          '50ms',
          '100ms',
          '250ms',
          '500ms',
          '1s',
          '2500ms',
          '5s',
          '10s',
        ],
      },
    },
    ...SHARED,
  },
  { namespace: "Jaeger's metric_namespace is traces_monitor." },
);

/** Removes the trace ids of spans that may be dropped, because an exemplar must lead to an existing trace. */
export const exemplarsOfKept: Transform = explain(
  {
    error_mode: 'silent',
    trace_statements: [
      {
        context: 'span',
        statements: [
          `set(span.trace_id, TraceID(0x00000000000000000000000000000000)) where span.attributes["${SAMPLED}"] == nil`,
        ],
      },
    ],
  },
  {
    trace_statements:
      'Span metrics count every span, and create exemplars of spans with a trace id.\nOnly kept spans have one here, so every exemplar leads to a trace.',
  },
);
