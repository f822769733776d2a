// Reads the metrics of the SDK at once. Its own way is a promise, and in the last moment of a process none resolves.
import { millisToHrTime } from '@opentelemetry/core';
import type { MetricReader, ScopeMetrics } from '@opentelemetry/sdk-metrics';

/** What the SDK keeps for one scope. These parts are private; their version is pinned, and tests fail when they move. */
interface MeterState {
  readonly _instrumentationScope: ScopeMetrics['scope'];
  readonly metricStorageRegistry: { getStorages(collector: object): readonly Storage[] };
}

interface Storage {
  collect(collector: object, time: ReturnType<typeof millisToHrTime>): Metric | undefined;
}

type Metric = ScopeMetrics['metrics'][number];

/** What the instruments of the SDK hold. Observable ones are not asked: they show what they said last. Never throws. */
export function collectNow(reader: MetricReader): readonly ScopeMetrics[] {
  try {
    return scopesOf(reader);
  } catch {
    return [];
  }
}

function scopesOf(reader: MetricReader): ScopeMetrics[] {
  const collector: object = Reflect.get(reader, '_sdkMetricProducer');
  const { meterSharedStates } = Reflect.get(collector, '_sharedState');
  const states: readonly MeterState[] = [...meterSharedStates.values()];
  const now = millisToHrTime(Date.now());
  return states.map(({ _instrumentationScope: scope, metricStorageRegistry }) => ({
    scope,
    metrics: metricStorageRegistry
      .getStorages(collector)
      .map((storage) => storage.collect(collector, now))
      .filter((metric) => metric !== undefined),
  }));
}
