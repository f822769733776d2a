// What an endpoint is sent before the first value of a series: its zero, without which `increase()` does not see that value.
import { businessScope, type InstrumentSnapshot, type SeriesSnapshot } from '@moneytrail/metrics';
import type { ScopeMetrics } from '@opentelemetry/sdk-metrics';

/** Prometheus takes no sample of a new series that is an hour older than its newest one, and refuses the request for it. */
const MAX_AGE_MS = 1_800_000;

/** The zeros that one endpoint has not been sent yet. */
export class FirstPoints {
  /** Series of each instrument that it knows; a series keeps its place among them. */
  #known: ReadonlyMap<string, number> = new Map();
  /** When it was shown them last; what it does not know was zero at that time. */
  #knownMs: number = Date.now();

  /** The zeros of series that began since, and what to call once the endpoint has them and the values. */
  of(
    instruments: readonly InstrumentSnapshot[],
    nowMs: number,
  ): { readonly scope: ScopeMetrics; readonly settle: () => void } {
    // A clock may be put back: the zero comes before the value all the same.
    const atMs = Math.min(this.#knownMs, nowMs - 1);
    const isTooOld = nowMs - atMs > MAX_AGE_MS;
    const zeros = isTooOld ? [] : instruments.map((one) => this.#zerosOf(one));
    return {
      scope: businessScope(zeros, atMs),
      settle: () => {
        this.#known = new Map(instruments.map(({ name, series }) => [name, series.length]));
        this.#knownMs = nowMs;
      },
    };
  }

  #zerosOf(instrument: InstrumentSnapshot): InstrumentSnapshot {
    const { name, definition, series } = instrument;
    const isAdded = definition.kind !== 'gauge';
    const unknown = isAdded ? series.slice(this.#known.get(name) ?? 0) : [];
    return { ...instrument, series: unknown.filter(hasCounted).map(atZero) };
  }
}

function hasCounted({ value, bucketCounts }: SeriesSnapshot): boolean {
  return value !== 0 || bucketCounts.some((count) => count > 0);
}

function atZero(series: SeriesSnapshot): SeriesSnapshot {
  return { ...series, value: 0, bucketCounts: series.bucketCounts.map(() => 0) };
}
