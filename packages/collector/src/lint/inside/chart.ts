/**
 * What the charts of OpenTelemetry (`opentelemetry-collector` and `opentelemetry-kube-stack`) define before values are
 * merged, including presets.
 */
import type { ComponentKind } from '../../ids/renamed.ts';

const OF_CHART: Readonly<Record<ComponentKind, readonly string[]>> = {
  receivers: [
    'otlp',
    'jaeger',
    'zipkin',
    'prometheus',
    'filelog',
    'file_log',
    'hostmetrics',
    'host_metrics',
    'kubeletstats',
    'kubelet_stats',
    'k8s_cluster',
    'k8s_events',
    'k8sobjects',
    'k8s_objects',
    'profiling',
    'receiver_creator/logs',
    'receiver_creator/metrics',
  ],
  processors: [
    'batch',
    'memory_limiter',
    'k8sattributes',
    'k8s_attributes',
    'resourcedetection/env',
    'resource_detection/env',
  ],
  exporters: ['debug'],
  connectors: [],
  extensions: ['health_check', 'file_storage', 'k8s_observer', 'k8s_leader_elector'],
};

/** Its pipelines. A list that the values leave out is that of the chart. */
const PIPELINES = ['logs', 'metrics', 'traces'];

/** Whether the chart defines a component with this id. */
export function isOfChart(kind: string, id: string): boolean {
  return Object.entries(OF_CHART).some(([one, ids]) => one === kind && ids.includes(id));
}

/** Whether the chart has a pipeline with this id. */
export function isPipelineOfChart(id: string): boolean {
  return PIPELINES.includes(id);
}
