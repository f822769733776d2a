// The reader that exports metrics over OTLP at an interval.
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
  type ResourceMetrics,
  type ScopeMetrics,
} from '@opentelemetry/sdk-metrics';
import type { DropCause } from './accounting.ts';
import { BusinessProducer } from './business-producer.ts';
import { collectNow } from './collect-now.ts';
import { Batch, Delivery } from './delivery.ts';
import type { Exporter } from './exporter.ts';
import { FirstPoints } from './first-points.ts';
import type { ExportBuffer } from './pipeline.ts';
import { admitMetric } from './records.ts';
import type { LastRequest } from './request.ts';

/** The first export, early enough for processes that live shortly. */
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
  /** Time limit of one export with all its attempts. */
  readonly patienceMs: number;
  /** Of what instrumentations measure. */
  readonly temporality: AggregationTemporalitySelector;
  readonly areHistogramsExponential: boolean;
}

/** Causes after which the endpoint does not have what was dropped, and may accept it the next time. */
const UNSENT: readonly DropCause[] = ['export_failed', 'timeout', 'shutdown'];

/**
 * Exports all metrics at an interval. It never keeps the process alive, and it accounts for what it exports. Before the first value of a
 * series, its zero is sent in a request of its own: some endpoints accept one point per series and request.
 */
export class PushReader extends MetricReader {
  /** What the end of the process controls. */
  readonly buffer: ExportBuffer;
  readonly #exporter: Exporter<ResourceMetrics>;
  readonly #settings: ReaderSettings;
  readonly #producer: BusinessProducer;
  readonly #firstPoints: FirstPoints = new FirstPoints();
  #timers: NodeJS.Timeout[] = [];
  #export: Promise<void> | undefined;
  /** The requests of the current export, in order. */
  #inFlight: readonly Batch<ScopedMetric>[] = [];

  constructor(exporter: Exporter<ResourceMetrics>, settings: ReaderSettings) {
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
    this.#exporter = exporter;
    this.#settings = settings;
    this.buffer = {
      flush: () => this.push(),
      dropPending: () => this.#dropPending(),
      takePending: () => this.#takePending(),
      close: () => {},
    };
  }

  /** Exports the current metrics, after an export that is still running. Never rejects. */
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
      // A reader that was shut down collects nothing, which must not end the service.
      diag.debug('Metrics are not collected', error);
    }
  }

  /** Delivers requests one after another. Returns whether the endpoint has accepted or finally refused them. */
  async #deliver(requests: readonly (readonly ScopeMetrics[])[]): Promise<boolean> {
    let areSent = true;
    const delivery = this.#createDelivery((cause) => {
      if (UNSENT.includes(cause)) areSent = false;
    });
    const batches = requests
      .map(metricsOf)
      .filter((metrics) => metrics.length > 0)
      .map((metrics) => {
        delivery.recorded(metrics);
        return new Batch(metrics);
      });
    this.#inFlight = batches;
    const endMs = performance.now() + this.#settings.patienceMs;
    for (const batch of batches) {
      await delivery.deliver(batch, Math.max(0, endMs - performance.now()));
    }
    this.#inFlight = [];
    return areSent;
  }

  #dropPending(): void {
    const open = this.#inFlight.flatMap((batch) => batch.take());
    this.#createDelivery().drop(open, 'shutdown', 'the process ended first');
  }

  /** Sends the current export again, with its zeros, and then the current values. */
  #takePending(): LastRequest[] {
    const delivery = this.#createDelivery();
    const again = this.#inFlight.map((batch) => batch.take());
    const instruments = collectSeries();
    const zeros = this.#firstPoints.of(instruments, Date.now()).scope;
    const now = [...collectNow(this), businessScope(instruments, Date.now())];
    const fresh = (again.length > 0 ? [now] : [[zeros], now]).map(metricsOf);
    for (const metrics of fresh) delivery.recorded(metrics);
    return [...again, ...fresh].flatMap((metrics) => delivery.requests(metrics));
  }

  #createDelivery(onLost: (cause: DropCause) => void = () => {}): Delivery<ScopedMetric> {
    const { resource } = this.#settings;
    return new Delivery<ScopedMetric>(
      {
        ...this.#exporter,
        encode: (part) => this.#exporter.encode({ resource, scopeMetrics: grouped(part) }),
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

/** Groups metrics by scope, as the encoder expects them. */
function grouped(part: readonly ScopedMetric[]): ResourceMetrics['scopeMetrics'] {
  const groups = Map.groupBy(part, ({ scope }) => scope);
  return Array.from(groups, ([scope, members]) => ({
    scope,
    metrics: members.map(({ metric }) => metric),
  }));
}
