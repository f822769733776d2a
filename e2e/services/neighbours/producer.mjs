/** A service with its own SDK and only `@moneytrail/metrics`. */
import { createBusinessMetricProducer, payments } from '@moneytrail/metrics';
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http';
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import { PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { NodeSDK } from '@opentelemetry/sdk-node';

const metricProducers = [createBusinessMetricProducer()];
const scraped = new PrometheusExporter({ preventServerStart: true, metricProducers });
const pushed = new PeriodicExportingMetricReader({
  exporter: new OTLPMetricExporter(),
  metricProducers,
});
const sdk = new NodeSDK({ serviceName: 'theirs', metricReaders: [scraped, pushed] });
sdk.start();
payments.succeeded({
  provider: 'stripe',
  id: 'pi_1',
  method: 'card',
  purpose: 'tip',
  amount: { minor: 1000n, currency: 'EUR' },
});
const text = await new Promise((resolve) => {
  scraped.getMetricsRequestHandler({}, { setHeader: () => {}, end: resolve, statusCode: 200 });
});
console.log(text);
await sdk.shutdown();
