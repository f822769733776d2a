import { OTLPMetricExporter as JsonExporter } from '@opentelemetry/exporter-metrics-otlp-http';
import { OTLPMetricExporter as ProtobufExporter } from '@opentelemetry/exporter-metrics-otlp-proto';
import {
  ConsoleMetricExporter,
  type MetricReader,
  PeriodicExportingMetricReader,
  type PushMetricExporter,
  type ResourceMetrics,
} from '@opentelemetry/sdk-metrics';
import { businessProducer } from './business-producer.ts';
import { createOutlet } from './export/outlet.ts';
import { type Assembly, createPipeline } from './export/pipeline.ts';
import { PushReader } from './metric-reader.ts';
import type { Settings } from './settings.ts';

/** Metrics: the series of the catalogue and those of instrumentations, read at an interval. */
export function assembleMetrics(settings: Settings): Assembly<MetricReader> {
  const { exporters } = settings.signals.metrics;
  const assembly: Assembly<MetricReader> = { parts: [], pipelines: [] };
  if (exporters.includes('console')) assembly.parts.push(consoleReader(settings));
  if (exporters.includes('otlp')) addOtlp(assembly, settings);
  return assembly;
}

function consoleReader({ values }: Settings): MetricReader {
  return new PeriodicExportingMetricReader({
    exporter: new ConsoleMetricExporter(),
    exportIntervalMillis: values.exportIntervalMs,
    metricProducers: [businessProducer],
  });
}

function addOtlp(
  { parts, pipelines }: Assembly<MetricReader>,
  { signals, values }: Settings,
): void {
  const outlet = createOutlet<ResourceMetrics, PushMetricExporter>(signals.metrics, {
    json: JsonExporter,
    protobuf: ProtobufExporter,
  });
  const reader = new PushReader(outlet, values.exportIntervalMs);
  parts.push(reader);
  pipelines.push(createPipeline([reader.holder], outlet));
}
