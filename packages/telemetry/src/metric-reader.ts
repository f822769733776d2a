import { businessScope, collectSeries } from '@moneytrail/metrics';
import { diag } from '@opentelemetry/api';
import type { InstrumentationScope } from '@opentelemetry/core';
import type { Resource } from '@opentelemetry/resources';
import {
  type AggregationTemporalitySelector,
  AggregationType,
  InstrumentType,
  type MetricData,
  MetricReader,
  type PushMetricExporter,
  type ResourceMetrics,
  type ScopeMetrics,
} from '@opentelemetry/sdk-metrics';
import { BusinessProducer } from './business-producer.ts';
import { collectNow } from './collect-now.ts';
import { Delivery, Shipment } from './export/delivery.ts';
import type { Parcel } from './export/last-sender.ts';
import type { Outlet } from './export/outlet.ts';
import type { Holder } from './export/pipeline.ts';
import { admitMetric } from './export/records.ts';
import type { DropCause } from './export/tally.ts';
import { FirstPoints } from './first-points.ts';

/** What a short life counts leaves soon after its start. */
const FIRST_EXPORT_MS = 1000;

/** One metric of one scope: the part of an export that the endpoint may refuse alone. */
interface ScopedMetric {
  readonly scope: InstrumentationScope;
  readonly metric: MetricData;
}

/** How metrics are read and sent. */
export interface ReaderSettings {
  readonly resource: Resource;
  readonly intervalMs: number;
  /** The longest that one export may take with all its attempts. */
  readonly patienceMs: number;
  /** Of what instrumentations measure. */
  readonly temporality: AggregationTemporalitySelector;
  readonly areHistogramsExponential: boolean;
}

/** Causes after which the endpoint does not have what was dropped, and may take it the next time. */
const UNSENT: readonly DropCause[] = ['export_failed', 'timeout', 'shutdown'];

/**
 * Exports all metrics at an interval. It never holds the process, and counts what it exports. Before the first value of a series, its
 * zero leaves in a request of its own: some endpoints take one point of a series in a request.
 */
export class PushReader extends MetricReader {
  /** How the end of the process handles it. */
  readonly holder: Holder;
  readonly #outlet: Outlet<ResourceMetrics, PushMetricExporter>;
  readonly #settings: ReaderSettings;
  readonly #producer: BusinessProducer;
  readonly #firstPoints: FirstPoints = new FirstPoints();
  #timers: NodeJS.Timeout[] = [];
  #export: Promise<void> | undefined;
  /** The requests of the export that is under way, in their order. */
  #underway: readonly Shipment<ScopedMetric>[] = [];

  constructor(outlet: Outlet<ResourceMetrics, PushMetricExporter>, settings: ReaderSettings) {
    const producer = new BusinessProducer();
    super({
      metricProducers: [producer],
      aggregationTemporalitySelector: settings.temporality,
      aggregationSelector: (kind) =>
        kind === InstrumentType.HISTOGRAM && settings.areHistogramsExponential
          ? { type: AggregationType.EXPONENTIAL_HISTOGRAM }
          : { type: AggregationType.DEFAULT },
    });
    this.#producer = producer;
    this.#outlet = outlet;
    this.#settings = settings;
    this.holder = {
      flush: () => this.push(),
      abandon: () => this.#abandon(),
      leave: () => this.#leave(),
      close: () => {},
    };
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
      const zeros = this.#firstPoints.of(this.#producer.collected, Date.now());
      await resourceMetrics.resource.waitForAsyncAttributes?.();
      if (await this.#deliver([[zeros.scope], resourceMetrics.scopeMetrics])) zeros.settle();
    } catch (error) {
      // A reader that was shut down collects nothing; that is no reason to end the service.
      diag.debug('Metrics are not collected', error);
    }
  }

  /** Delivers requests one after the other. Returns whether the endpoint has them, or refuses them for good. */
  async #deliver(requests: readonly (readonly ScopeMetrics[])[]): Promise<boolean> {
    let areSent = true;
    const delivery = this.#createDelivery((cause) => {
      if (UNSENT.includes(cause)) areSent = false;
    });
    const shipments = requests
      .map(metricsOf)
      .filter((metrics) => metrics.length > 0)
      .map((metrics) => {
        delivery.recorded(metrics);
        return new Shipment(metrics);
      });
    this.#underway = shipments;
    const endMs = performance.now() + this.#settings.patienceMs;
    for (const shipment of shipments) {
      await delivery.deliver(shipment, Math.max(0, endMs - performance.now()));
    }
    this.#underway = [];
    return areSent;
  }

  #abandon(): void {
    const open = this.#underway.flatMap((shipment) => shipment.abandon());
    this.#createDelivery().drop(open, 'shutdown', 'the process ended first');
  }

  /** What is under way is sent again, with its zeros, and then the numbers as they stand now. */
  #leave(): Parcel[] {
    const delivery = this.#createDelivery();
    const again = this.#underway.map((shipment) => shipment.abandon());
    const instruments = collectSeries();
    const zeros = this.#firstPoints.of(instruments, Date.now()).scope;
    const now = [...collectNow(this), businessScope(instruments, Date.now())];
    const fresh = (again.length > 0 ? [now] : [[zeros], now]).map(metricsOf);
    for (const metrics of fresh) delivery.recorded(metrics);
    return [...again, ...fresh].flatMap((metrics) => delivery.parcels(metrics));
  }

  #createDelivery(onLost: (cause: DropCause) => void = () => {}): Delivery<ScopedMetric> {
    const { resource } = this.#settings;
    return new Delivery<ScopedMetric>(
      {
        ...this.#outlet,
        encode: (part) => this.#outlet.encode({ resource, scopeMetrics: grouped(part) }),
        weigh: ({ metric }) => metric.dataPoints.length,
      },
      (_, cause) => onLost(cause),
    );
  }
}

function metricsOf(scopeMetrics: readonly ScopeMetrics[]): ScopedMetric[] {
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
