// The readers of metrics.
import {
  CumulativeTemporalitySelector,
  DeltaTemporalitySelector,
  LowMemoryTemporalitySelector,
} from '@opentelemetry/exporter-metrics-otlp-http';
import { JsonMetricsSerializer, ProtobufMetricsSerializer } from '@opentelemetry/otlp-transformer';
import type { Resource } from '@opentelemetry/resources';
import {
  type AggregationTemporalitySelector,
  ConsoleMetricExporter,
  type IMetricReader,
  type MetricReader,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import type { Settings } from '../config/settings.ts';
import type { TemporalityName } from '../config/variables.ts';
import { BusinessProducer } from '../export/business-producer.ts';
import { createExporter } from '../export/exporter.ts';
import { PushReader } from '../export/metric-reader.ts';
import { createExportPipeline, flushOnly, type SignalPipeline } from '../export/pipeline.ts';
import { guardMetricReader } from './guards.ts';

/** Metrics: the series of the catalogue and those of instrumentations, read at an interval. */
export function createMetrics(
  settings: Settings,
  resource: Resource,
): SignalPipeline<IMetricReader> {
  const { exporters } = settings.signals.metrics;
  const pipeline: SignalPipeline<IMetricReader> = { components: [], exports: [] };
  if (exporters.includes('console')) pipeline.components.push(consoleReader(settings));
  if (exporters.includes('otlp')) addOtlp(pipeline, settings, resource);
  const own = settings.components.metricReaders.map(guardMetricReader);
  pipeline.components.push(...own);
  if (own.length > 0) pipeline.exports.push(flushOnly(own));
  return pipeline;
}

function consoleReader({ values }: Settings): MetricReader {
  return new PeriodicExportingMetricReader({
    exporter: new ConsoleMetricExporter(),
    exportIntervalMillis: values.exportIntervalMs,
    metricProducers: [new BusinessProducer()],
  });
}

const TEMPORALITIES: Readonly<Record<TemporalityName, AggregationTemporalitySelector>> = {
  cumulative: CumulativeTemporalitySelector,
  delta: DeltaTemporalitySelector,
  lowmemory: LowMemoryTemporalitySelector,
};

function addOtlp(
  { components, exports }: SignalPipeline<IMetricReader>,
  { signals, values, metrics }: Settings,
  resource: Resource,
): void {
  const exporter = createExporter(signals.metrics, {
    json: JsonMetricsSerializer,
    protobuf: ProtobufMetricsSerializer,
  });
  const { temporality, areHistogramsExponential, exportTimeoutMs } = metrics;
  const reader = new PushReader(exporter, {
    resource,
    intervalMs: values.exportIntervalMs,
    // The next interval has newer numbers of the same series, so these are not worth more time.
    patienceMs: Math.min(values.exportIntervalMs, exportTimeoutMs ?? values.exportIntervalMs),
    temporality: TEMPORALITIES[temporality],
    areHistogramsExponential,
  });
  components.push(reader);
  exports.push(createExportPipeline([reader.buffer], exporter));
}
