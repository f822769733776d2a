/** One configuration, and files of many kinds that contain it. */

export const ALONE = `receivers:
  otlp:
    protocols:
      grpc:
        endpoint: 0.0.0.0:4317
exporters:
  otlphttp:
    endpoint: http://tempo:4318
    sending_queue:
      num_consumers: 4
processors:
  batch:
  memory_limiter:
    check_interval: 5s

service:
  pipelines:
    traces: # all of them
      receivers: [otlp]
      processors: [batch, memory_limiter]
      exporters: [otlphttp]
`;

/** Indents each line by two spaces per step. */
export function indented(text: string, steps: number): string {
  return text.replaceAll(/^(?=.)/gm, '  '.repeat(steps));
}

interface FileInside {
  readonly title: string;
  readonly file: string;
  readonly where: string;
}

const configMap = (key: string): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: otel\ndata:\n  ${key}\n${indented(ALONE, 2)}`;

const operator = (version: string, key: string): string =>
  `apiVersion: opentelemetry.io/${version}\nkind: OpenTelemetryCollector\nmetadata:\n  name: otel\nspec:\n  mode: deployment\n  ${key}\n${indented(ALONE, 2)}`;

export const FILES: readonly FileInside[] = [
  { title: 'a ConfigMap', file: configMap('relay: |'), where: 'ConfigMap otel: data.relay' },
  {
    title: 'a ConfigMap, without a line break at the end',
    file: configMap('relay.yaml: |-'),
    where: 'ConfigMap otel: data["relay.yaml"]',
  },
  {
    title: 'a ConfigMap with an indentation indicator',
    file: configMap('relay: &text |2+ # text'),
    where: 'ConfigMap otel: data.relay',
  },
  {
    title: 'a ConfigMap after other objects',
    file: `# all of it\n---\napiVersion: v1\nkind: Namespace\nmetadata: {name: otel}\n---\n${configMap('relay: |')}---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: otel}\nspec: {}\n`,
    where: 'ConfigMap otel: data.relay',
  },
  {
    title: 'a ConfigMap in a list, as printed by kubectl',
    file: `apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: ConfigMap\n  metadata:\n    name: otel\n    annotations:\n      kubectl.kubernetes.io/last-applied-configuration: |\n${indented(ALONE, 4)}  data:\n    relay: |\n${indented(ALONE, 3)}`,
    where: 'ConfigMap otel: data.relay',
  },
  {
    title: 'a Secret',
    file: `apiVersion: v1\nkind: Secret\nmetadata: {name: otel}\nstringData:\n  relay: |\n${indented(ALONE, 2)}`,
    where: 'Secret otel: stringData.relay',
  },
  {
    title: 'an OpenTelemetryCollector',
    file: operator('v1beta1', 'config:'),
    where: 'OpenTelemetryCollector otel: spec.config',
  },
  {
    title: 'an OpenTelemetryCollector of v1alpha1, with a string',
    file: operator('v1alpha1', 'config: |'),
    where: 'OpenTelemetryCollector otel: spec.config',
  },
  {
    title: 'values of the chart opentelemetry-collector',
    file: `mode: deployment\nservice:\n  type: ClusterIP\nports: {}\nconfig:\n${indented(ALONE, 1)}`,
    where: 'config',
  },
  {
    title: 'values of a chart that includes it under another name',
    file: `replicas: 2\ncollector-of-events:\n  enabled: true\n  config:\n${indented(ALONE, 2)}`,
    where: 'collector-of-events.config',
  },
  {
    title: 'values that are not merged',
    file: `opentelemetry-collector:\n  config: {exporters: {debug: {}}}\n  alternateConfig:\n${indented(ALONE, 2)}`,
    where: 'opentelemetry-collector.alternateConfig',
  },
  {
    title: 'values of the chart opentelemetry-kube-stack',
    file: `clusterName: one\ncollectors:\n  daemon:\n    suffix: daemon\n    config:\n${indented(ALONE, 3)}`,
    where: 'collectors.daemon.config',
  },
  {
    title: 'an Application of Argo CD, with values as a string',
    file: `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: otel}\nspec:\n  source:\n    helm:\n      values: |\n        config:\n${indented(ALONE, 5)}`,
    where: 'Application otel: spec.source.helm.values: config',
  },
  {
    title: 'a HelmRelease of Flux',
    file: `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: otel}\nspec:\n  values:\n    config:\n${indented(ALONE, 3)}`,
    where: 'HelmRelease otel: spec.values.config',
  },
  {
    title: 'a Compose file',
    file: `services:\n  otel:\n    image: otel/opentelemetry-collector-contrib\nconfigs:\n  otel:\n    content: |\n${indented(ALONE, 3)}`,
    where: 'configs.otel.content',
  },
  {
    title: 'a variable of a container',
    file: `services:\n  otel:\n    environment:\n      CONFIG: |\n${indented(ALONE, 4)}`,
    where: 'services.otel.environment.CONFIG',
  },
  {
    title: 'a file with CRLF',
    file: configMap('relay: |').replaceAll('\n', '\r\n'),
    where: 'ConfigMap otel: data.relay',
  },
];
