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
| Kubernetes, one object or many (\`---\`, \`kind: List\`) | texts in \`data\` of a ConfigMap, in \`data\` and \`stringData\` of a Secret; \`spec.config\` of an OpenTelemetryCollector, as a map or a text; the values in an Application of Argo CD or a HelmRelease of Flux |
| Helm values | \`config\` of the chart \`opentelemetry-collector\`, or \`alternateConfig\` where it is set; under any name of a chart that includes it; \`collectors.NAME.config\` of \`opentelemetry-kube-stack\` |
| Docker Compose | \`configs.NAME.content\`, with its doubled \`$$\` |
| any other YAML or JSON | a map with \`service.pipelines\`, or with \`receivers\` and \`exporters\`, and a text that is one |

A text may be a block (\`|\`, \`>\`), between quotes, or JSON. Several configurations in a file are each judged; \`where\` of a finding
names the one it is in, and the command lists all that it judged. Comments allow faults as everywhere, inside the text or above the key that it stands under.

\`\`\`sh
moneytrail collector lint configmap.yaml
moneytrail collector lint values.yaml
kubectl get configmap otel-conf -o yaml | moneytrail collector lint -
helm template otel open-telemetry/opentelemetry-collector -f values.yaml | moneytrail collector lint -
docker compose config | moneytrail collector lint -
\`\`\`

**Values are judged, not what the chart makes of them.** A chart puts \`config\` over a configuration of its own. So nothing is said
of a pipeline, a list of \`traces\`, \`metrics\` or \`logs\`, or a component that values leave to the chart, and \`null\` takes away what
the chart has. The chart's own \`batch\` processor and receivers are not judged either: \`helm template\`, as above, shows the whole.
A \`config\` that the chart does not use (\`configMap.create: false\`, \`configMap.existingName\`) is not judged.

A placeholder between quotes (\`"{{ .Values.host }}:4317"\`) counts as a value that is not known. A file that is not YAML before Helm
has filled it in is [\`helm-template\`](#helm-template), one without any configuration [\`config-not-found\`](#config-not-found).
`;
