import { diag } from '@opentelemetry/api';
import {
  AggregationTemporality,
  MetricReader,
  type PushMetricExporter,
  type ResourceMetrics,
} from '@opentelemetry/sdk-metrics';
import { businessProducer } from './business-producer.ts';
import { type Delivery, deliver } from './delivery.ts';

/** Counters leave at zero soon after the start, so that `increase()` sees what the first interval counts. */
const FIRST_EXPORT_MS = 1000;

/** Exports all metrics at an interval. It never holds the process, and counts what it exports. */
export class PushReader extends MetricReader {
  readonly #delivery: Delivery<ResourceMetrics>;
  readonly #intervalMs: number;
  #timers: NodeJS.Timeout[] = [];
  #export: Promise<void> | undefined;

  constructor(
    delivery: Delivery<ResourceMetrics>,
    exporter: PushMetricExporter,
    intervalMs: number,
  ) {
    super({
      metricProducers: [businessProducer],
      aggregationTemporalitySelector: (kind) =>
        exporter.selectAggregationTemporality?.(kind) ?? AggregationTemporality.CUMULATIVE,
    });
    this.#delivery = delivery;
    this.#intervalMs = intervalMs;
  }

  /** Exports the metrics as they stand now, after an export that is under way. Never rejects. */
  async push(): Promise<void> {
    await this.#export;
    this.#export ??= this.#run().finally(() => {
      this.#export = undefined;
    });
    await this.#export;
  }

  /** Starts the interval; the SDK calls it once the reader is bound. */
  protected override onInitialized(): void {
    const pushIfIdle = (): void => {
      // An endpoint that is slower than the interval gets the next numbers later, not two requests at once.
      if (!this.#export) void this.push();
    };
    const first = setTimeout(pushIfIdle, Math.min(FIRST_EXPORT_MS, this.#intervalMs));
    this.#timers = [first.unref(), setInterval(pushIfIdle, this.#intervalMs).unref()];
  }

  protected override onForceFlush(): Promise<void> {
    return this.push();
  }

  protected override async onShutdown(): Promise<void> {
    for (const timer of this.#timers) clearTimeout(timer);
  }

  async #run(): Promise<void> {
    try {
      const { resourceMetrics } = await this.collect();
      await resourceMetrics.resource.waitForAsyncAttributes?.();
      const points = pointsOf(resourceMetrics);
      if (points === 0) return;
      this.#delivery.tally.recorded(points);
      await deliver(this.#delivery, resourceMetrics, points);
    } catch (error) {
      // A reader that was shut down collects nothing; that is no reason to end the service.
      diag.debug('Metrics are not collected', error);
    }
  }
}

/** Collects when it is asked, for `/metrics`; what it reads is cumulative whatever the exporter prefers. */
export class PullReader extends MetricReader {
  constructor() {
    super({ metricProducers: [businessProducer] });
  }

  protected override async onForceFlush(): Promise<void> {}

  protected override async onShutdown(): Promise<void> {}
}

function pointsOf({ scopeMetrics }: ResourceMetrics): number {
  const metrics = scopeMetrics.flatMap((scope) => scope.metrics);
  return metrics.reduce((sum, { dataPoints }) => sum + dataPoints.length, 0);
}
