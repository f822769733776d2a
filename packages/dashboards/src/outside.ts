/** Resource attributes that Prometheus keeps on every series that came by OTLP. */
export const RESOURCE_LABELS = [
  'service.name',
  'service.instance.id',
  'deployment.environment.name',
] as const;

/** One of the resource attributes that are labels of every series. */
export type ResourceLabel = (typeof RESOURCE_LABELS)[number];

/** What is known of a metric that the catalogue does not own. */
export interface OutsideDefinition {
  readonly kind: 'counter' | 'gauge' | 'histogram' | 'exponential';
  readonly unit: string;
  readonly labels: readonly string[];
  /** Prometheus fetches it by this very name; others come by OTLP and are renamed on the way. */
  readonly scraped?: true;
}

/** Metrics that the catalogue does not own, by the name that their source gives them. */
export const OUTSIDE_METRICS = {
  // The connector `span_metrics` of the Collector.
  'traces.span.metrics.calls': {
    kind: 'counter',
    unit: '{call}',
    labels: ['span.name', 'span.kind', 'status.code'],
  },
  'traces.span.metrics.duration': {
    kind: 'exponential',
    unit: 's',
    labels: ['span.name', 'span.kind', 'status.code'],
  },
  // `@opentelemetry/instrumentation-http`.
  'http.server.request.duration': {
    kind: 'histogram',
    unit: 's',
    labels: ['http.request.method', 'http.route', 'http.response.status_code'],
  },
  'http.client.request.duration': {
    kind: 'histogram',
    unit: 's',
    labels: ['http.request.method', 'server.address', 'http.response.status_code'],
  },
  // `@opentelemetry/instrumentation-pg`.
  'db.client.operation.duration': {
    kind: 'histogram',
    unit: 's',
    labels: ['db.system.name', 'db.operation.name'],
  },
  'db.client.connection.count': {
    kind: 'gauge',
    unit: '{connection}',
    labels: ['db.client.connection.pool.name', 'db.client.connection.state'],
  },
  'db.client.connection.pending_requests': {
    kind: 'gauge',
    unit: '{request}',
    labels: ['db.client.connection.pool.name'],
  },
  // `@opentelemetry/instrumentation-runtime-node`.
  'nodejs.eventloop.utilization': {
    kind: 'gauge',
    unit: '1',
    labels: [],
  },
  'nodejs.eventloop.delay.p99': {
    kind: 'gauge',
    unit: 's',
    labels: [],
  },
  'v8js.memory.heap.used': {
    kind: 'gauge',
    unit: 'By',
    labels: ['v8js.heap.space.name'],
  },
  'v8js.memory.heap.space.size': {
    kind: 'gauge',
    unit: 'By',
    labels: ['v8js.heap.space.name'],
  },
  'v8js.gc.duration': {
    kind: 'histogram',
    unit: 's',
    labels: ['v8js.gc.type'],
  },
  // The Collector's own, which Prometheus fetches.
  otelcol_exporter_queue_size: {
    kind: 'gauge',
    unit: '',
    labels: ['exporter'],
    scraped: true,
  },
  otelcol_exporter_queue_capacity: {
    kind: 'gauge',
    unit: '',
    labels: ['exporter'],
    scraped: true,
  },
  otelcol_receiver_refused_spans: {
    kind: 'counter',
    unit: '{item}',
    labels: ['receiver'],
    scraped: true,
  },
  otelcol_receiver_refused_metric_points: {
    kind: 'counter',
    unit: '{item}',
    labels: ['receiver'],
    scraped: true,
  },
  otelcol_receiver_refused_log_records: {
    kind: 'counter',
    unit: '{item}',
    labels: ['receiver'],
    scraped: true,
  },
} as const;

/** Name of a metric that the catalogue does not own, as its source calls it. */
export type OutsideName = keyof typeof OUTSIDE_METRICS;

/** Labels of such a metric. */
export type OutsideLabel<Name extends OutsideName> =
  | (typeof OUTSIDE_METRICS)[Name]['labels'][number]
  | ((typeof OUTSIDE_METRICS)[Name] extends { readonly scraped: true } ? never : ResourceLabel);
