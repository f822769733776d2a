import type { JaegerSpan } from './jaeger.ts';
import type { Series } from './prometheus.ts';

/** From `fromMs`, up to and without `toMs`, by the time of occurrence. */
export interface Window {
  readonly fromMs: number;
  readonly toMs: number;
}

/** How often, and how much in minor units, by `event currency`. */
export type Sums = Readonly<Record<string, { readonly count: number; readonly minor: bigint }>>;

/** A business event as it arrived. */
export interface Fact {
  /** Without prefix. */
  readonly event: string;
  readonly traceId: string;
  /** Attributes by name, with underscores for dots, as Loki has them. */
  readonly attributes: Readonly<Record<string, string>>;
}

/**
 * What cases ask, of the embedded store and of the real stack alike. Every answer is exact and whole: what arrived twice is
 * in it twice.
 */
export interface Backend {
  /** Longer than the slowest way into it: what did not come within this time after all else does not come. */
  readonly settledMs: number;
  /** Events that carry money, by event and currency. */
  readonly moneyOf: (window: Window) => Promise<Sums>;
  readonly factsOf: (window: Window) => Promise<readonly Fact[]>;
  readonly factsOfPayment: (payment: string) => Promise<readonly Fact[]>;
  /** Outcome, reason and the state of each tier's commission. */
  readonly storyOf: (payment: string) => Promise<readonly string[]>;
  /** Log lines, each behind its level; business events are none. */
  readonly linesOf: (traceId: string) => Promise<readonly string[]>;
  readonly spansOf: (traceId: string) => Promise<readonly JaegerSpan[]>;
  /** The series of a metric, by the name that Prometheus has for it. */
  readonly seriesOf: (name: string) => Promise<readonly Series[]>;
}

/** How often and how much the facts that carry money say. */
export function sumsOf(facts: readonly Fact[]): Sums {
  return summed(
    facts.flatMap(({ event, attributes }) => {
      const { money_amount_minor: minor, money_currency: currency } = attributes;
      return minor === undefined ? [] : [[`${event} ${currency}`, BigInt(minor)] as const];
    }),
  );
}

/** How often each key comes, and how much with it. */
export function summed(amounts: readonly (readonly [key: string, minor: bigint])[]): Sums {
  const sums: Record<string, { count: number; minor: bigint }> = {};
  for (const [key, minor] of amounts) {
    const sum = sums[key] ?? { count: 0, minor: 0n };
    sums[key] = { count: sum.count + 1, minor: sum.minor + minor };
  }
  return sums;
}
