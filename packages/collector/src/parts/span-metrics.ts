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

/** For dashboards: exponential histograms, exemplars, the dimensions of money. */
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
    dimensions: 'Closed sets only: never an id, never an amount.',
    resource_metrics_key_attributes: 'One series a service, whichever of its processes answered.',
    aggregation_cardinality_limit: 'More become one series that says so.',
    metrics_expiration: 'Series without spans end; the default keeps them for ever.',
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

/** An exemplar is a promise that its trace is there, so only spans that are kept have an id to give. */
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
      'Span metrics count every span, and make exemplars of those with a trace id.\nOnly spans that are kept give theirs, so every exemplar leads to a trace.',
  },
);
