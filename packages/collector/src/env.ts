/** The variables of the configuration: `${env:NAME:-default}`, or without a default where there must be none. */
export const ENV = {
  /** Senders prove themselves with it. */
  ingestToken: '${env:MONEYTRAIL_INGEST_TOKEN}',
  /** Key of the pseudonyms, at least 32 bytes. */
  hmacKey: '${env:MONEYTRAIL_PII_HMAC_KEY}',
  listenHost: '${env:MONEYTRAIL_LISTEN_HOST:-127.0.0.1}',
  otlpHttpPort: '${env:MONEYTRAIL_OTLP_HTTP_PORT:-4318}',
  otlpGrpcPort: '${env:MONEYTRAIL_OTLP_GRPC_PORT:-4317}',
  healthPort: '${env:MONEYTRAIL_HEALTH_PORT:-13133}',
  metricsPort: '${env:MONEYTRAIL_COLLECTOR_METRICS_PORT:-8888}',
  queueDir: '${env:MONEYTRAIL_QUEUE_DIR:-/var/lib/otelcol/queue}',
  jaeger: '${env:MONEYTRAIL_JAEGER_ENDPOINT:-http://jaeger:4318}',
  prometheus: '${env:MONEYTRAIL_PROMETHEUS_ENDPOINT:-http://prometheus:9090/api/v1/otlp}',
  loki: '${env:MONEYTRAIL_LOKI_ENDPOINT:-http://loki:3100/otlp}',
  tracePercent: '${env:MONEYTRAIL_TRACE_PERCENT:-10}',
  decisionWait: '${env:MONEYTRAIL_DECISION_WAIT:-10s}',
  spanMetricsInterval: '${env:MONEYTRAIL_SPAN_METRICS_INTERVAL:-15s}',
  environment: '${env:MONEYTRAIL_ENVIRONMENT:-dev}',
  rumOrigin: '${env:MONEYTRAIL_RUM_ORIGIN:-http://localhost:3000}',
  samplers: '${env:MONEYTRAIL_SAMPLERS:-[sampler-1:4317, sampler-2:4317]}',
  kafkaBrokers: '${env:MONEYTRAIL_KAFKA_BROKERS:-[kafka:9092]}',
} as const;
