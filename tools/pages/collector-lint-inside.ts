/** The section of `docs/collector-lint.md` about files that hold configurations. `packages/cli/test/inside.test.ts` runs its recipes. */
export const CONFIGURATION_INSIDE = `## A configuration inside another file

The file may also be one that holds configurations. Each is judged as the same text is alone, with the lines of the file:

\`\`\`yaml
apiVersion: v1
kind: ConfigMap
metadata:
  name: otel-conf
data:
  relay.yaml: |
    exporters:
      otlp_http:
        endpoint: http://tempo:4318
    service:
      pipelines: {}
\`\`\`

\`\`\`text
configmap.yaml:8   warning  component-unused     \`otlp_http\` is defined but not used
    at   exporters.otlp_http, in ConfigMap otel-conf: data["relay.yaml"]
    fix  Name it in a pipeline (an extension in \`service.extensions\`), or remove it.
\`\`\`

| File | What is judged |
| --- | --- |
| Kubernetes, one object or many (\`---\`, \`kind: List\`) | strings in \`data\` of a ConfigMap, in \`data\` and \`stringData\` of a Secret; \`spec.config\` of an OpenTelemetryCollector, as a map or a string; the values in an Application of Argo CD or a HelmRelease of Flux |
| Helm values | \`config\` of the chart \`opentelemetry-collector\`, or \`alternateConfig\` where it is set; under any name in a chart that includes it; \`collectors.NAME.config\` of \`opentelemetry-kube-stack\` |
| Docker Compose | \`configs.NAME.content\`, with its doubled \`$$\` |
| any other YAML or JSON | a map with \`service.pipelines\`, or with \`receivers\` and \`exporters\`, or a string that contains one |

A string may be a block (\`|\`, \`>\`), quoted, or JSON. All configurations in a file are checked; \`where\` of a finding names its
configuration, and the command lists all that it checked. Comments allow faults as usual, inside the string or above its key.

\`\`\`sh
moneytrail collector lint configmap.yaml
moneytrail collector lint values.yaml
kubectl get configmap otel-conf -o yaml | moneytrail collector lint -
helm template otel open-telemetry/opentelemetry-collector -f values.yaml | moneytrail collector lint -
docker compose config | moneytrail collector lint -
\`\`\`

**The lint checks the values, not the rendered chart.** A chart merges \`config\` into its own configuration. So the lint does not
report a pipeline, a list of \`traces\`, \`metrics\` or \`logs\`, or a component that the values leave to the chart, and \`null\` removes
what the chart has. The chart's own \`batch\` processor and receivers are not checked either: use \`helm template\`, as above, for the
whole. A \`config\` that the chart does not use (\`configMap.create: false\`, \`configMap.existingName\`) is not checked.

A placeholder in quotes (\`"{{ .Values.host }}:4317"\`) is an unknown value. A file that is not YAML before Helm
has filled it in is [\`helm-template\`](#helm-template), one without any configuration [\`config-not-found\`](#config-not-found).
`;
