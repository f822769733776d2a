/** Log lines and events as one chronological list. */
import type { EventRow, LogRow, PaymentTrail } from '@moneytrail/store';
import { valueText } from '../data/attributes.ts';
import { amountText } from '../data/money.ts';
import { plain } from '../data/words.ts';

/** A log line or an event. */
export interface Line {
  /** Query parameter in the address: `event=…` or `log=…`. */
  readonly kind: 'log' | 'event';
  readonly id: string;
  readonly atMs: number;
  /** `info`, `warn`; `event` for events. */
  readonly level: string;
  readonly title: string;
  /** Text after the title, in small letters. */
  readonly detail: string;
  readonly traceId?: string | undefined;
  readonly spanId?: string | undefined;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** Attributes that other columns show, or that repeat the resource. */
const SHOWN_ELSEWHERE =
  /^(trace_|span_|event\.name$|service\.|telemetry\.|process\.|host\.|pid$|hostname$|moneytrail\.event\.)/;

/** Events and log lines of a payment, oldest first. A log line may have an event name too. */
export function linesOf(trail: PaymentTrail): readonly Line[] {
  return [...trail.logs.map(logLine), ...trail.events.map(eventLine)].sort(
    (one, other) => one.atMs - other.atMs,
  );
}

/** Attributes in one line: `retry=0 took_ms=214`. */
function attributeText(attributes: Readonly<Record<string, unknown>>): string {
  return Object.entries(attributes)
    .filter(([name]) => !SHOWN_ELSEWHERE.test(name))
    .map(([name, value]) => `${name}=${valueText(value)}`)
    .join(' ');
}

function logLine(row: LogRow): Line {
  return {
    kind: 'log',
    id: String(row.id),
    atMs: row.at_ms,
    level: row.severity.toLowerCase(),
    title: row.body || (row.event ?? ''),
    detail: attributeText(row.attributes),
    traceId: row.trace_id,
    spanId: row.span_id,
    attributes: row.attributes,
  };
}

function eventLine(row: EventRow): Line {
  return {
    kind: 'event',
    id: row.id,
    atMs: row.at_ms,
    level: 'event',
    title: row.event,
    detail: eventDetail(row),
    traceId: row.trace_id,
    spanId: row.span_id,
    attributes: row.attributes,
  };
}

function eventDetail(row: EventRow): string {
  const tier = row.attributes['commission.tier'];
  const reason = row.attributes['payment.failure.reason'] ?? row.attributes['refund.reason'];
  const parts = [
    tier === undefined ? '' : `tier ${valueText(tier)}`,
    reason === undefined ? '' : plain(valueText(reason)),
    amountText(row),
  ];
  return parts.filter((part) => part !== '').join(', ');
}
