import { diag } from '@opentelemetry/api';
import type { InstrumentationScope } from '@opentelemetry/core';
import {
  type AggregationTemporalitySelector,
  AggregationType,
  InstrumentType,
  type MetricData,
  MetricReader,
  type PushMetricExporter,
  type ResourceMetrics,
} from '@opentelemetry/sdk-metrics';
import { businessProducer } from './business-producer.ts';
import { Delivery, Shipment } from './export/delivery.ts';
import type { Outlet } from './export/outlet.ts';
import type { Holder } from './export/pipeline.ts';
import { admitMetric } from './export/records.ts';

/** Counters leave at zero soon after the start, so that `increase()` sees what the first interval counts. */
const FIRST_EXPORT_MS = 1000;

/** One metric of one scope: the part of an export that the endpoint may refuse alone. */
interface ScopedMetric {
  readonly scope: InstrumentationScope;
  readonly metric: MetricData;
}

/** How metrics are read and sent. */
export interface ReaderSettings {
  readonly intervalMs: number;
  /** The longest that one export may take with all its attempts. */
  readonly patienceMs: number;
  /** Of what instrumentations measure. */
  readonly temporality: AggregationTemporalitySelector;
  readonly areHistogramsExponential: boolean;
}

/** Exports all metrics at an interval. It never holds the process, and counts what it exports. */
export class PushReader extends MetricReader {
  /** How the end of the process handles it. */
  readonly holder: Holder;
  readonly #outlet: Outlet<ResourceMetrics, PushMetricExporter>;
  readonly #settings: ReaderSettings;
  #timers: NodeJS.Timeout[] = [];
  #export: Promise<void> | undefined;
  #abandon: () => void = () => {};

  constructor(outlet: Outlet<ResourceMetrics, PushMetricExporter>, settings: ReaderSettings) {
    super({
      metricProducers: [businessProducer],
      aggregationTemporalitySelector: settings.temporality,
      aggregationSelector: (kind) =>
        kind === InstrumentType.HISTOGRAM && settings.areHistogramsExponential
          ? { type: AggregationType.EXPONENTIAL_HISTOGRAM }
          : { type: AggregationType.DEFAULT },
    });
    this.#outlet = outlet;
    this.#settings = settings;
    this.holder = { flush: () => this.push(), abandon: () => this.#abandon(), close: () => {} };
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
    const { intervalMs } = this.#settings;
    const first = setTimeout(pushIfIdle, Math.min(FIRST_EXPORT_MS, intervalMs));
    this.#timers = [first.unref(), setInterval(pushIfIdle, intervalMs).unref()];
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
      const metrics = metricsOf(resourceMetrics);
      if (metrics.length > 0) await this.#deliver(resourceMetrics, metrics);
    } catch (error) {
      // A reader that was shut down collects nothing; that is no reason to end the service.
      diag.debug('Metrics are not collected', error);
    }
  }

  async #deliver({ resource }: ResourceMetrics, metrics: readonly ScopedMetric[]): Promise<void> {
    const delivery = new Delivery<ScopedMetric>({
      ...this.#outlet,
      encode: (part) => this.#outlet.encode({ resource, scopeMetrics: grouped(part) }),
      weigh: ({ metric }) => metric.dataPoints.length,
    });
    const shipment = new Shipment(metrics);
    delivery.recorded(metrics);
    this.#abandon = () => delivery.drop(shipment.abandon(), 'shutdown', 'the process ended first');
    await delivery.deliver(shipment, this.#settings.patienceMs);
    this.#abandon = () => {};
  }
}

function metricsOf({ scopeMetrics }: ResourceMetrics): ScopedMetric[] {
  return scopeMetrics
    .flatMap(({ scope, metrics }) =>
      metrics.map((metric) => ({ scope, metric: admitMetric(metric) })),
    )
    .filter(({ metric }) => metric.dataPoints.length > 0);
}

/** Metrics of a scope stand together, as the encoder wants them. */
function grouped(part: readonly ScopedMetric[]): ResourceMetrics['scopeMetrics'] {
  const groups = Map.groupBy(part, ({ scope }) => scope);
  return Array.from(groups, ([scope, members]) => ({
    scope,
    metrics: members.map(({ metric }) => metric),
  }));
}
