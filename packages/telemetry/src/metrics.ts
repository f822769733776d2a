import {
  CumulativeTemporalitySelector,
  DeltaTemporalitySelector,
  OTLPMetricExporter as JsonExporter,
  LowMemoryTemporalitySelector,
} from '@opentelemetry/exporter-metrics-otlp-http';
import { OTLPMetricExporter as ProtobufExporter } from '@opentelemetry/exporter-metrics-otlp-proto';
import type { Resource } from '@opentelemetry/resources';
import {
  type AggregationTemporalitySelector,
  ConsoleMetricExporter,
  type MetricReader,
  PeriodicExportingMetricReader,
  type PushMetricExporter,
  type ResourceMetrics,
} from '@opentelemetry/sdk-metrics';
import { BusinessProducer } from './business-producer.ts';
import { createOutlet } from './export/outlet.ts';
import { type Assembly, createPipeline } from './export/pipeline.ts';
import { PushReader } from './metric-reader.ts';
import type { Settings } from './settings.ts';

/** Metrics: the series of the catalogue and those of instrumentations, read at an interval. */
export function assembleMetrics(settings: Settings, resource: Resource): Assembly<MetricReader> {
  const { exporters } = settings.signals.metrics;
  const assembly: Assembly<MetricReader> = { parts: [], pipelines: [] };
  if (exporters.includes('console')) assembly.parts.push(consoleReader(settings));
  if (exporters.includes('otlp')) addOtlp(assembly, settings, resource);
  return assembly;
}

function consoleReader({ values }: Settings): MetricReader {
  return new PeriodicExportingMetricReader({
    exporter: new ConsoleMetricExporter(),
    exportIntervalMillis: values.exportIntervalMs,
    metricProducers: [new BusinessProducer()],
  });
}

const TEMPORALITIES: Readonly<Record<string, AggregationTemporalitySelector>> = {
  cumulative: CumulativeTemporalitySelector,
  delta: DeltaTemporalitySelector,
  lowmemory: LowMemoryTemporalitySelector,
};

function addOtlp(
  { parts, pipelines }: Assembly<MetricReader>,
  { signals, values, metrics }: Settings,
  resource: Resource,
): void {
  const outlet = createOutlet<ResourceMetrics, PushMetricExporter>(signals.metrics, {
    json: JsonExporter,
    protobuf: ProtobufExporter,
  });
  const { temporality, areHistogramsExponential, exportTimeoutMs } = metrics;
  const reader = new PushReader(outlet, {
    resource,
    intervalMs: values.exportIntervalMs,
    // The next interval has newer numbers of the same series, so these are not worth more time.
    patienceMs: Math.min(values.exportIntervalMs, exportTimeoutMs ?? values.exportIntervalMs),
    temporality: TEMPORALITIES[temporality] ?? CumulativeTemporalitySelector,
    areHistogramsExponential,
  });
  parts.push(reader);
  pipelines.push(createPipeline([reader.holder], outlet));
}
