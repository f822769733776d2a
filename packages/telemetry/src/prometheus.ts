import { prometheusName } from '@moneytrail/catalogue';
import { PrometheusSerializer } from '@opentelemetry/exporter-prometheus';
import { DataPointType, type MetricData, type ResourceMetrics } from '@opentelemetry/sdk-metrics';

/**
 * The text that Prometheus scrapes, with the names that it gives the same metrics when they arrive as OTLP: the official
 * serializer leaves the units out, so that a dashboard would work on one of the two ways only.
 */
export function prometheusText({ resource, scopeMetrics }: ResourceMetrics): string {
  return new PrometheusSerializer('', false, undefined, false, true).serialize({
    resource,
    scopeMetrics: scopeMetrics.map(({ scope, metrics }) => ({
      scope,
      metrics: metrics.map(renamed),
    })),
  });
}

function renamed(metric: MetricData): MetricData {
  const { name, unit } = metric.descriptor;
  const full = prometheusName(name, unit, kindOf(metric));
  return { ...metric, descriptor: { ...metric.descriptor, name: full, unit: '' } };
}

function kindOf(metric: MetricData): 'counter' | 'gauge' | 'histogram' | 'updowncounter' {
  if (metric.dataPointType === DataPointType.SUM) {
    return metric.isMonotonic ? 'counter' : 'updowncounter';
  }
  return metric.dataPointType === DataPointType.GAUGE ? 'gauge' : 'histogram';
}
