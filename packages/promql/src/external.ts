/** Metrics that no catalogue owns: those of instrumentations, of the Collector's span metrics, and of the Collector itself. */

/**
 * Metrics that no catalogue owns, by the names that their sources give them.
 *
 * @example
 * ```ts
 * import { EXTERNAL_METRICS, metric } from '@moneytrail/promql';
 * console.log(metric(EXTERNAL_METRICS, 'traces.span.metrics.calls').series); // traces_span_metrics_calls_total
 * ```
 */
export const EXTERNAL_METRICS = {
  prefix: '',
  instruments: {
    // The connector `span_metrics` of the Collector.
    'traces.span.metrics.calls': {
      kind: 'counter',
      unit: '{call}',
      attributes: ['span.name', 'span.kind', 'status.code'],
    },
    'traces.span.metrics.duration': {
      kind: 'exponential',
      unit: 's',
      attributes: ['span.name', 'span.kind', 'status.code'],
    },
    // `@opentelemetry/instrumentation-http`.
    'http.server.request.duration': {
      kind: 'histogram',
      unit: 's',
      attributes: ['http.request.method', 'http.route', 'http.response.status_code'],
    },
    'http.client.request.duration': {
      kind: 'histogram',
      unit: 's',
      attributes: ['http.request.method', 'server.address', 'http.response.status_code'],
    },
    // `@opentelemetry/instrumentation-pg`.
    'db.client.operation.duration': {
      kind: 'histogram',
      unit: 's',
      attributes: ['db.system.name', 'db.operation.name'],
    },
    'db.client.connection.count': {
      kind: 'gauge',
      unit: '{connection}',
      attributes: ['db.client.connection.pool.name', 'db.client.connection.state'],
    },
    'db.client.connection.pending_requests': {
      kind: 'gauge',
      unit: '{request}',
      attributes: ['db.client.connection.pool.name'],
    },
    // `@opentelemetry/instrumentation-runtime-node`.
    'nodejs.eventloop.utilization': {
      kind: 'gauge',
      unit: '1',
      attributes: [],
    },
    'nodejs.eventloop.delay.p99': {
      kind: 'gauge',
      unit: 's',
      attributes: [],
    },
    'v8js.memory.heap.used': {
      kind: 'gauge',
      unit: 'By',
      attributes: ['v8js.heap.space.name'],
    },
    'v8js.memory.heap.space.size': {
      kind: 'gauge',
      unit: 'By',
      attributes: ['v8js.heap.space.name'],
    },
    'v8js.gc.duration': {
      kind: 'histogram',
      unit: 's',
      attributes: ['v8js.gc.type'],
    },
    // The Collector itself, which Prometheus scrapes.
    otelcol_exporter_queue_size: {
      kind: 'gauge',
      unit: '',
      attributes: ['exporter'],
      scraped: true,
    },
    otelcol_exporter_queue_capacity: {
      kind: 'gauge',
      unit: '',
      attributes: ['exporter'],
      scraped: true,
    },
    otelcol_receiver_refused_spans: {
      kind: 'counter',
      unit: '{item}',
      attributes: ['receiver'],
      scraped: true,
    },
    otelcol_receiver_refused_metric_points: {
      kind: 'counter',
      unit: '{item}',
      attributes: ['receiver'],
      scraped: true,
    },
    otelcol_receiver_refused_log_records: {
      kind: 'counter',
      unit: '{item}',
      attributes: ['receiver'],
      scraped: true,
    },
  },
} as const;
