// The lines of Prometheus's text format, version 0.0.4.
import type { Histogram } from '@opentelemetry/sdk-metrics';
import type { Family, Sample } from './families.ts';

/** What stands once before the series of a family. */
export function headOf({ name, type, help }: Family): string {
  const text = help.replace(/\\/g, '\\\\').replace(/\n/g, '\\n');
  return `${help === '' ? '' : `# HELP ${name} ${text}\n`}# TYPE ${name} ${type}\n`;
}

/** The lines of one series. A histogram has one for each bucket, its sum and its count. */
export function linesOf({ name }: Family, { labels, value }: Sample): string {
  const written = labels.map(([label, text]) => `${label}="${escaped(text)}"`);
  if (typeof value === 'number') return line(name, written, value);
  return histogramLines(name, written, value);
}

function histogramLines(
  name: string,
  labels: readonly string[],
  { buckets, sum, count }: Histogram,
): string {
  let below = 0;
  const lines = buckets.boundaries.map((bound, index) => {
    below += buckets.counts[index] ?? 0;
    return line(`${name}_bucket`, [...labels, `le="${numberText(bound)}"`], below);
  });
  lines.push(line(`${name}_bucket`, [...labels, 'le="+Inf"'], count));
  // OpenTelemetry gives no sum where values may be negative.
  if (sum !== undefined) lines.push(line(`${name}_sum`, labels, sum));
  lines.push(line(`${name}_count`, labels, count));
  return lines.join('');
}

function line(name: string, labels: readonly string[], value: number): string {
  return `${name}${labels.length === 0 ? '' : `{${labels.join(',')}}`} ${numberText(value)}\n`;
}

function escaped(text: string): string {
  return text.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n');
}

function numberText(value: number): string {
  if (Number.isFinite(value) || Number.isNaN(value)) return String(value);
  return value > 0 ? '+Inf' : '-Inf';
}
