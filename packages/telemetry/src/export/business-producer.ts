// The business series as the SDK's readers see them.
import {
  businessScope,
  collectSeries,
  type InstrumentSnapshot,
  type StartOfSeries,
} from '@moneytrail/metrics';
import { emptyResource } from '@opentelemetry/resources';
import type { CollectionResult, MetricProducer } from '@opentelemetry/sdk-metrics';

/** The one store of business series, as one reader sees it; it is theirs whatever their number. */
export class BusinessProducer implements MetricProducer {
  /** What was collected last. */
  collected: readonly InstrumentSnapshot[] = [];
  readonly #startOf: StartOfSeries | undefined;

  constructor(startOf?: StartOfSeries) {
    this.#startOf = startOf;
  }

  /** Everything that was counted so far. */
  collect(): Promise<CollectionResult> {
    this.collected = collectSeries();
    const scope = businessScope(this.collected, Date.now(), this.#startOf);
    return Promise.resolve({
      resourceMetrics: { resource: emptyResource(), scopeMetrics: [scope] },
      errors: [],
    });
  }
}
