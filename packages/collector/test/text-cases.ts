/** Texts that are not valid configurations. */
export interface TextCase {
  readonly title: string;
  readonly text: string;
  readonly code: string;
  readonly line: number;
}

const BOMB = `a0: &a0 [x, x, x, x, x, x, x, x, x, x]
${Array.from({ length: 9 }, (_, index) => `a${index + 1}: &a${index + 1} [${Array(10).fill(`*a${index}`).join(', ')}]`).join('\n')}`;

export const TEXT_CASES: readonly TextCase[] = [
  { title: 'an empty file', text: '', code: 'config-empty', line: 1 },
  { title: 'only comments', text: '# to be written\n', code: 'config-empty', line: 1 },
  { title: 'null', text: '~', code: 'config-empty', line: 1 },
  {
    title: 'a list',
    text: '# list\n- receivers\n- exporters\n',
    code: 'config-not-a-map',
    line: 2,
  },
  { title: 'a single value', text: 'receivers', code: 'config-not-a-map', line: 1 },
  {
    title: 'a page of HTML',
    text: '<!doctype html>\n<p class="a">: {b</p>',
    code: 'yaml-invalid',
    line: 1,
  },
  {
    title: 'unclosed braces',
    text: 'receivers:\n  otlp: {protocols: \n',
    code: 'yaml-invalid',
    line: 2,
  },
  { title: 'tabs', text: 'receivers:\n\totlp:\n', code: 'yaml-invalid', line: 2 },
  {
    title: 'a duplicate key',
    text: 'a: 1\nb: 2\na: 3\n',
    code: 'yaml-invalid',
    line: 3,
  },
  {
    title: 'an anchor that contains itself',
    text: 'receivers: &a [*a]',
    code: 'yaml-invalid',
    line: 1,
  },
  {
    title: 'an unknown anchor',
    text: 'receivers:\n  otlp: *gone',
    code: 'yaml-invalid',
    line: 2,
  },
  { title: 'anchors that multiply', text: BOMB, code: 'yaml-invalid', line: 5 },
  { title: 'unclosed brackets', text: '['.repeat(100_000), code: 'yaml-invalid', line: 1 },
  { title: 'five megabytes', text: 'a: b\n'.repeat(1_000_000), code: 'file-too-large', line: 1 },
  {
    title: 'another file without a Collector configuration',
    text: 'apiVersion: v1\nkind: Namespace\nmetadata: {name: otel}\n',
    code: 'config-not-found',
    line: 1,
  },
  {
    title: 'a Helm template',
    text: 'apiVersion: v1\nkind: ConfigMap\ndata:\n  relay: |\n    {{- include "config" . | nindent 4 }}\n',
    code: 'helm-template',
    line: 5,
  },
  {
    title: 'a placeholder where a value belongs',
    text: 'receivers:\n  otlp: {{ .Values.otlp }}\n',
    code: 'helm-template',
    line: 2,
  },
  {
    title: 'several documents',
    text: `service:\n  pipelines:\n    traces:\n      receivers: [otlp]\n      exporters: [debug]\n      processors: [memory_limiter]\nreceivers: {otlp: }\nexporters: {debug: }\nprocessors: {memory_limiter: }\n---\nreceivers: {otlp: }\n`,
    code: 'yaml-several-documents',
    line: 10,
  },
];
