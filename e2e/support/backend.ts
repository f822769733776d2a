/** The backends that end-to-end cases run against, and what they return. */
import type { JaegerSpan } from './jaeger.ts';
import type { Series } from './prometheus.ts';

/** A half-open range of times of occurrence: from `fromMs`, before `toMs`. */
export interface Window {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Count and sum in minor units, by `event currency`. */
export type Sums = Readonly<Record<string, { readonly count: number; readonly minor: bigint }>>;

/** A business event as a backend returns it. */
export interface ReceivedEvent {
  /** Without prefix. */
  readonly event: string;
  readonly traceId: string;
  /** Attributes by name, with underscores for dots, as Loki has them. */
  readonly attributes: Readonly<Record<string, string>>;
}

/**
 * The queries of the cases; the embedded store and the real stack implement them. Results are exact and complete: data that
 * arrived twice is in them twice.
 */
export interface Backend {
  /** Longer than the slowest delivery: data that does not arrive within this time will not arrive. */
  readonly settledMs: number;
  /** Sums of events with an amount, by event and currency. */
  readonly moneyOf: (window: Window) => Promise<Sums>;
  readonly eventsOf: (window: Window) => Promise<readonly ReceivedEvent[]>;
  readonly eventsOfPayment: (payment: string) => Promise<readonly ReceivedEvent[]>;
  /** Outcome, reason and the state of each tier's commission. */
  readonly paymentStateOf: (payment: string) => Promise<readonly string[]>;
  /** Log lines with their level, without business events. */
  readonly linesOf: (traceId: string) => Promise<readonly string[]>;
  readonly spansOf: (traceId: string) => Promise<readonly JaegerSpan[]>;
  /** The series of a metric, by its name in Prometheus. */
  readonly seriesOf: (name: string) => Promise<readonly Series[]>;
}

/** Counts and sums of the events that have an amount. */
export function sumsOf(events: readonly ReceivedEvent[]): Sums {
  return summed(
    events.flatMap(({ event, attributes }) => {
      const { money_amount_minor: minor, money_currency: currency } = attributes;
      return minor === undefined ? [] : [[`${event} ${currency}`, BigInt(minor)] as const];
    }),
  );
}

/** Count and sum of each key. */
export function summed(amounts: readonly (readonly [key: string, minor: bigint])[]): Sums {
  const sums: Record<string, { count: number; minor: bigint }> = {};
  for (const [key, minor] of amounts) {
    const sum = sums[key] ?? { count: 0, minor: 0n };
    sums[key] = { count: sum.count + 1, minor: sum.minor + minor };
  }
  return sums;
}
