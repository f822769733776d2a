/**
 * The exporters with the queue and the retries of `exporterhelper`, by the names of `known.ts`. Others have none
 * (`awsxray`) or their own settings (`elasticsearch` has `retry`).
 */
const QUEUEING =
  'awscloudwatchlogs awskinesis awss3 azuredataexplorer azuremonitor clickhouse coralogix datadog dataset doris elasticsearch faro googlecloud googlecloudpubsub googlemanagedprometheus honeycombmarker influxdb kafka loadbalancing logicmonitor logzio mezmo opensearch otelarrow otlpgrpc otlphttp pulsar signalfx splunkhec stef sumologic syslog tinybird zipkin';

const RETRYING =
  'awscloudwatchlogs awskinesis awss3 azureblob azuredataexplorer bmchelix clickhouse coralogix datadog dataset doris faro googlecloudpubsub honeycombmarker influxdb kafka loadbalancing logicmonitor logzio mezmo opensearch otelarrow otlpgrpc otlphttp prometheusremotewrite pulsar rabbitmq signalfx splunkhec stef sumologic syslog tinybird zipkin';

/** Whether exporters of this type, under its newest name, have `sending_queue`. */
export function hasSendingQueue(type: string): boolean {
  return has(QUEUEING, type);
}

/** Whether exporters of this type, under its newest name, have `retry_on_failure`. */
export function hasRetries(type: string): boolean {
  return has(RETRYING, type);
}

function has(names: string, type: string): boolean {
  return names.split(' ').includes(type.replaceAll('_', ''));
}
