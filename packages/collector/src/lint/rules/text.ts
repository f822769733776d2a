/** Faults of the text itself. */
import type { LintRule } from '../rule.ts';

type TextProblem =
  | 'tooLarge'
  | 'invalid'
  | 'template'
  | 'empty'
  | 'notMap'
  | 'severalDocuments'
  | 'notFound';

/** Faults that prevent reading the file. They are found while parsing, before all rules. */
export const TEXT_RULES: Readonly<Record<TextProblem, LintRule>> = {
  tooLarge: {
    code: 'file-too-large',
    file: 'collector',
    severity: 'error',
    title: 'The file is larger than 1 MiB.',
    why: 'A configuration is never that large, so the file is not read.',
    fix: 'Pass the configuration itself.',
  },
  invalid: {
    code: 'yaml-invalid',
    file: 'collector',
    severity: 'error',
    title: 'The file is not YAML.',
    why: 'The Collector does not start. This includes tabs for indentation, duplicate keys, and anchors that contain themselves.',
    fix: 'Correct the line in the message; indent with spaces.',
  },
  template: {
    code: 'helm-template',
    file: 'collector',
    severity: 'error',
    title: 'The file is a Helm template.',
    why: 'Placeholders between `{{` and `}}` are known only after Helm or another program has filled them in. Until then, the file is not YAML.',
    fix: 'Pass the output of Helm: `helm template RELEASE CHART -f values.yaml > rendered.yaml`.',
  },
  empty: {
    code: 'config-empty',
    file: 'collector',
    severity: 'error',
    title: 'The file is empty.',
    why: 'The Collector does not start without a pipeline.',
    fix: 'Start from a profile: `moneytrail collector print --profile single`.',
  },
  notMap: {
    code: 'config-not-a-map',
    file: 'collector',
    severity: 'error',
    title: 'The file contains a list or a single value.',
    why: 'A configuration is a map with the keys `receivers`, `exporters` and `service`.',
    fix: 'Start from a profile: `moneytrail collector print --profile single`.',
  },
  severalDocuments: {
    code: 'yaml-several-documents',
    file: 'collector',
    severity: 'error',
    title: 'The file contains several YAML documents.',
    why: 'Only the first one is read. The Collector silently ignores everything after `---`.',
    fix: 'Join the documents, or pass each one as a separate file with its own `--config`.',
  },
  notFound: {
    code: 'config-not-found',
    file: 'collector',
    severity: 'error',
    title: 'The file is not, and does not contain, a Collector configuration.',
    why: 'Nothing was judged. A configuration has the keys `receivers`, `exporters` and `service`. It may be the file itself, or be inside the data of a ConfigMap or Secret, `spec.config` of an OpenTelemetryCollector, `config` of Helm values, `content` of a Compose file, or any other value that contains such a map, also as a string.',
    fix: 'Pass the file that contains the configuration.',
  },
};

/** A rule about comments that allow faults. */
export const ALLOW_RULE: LintRule = {
  code: 'allow-unused',
  file: 'collector',
  severity: 'warning',
  title: 'A comment allows a fault that does not occur.',
  why: 'It would hide the fault if it occurs again.',
  fix: 'Remove the comment.',
};
