import { BUCKET_BOUNDS, CATALOGUE } from '@moneytrail/catalogue';
import { metricTables } from '@moneytrail/catalogue/docs';
import { code, table, writtenFrom } from './markdown.ts';

/** `docs/metrics.md`: every instrument of our catalogue. */
export function metricsPage(): string {
  return `${writtenFrom('the instruments of packages/catalogue')}
# Metrics

The first name is the one of OpenTelemetry, the second is the one in Prometheus, on \`/metrics\` and through the Collector
alike; a histogram has the series \`_bucket\`, \`_sum\` and \`_count\`. Metrics that follow from an
[event](events.md) name it. Attributes and their values are on [that page](events.md#attributes). Money is in major
units of \`money.currency\`, added up exactly and divided once per export; currencies are never added.

${metricTables(CATALOGUE, '##')}
## Buckets

${table(
  ['Scale', 'Upper bounds'],
  Object.entries(BUCKET_BOUNDS).map(([scale, bounds]) => [code(scale), bounds.join(', ')]),
)}`;
}
