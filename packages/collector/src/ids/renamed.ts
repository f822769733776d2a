/** A section of a Collector configuration that defines components. */
export type ComponentKind = 'receivers' | 'processors' | 'exporters' | 'connectors' | 'extensions';

/** Every such section. */
export const COMPONENT_KINDS: readonly ComponentKind[] = [
  'receivers',
  'processors',
  'exporters',
  'connectors',
  'extensions',
];

/** A component that was renamed in version `since`. The old name is an alias with a warning. */
export interface RenamedComponent {
  readonly kind: ComponentKind;
  readonly old: string;
  readonly now: string;
  /** The first version with the name `now`, by its `metadata.yaml` or changelog. */
  readonly since: string;
}

/** Older versions do not start with the new name. */
export const RENAMED_COMPONENTS: readonly RenamedComponent[] = [
  { kind: 'exporters', old: 'otlp', now: 'otlp_grpc', since: '0.144.0' },
  { kind: 'exporters', old: 'otlphttp', now: 'otlp_http', since: '0.144.0' },
  { kind: 'exporters', old: 'loadbalancing', now: 'load_balancing', since: '0.153.0' },
  {
    kind: 'exporters',
    old: 'prometheusremotewrite',
    now: 'prometheus_remote_write',
    since: '0.154.0',
  },
  { kind: 'connectors', old: 'spanmetrics', now: 'span_metrics', since: '0.151.0' },
  { kind: 'connectors', old: 'servicegraph', now: 'service_graph', since: '0.152.0' },
  { kind: 'connectors', old: 'signaltometrics', now: 'signal_to_metrics', since: '0.155.0' },
  { kind: 'processors', old: 'k8sattributes', now: 'k8s_attributes', since: '0.146.0' },
  { kind: 'processors', old: 'logdedup', now: 'log_dedup', since: '0.151.0' },
  { kind: 'processors', old: 'metricstransform', now: 'metrics_transform', since: '0.152.0' },
  { kind: 'processors', old: 'resourcedetection', now: 'resource_detection', since: '0.153.0' },
  { kind: 'processors', old: 'deltatocumulative', now: 'delta_to_cumulative', since: '0.158.0' },
  { kind: 'receivers', old: 'filelog', now: 'file_log', since: '0.149.0' },
  { kind: 'receivers', old: 'hostmetrics', now: 'host_metrics', since: '0.151.0' },
  { kind: 'receivers', old: 'kafkametrics', now: 'kafka_metrics', since: '0.152.0' },
  { kind: 'receivers', old: 'kubeletstats', now: 'kubelet_stats', since: '0.152.0' },
  { kind: 'receivers', old: 'k8sobjects', now: 'k8s_objects', since: '0.152.0' },
  { kind: 'receivers', old: 'tcpcheck', now: 'tcp_check', since: '0.152.0' },
];

/** The part of an id before the slash: `otlp_http` of `otlp_http/loki`. */
export function typeOf(id: string): string {
  return id.split('/', 1)[0] ?? id;
}

/** The newest name of the type of a component, for any of its names. */
export function newestType(kind: ComponentKind, type: string): string {
  return RENAMED_COMPONENTS.find((one) => one.kind === kind && one.old === type)?.now ?? type;
}
