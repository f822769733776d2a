// Spans and log records at the door of their queue: what OTLP does not carry is replaced, what is too long is cut.
import { count } from '@moneytrail/metrics';
import type { LogRecordProcessor } from '@opentelemetry/sdk-logs';
import type { MetricData } from '@opentelemetry/sdk-metrics';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import type { Signal } from '../config/environment.ts';
import { Carriable } from './carriable.ts';

/** A log record while it may still be changed. */
type SdkLogRecord = Parameters<LogRecordProcessor['onEmit']>[0];

/** What a record costs besides what it says, in bytes. */
const RECORD_BYTES = 256;

/** Makes a span one that OTLP carries. Returns about how many bytes it takes. */
export function admitSpan(span: ReadableSpan): number {
  const carriable = new Carriable();
  Reflect.set(span, 'name', carriable.text(textOf(span.name)));
  if (span.status.message !== undefined) {
    Reflect.set(span.status, 'message', carriable.text(textOf(span.status.message)));
  }
  carriable.attributes(span.attributes);
  for (const event of span.events) {
    event.name = carriable.text(textOf(event.name));
    if (event.attributes !== undefined) carriable.attributes(event.attributes);
  }
  for (const { attributes } of span.links) if (attributes) carriable.attributes(attributes);
  return admitted('traces', carriable, 1 + span.events.length + span.links.length);
}

/** Makes a log record one that OTLP carries, while it may still be changed. Returns about how many bytes it takes. */
export function admitLogRecord(record: SdkLogRecord): number {
  const carriable = new Carriable();
  const { severityNumber = 0, severityText, eventName, body } = record;
  // A body that is an object belongs to the caller, who may change it before it leaves.
  const carried = carriable.value(body);
  if (carried !== body) Reflect.set(record, 'body', carried);
  const level = severityText && carriable.text(textOf(severityText));
  if (level !== severityText) record.setSeverityText(level ?? '');
  const event = eventName && carriable.text(textOf(eventName));
  if (event !== eventName) record.setEventName(event ?? '');
  if (!(Number.isInteger(severityNumber) && severityNumber >= 0 && severityNumber <= 24)) {
    record.setSeverityNumber(0);
  }
  carriable.attributes(record.attributes);
  return admitted('logs', carriable, 1);
}

/** A metric without points that OTLP does not carry, and with attributes that it does. The SDK's own points stay as they are. */
export function admitMetric(metric: MetricData): MetricData {
  const carriable = new Carriable();
  const points: readonly { value: unknown; attributes: object }[] = metric.dataPoints;
  const finite = points.filter(({ value }) => isFinitePoint(value));
  const dataPoints = finite.map((point) => {
    const attributes = carriable.copyOf(point.attributes);
    return attributes === point.attributes ? point : { ...point, attributes };
  });
  carriable.replaced += points.length - finite.length;
  admitted('metrics', carriable, 0);
  return withPoints(metric, dataPoints);
}

/** The same metric with other points of its kind. */
export function withPoints(metric: MetricData, dataPoints: readonly object[]): MetricData {
  return { ...metric, dataPoints } as MetricData;
}

/** A number, or a histogram with its sum. */
function isFinitePoint(value: unknown): boolean {
  const hasSum = typeof value === 'object' && value !== null && 'sum' in value;
  const number = hasSum ? (value.sum ?? 0) : value;
  return typeof number !== 'number' || Number.isFinite(number);
}

/** Callers without types may give anything. */
function textOf(text: unknown): string {
  return typeof text === 'string' ? text : `[${typeof text}]`;
}

function admitted(signal: Signal, { cut, replaced, bytes }: Carriable, records: number): number {
  if (cut > 0) count('value.coerced', { instrument: signal, 'drop.reason': 'too_long' }, cut);
  if (replaced > 0) {
    count('value.coerced', { instrument: signal, 'drop.reason': 'invalid_value' }, replaced);
  }
  return bytes + records * RECORD_BYTES;
}
