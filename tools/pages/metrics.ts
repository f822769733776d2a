import {
  BUCKET_BOUNDS,
  CATALOGUE,
  type Catalogue,
  INSTRUMENTS,
  type InstrumentDefinition,
  PREFIX,
  prometheusName,
} from '@moneytrail/catalogue';
import { byFirstWord, code, table, writtenFrom } from './markdown.ts';

/** `docs/metrics.md`: every instrument of the catalogue. */
export function metricsPage(): string {
  return `${writtenFrom('the instruments of packages/catalogue')}
# Metrics

The first name is the one of OpenTelemetry, the second what Prometheus makes of it, on \`/metrics\` and through the
Collector alike; a histogram has \`_bucket\`, \`_sum\` and \`_count\` behind it. Metrics that follow from an
[event](events.md) name it. Attributes and their values are on [that page](events.md#attributes). Money is in major
units of \`money.currency\`, added up exactly and divided once per export; currencies are never added.

${byFirstWord(INSTRUMENTS).map(section).join('\n')}
## Buckets

${table(
  ['Scale', 'Upper bounds'],
  Object.entries(BUCKET_BOUNDS).map(([scale, bounds]) => [code(scale), bounds.join(', ')]),
)}`;
}

function section([word, instruments]: [string, [string, InstrumentDefinition][]]): string {
  return `## ${word}\n\n${table(['Metric', 'Kind, unit', 'Attributes', 'Meaning'], instruments.map(row))}`;
}

function row([name, { kind, unit, attributes, help, buckets, on = {}, lifecycle }]: [
  string,
  InstrumentDefinition,
]): string[] {
  const full = PREFIX + name;
  const { lifecycles }: Catalogue = CATALOGUE;
  const events = Object.keys(lifecycle ? (lifecycles[lifecycle.of]?.on ?? {}) : on).map(code);
  return [
    `${code(full)}\n${code(prometheusName(full, unit, kind))}`,
    `${kind}\n${code(unit)}${buckets ? `\nscale ${code(buckets)}` : ''}`,
    attributes.map(code).join('\n'),
    events.length > 0 ? `${help}\nFrom ${events.join(', ')}.` : help,
  ];
}
