// The business series as the SDK's readers see them.
import {
  businessScope,
  collectSeries,
  type InstrumentSnapshot,
  type StartOfSeries,
} from '@moneytrail/metrics';
import { emptyResource } from '@opentelemetry/resources';
import type {
  CollectionResult,
  MetricData,
  MetricProducer,
  ScopeMetrics,
} from '@opentelemetry/sdk-metrics';
import { maskedCopy } from '../redaction/attributes.ts';
import { withPoints } from './records.ts';

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

/** The metrics of another producer together with the business series, all masked: what a reader of the service collects. */
export function businessAndMasked(producer: MetricProducer): MetricProducer {
  const business = new BusinessProducer();
  return {
    collect: async (options) => {
      const [sdk, ours] = await Promise.all([producer.collect(options), business.collect()]);
      const { resource, scopeMetrics } = sdk.resourceMetrics;
      const all = [...scopeMetrics, ...ours.resourceMetrics.scopeMetrics].map(maskScope);
      return { resourceMetrics: { resource, scopeMetrics: all }, errors: sdk.errors };
    },
  };
}

function maskScope({ scope, metrics }: ScopeMetrics): ScopeMetrics {
  return { scope, metrics: metrics.map(maskMetric) };
}

/** The points of the SDK stay as they are. */
function maskMetric(metric: MetricData): MetricData {
  const points: readonly { readonly attributes: object }[] = metric.dataPoints;
  return withPoints(
    metric,
    points.map((point) => ({ ...point, attributes: maskedCopy(point.attributes) })),
  );
}
