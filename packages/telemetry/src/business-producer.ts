import { createBusinessMetricProducer } from '@moneytrail/metrics';
import type { MetricProducer } from '@opentelemetry/sdk-metrics';

/** The one store of business series, as the SDK's readers see it; it is theirs whatever their number. */
export const businessProducer: MetricProducer = createBusinessMetricProducer();

/** The scope of the series of the catalogue. */
export const BUSINESS_SCOPE = '@moneytrail/metrics';
