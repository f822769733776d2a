import type { LintRule } from '../rule.ts';

type TextProblem =
  | 'tooLarge'
  | 'invalid'
  | 'template'
  | 'empty'
  | 'notMap'
  | 'severalDocuments'
  | 'notFound';

/** Faults that keep the file from being read at all. They are found while it is parsed, before any other rule. */
export const TEXT_RULES: Readonly<Record<TextProblem, LintRule>> = {
  tooLarge: {
    code: 'file-too-large',
    file: 'collector',
    severity: 'error',
    title: 'The file is larger than 1 MiB.',
    why: 'No configuration is. A file of this size is something else, and reading it would only cost time.',
    fix: 'Pass the configuration itself.',
  },
  invalid: {
    code: 'yaml-invalid',
    file: 'collector',
    severity: 'error',
    title: 'The file is not YAML.',
    why: 'The Collector does not start. Tabs for indentation, a key that is there twice and an anchor that contains itself count too.',
    fix: 'Correct the line that is named; indent with spaces.',
  },
  template: {
    code: 'helm-template',
    file: 'collector',
    severity: 'error',
    title: 'The file is a template of Helm.',
    why: 'What is between `{{` and `}}` is known only when Helm, or another program, has filled it in: until then the file is not YAML.',
    fix: 'Pass what Helm makes of it: `helm template RELEASE CHART -f values.yaml > rendered.yaml`.',
  },
  empty: {
    code: 'config-empty',
    file: 'collector',
    severity: 'error',
    title: 'The file holds nothing.',
    why: 'The Collector does not start without a pipeline.',
    fix: 'Start from a profile: `moneytrail collector print --profile single`.',
  },
  notMap: {
    code: 'config-not-a-map',
    file: 'collector',
    severity: 'error',
    title: 'The file holds a list or a single value.',
    why: 'A configuration is a map with the keys `receivers`, `exporters` and `service`.',
    fix: 'Start from a profile: `moneytrail collector print --profile single`.',
  },
  severalDocuments: {
    code: 'yaml-several-documents',
    file: 'collector',
    severity: 'error',
    title: 'The file holds several YAML documents.',
    why: 'Only the first one is read. What stands after `---` is not in force, and nobody says so.',
    fix: 'Join the documents, or pass each file with a `--config` of its own.',
  },
  notFound: {
    code: 'config-not-found',
    file: 'collector',
    severity: 'error',
    title: 'The file is not a configuration of the Collector, and holds none.',
    why: 'Nothing was judged. A configuration has the keys `receivers`, `exporters` and `service`. It may be the file itself, or lie inside: in the data of a ConfigMap or Secret, in `spec.config` of an OpenTelemetryCollector, in `config` of Helm values, in `content` of a Compose file, or in any other value that holds such a map or its text.',
    fix: 'Pass the file that holds the configuration.',
  },
};

/** About comments that allow a fault. */
export const ALLOW_RULE: LintRule = {
  code: 'allow-unused',
  file: 'collector',
  severity: 'warning',
  title: 'A comment allows a fault that is not there.',
  why: 'It would hide the fault when it comes back.',
  fix: 'Remove the comment.',
};
