/** Tests of configurations inside other files. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { type LintFinding, lintCollectorConfig } from '@moneytrail/collector';
import fc from 'fast-check';
import { Document, isScalar, type Scalar } from 'yaml';
import { itOfReport } from '../../../tools/reports.ts';
import { ALONE, FILES, indented } from './inside-files.ts';

/** The findings: the code, and the text of the line. */
function saidOf(
  file: string,
  findings: readonly LintFinding[] = lintCollectorConfig(file),
): string[] {
  const lines = file.split('\n');
  return findings.map(({ code, path, line }) => `${code} ${path} at ${lines[line - 1]?.trim()}`);
}

const codesOf = (file: string): string[] =>
  lintCollectorConfig(file).map(({ code, line }) => `${code}:${line}`);
const wheresOf = (file: string): (string | undefined)[] => [
  ...new Set(lintCollectorConfig(file).map(({ where }) => where)),
];

describe('a configuration inside another file', () => {
  it.each(FILES)(
    'is judged like a separate file, with the lines of the file: $title',
    ({ file, where }) => {
      expect(saidOf(file)).toEqual(saidOf(ALONE));
      expect(wheresOf(file)).toEqual([where]);
    },
  );

  it('has faults of every kind of line', () => {
    expect(saidOf(ALONE).length).toBeGreaterThan(8);
    expect(wheresOf(ALONE)).toEqual([undefined]);
  });

  it.each(['BLOCK_LITERAL', 'BLOCK_FOLDED', 'QUOTE_SINGLE', 'QUOTE_DOUBLE'] as const)(
    'may be a string of the style %s, with long and short lines',
    (style) => {
      for (const lineWidth of [0, 40]) {
        const file = inStyle(ALONE, style, lineWidth);
        const keys = saidOf(file).map((said) => said.replace(/ at (?:\\ +)?(\S+).*$/, ' at $1'));
        expect(keys).toEqual(saidOf(ALONE).map((said) => said.replace(/ at (\S+).*$/, ' at $1')));
      }
    },
  );

  it('is on one line if its text is', () => {
    const file = JSON.stringify(
      { kind: 'ConfigMap', apiVersion: 'v1', data: { relay: ALONE } },
      null,
      1,
    );
    const line = file.split('\n').findIndex((one) => one.includes('relay')) + 1;
    expect(new Set(lintCollectorConfig(file).map((finding) => finding.line))).toEqual(
      new Set([line]),
    );
    expect(codesOf(file)).toHaveLength(codesOf(ALONE).length);
  });

  it('is found below any keys, at its own line', () => {
    const key = fc.stringMatching(/^[a-z][a-z.-]{0,8}$/);
    fc.assert(
      fc.property(fc.array(key, { minLength: 1, maxLength: 6 }), fc.boolean(), (keys, isText) => {
        const opening = keys.map((one, depth) => `${'  '.repeat(depth)}"${one}":`);
        const text = isText ? opening.with(-1, `${opening.at(-1)} |`) : opening;
        const file = `${text.join('\n')}\n${indented(ALONE, keys.length)}`;
        expect(codesOf(file)).toEqual(
          lintCollectorConfig(ALONE).map(({ code, line }) => `${code}:${line + keys.length}`),
        );
      }),
      { numRuns: 30 },
    );
  });

  it('is one of several, each named', () => {
    const file = ['a.yaml', 'b.yaml'].map((key) => `  ${key}: |\n${indented(ALONE, 2)}`).join('');
    const findings = lintCollectorConfig(
      `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: two}\ndata:\n  rules.yml: |\n    groups: []\n${file}`,
    );
    expect(findings).toHaveLength(2 * lintCollectorConfig(ALONE).length);
    expect(new Set(findings.map(({ where }) => where))).toEqual(
      new Set(['ConfigMap two: data["a.yaml"]', 'ConfigMap two: data["b.yaml"]']),
    );
  });

  it('is read like its reader does: Compose doubles `$`, a Secret has Base64', () => {
    const open =
      'receivers: {otlp: {protocols: {grpc: {endpoint: "${env:HOST:-0.0.0.0}:4317"}}}}\n';
    const doubled = open.replace('$', () => '$$');
    const encoded = Buffer.from(open).toString('base64');
    for (const file of [
      `services: {}\nconfigs: {a: {content: '${doubled.trim()}'}}`,
      `apiVersion: v1\nkind: Secret\ndata: {a: ${encoded}}`,
    ])
      expect(codesOf(file).join(' ')).toMatch(/receiver-unauthenticated:\d/);
  });

  it('has findings, not errors, at any depth', () => {
    for (const depth of [1, 100, 900, 1100, 1300, 1500, 1700, 10_000]) {
      const [open, close] = ['{a: '.repeat(depth), '}'.repeat(depth)];
      expect(codesOf(`x: ${open}${close}`)).toHaveLength(1);
    }
  });

  it('that is broken is reported with the line of the file', () => {
    const broken = 'receivers:\n  otlp:\n exporters: {\n';
    expect(codesOf(`data:\n  relay: |\n${indented(broken, 2)}`)).toEqual(['yaml-invalid:4']);
    expect(codesOf(`data:\n  install.sh: |\n${indented(`cat <<END\n${broken}END\n`, 2)}`)).toEqual([
      'config-not-found:1',
    ]);
  });
});

function inStyle(text: string, type: Scalar.Type, lineWidth: number): string {
  const document = new Document({ apiVersion: 'v1', kind: 'ConfigMap', data: { relay: text } });
  const scalar = document.getIn(['data', 'relay'], true);
  if (isScalar(scalar)) scalar.type = type;
  return document.toString({ lineWidth, doubleQuotedMinMultiLineLength: 1 });
}

describe('a comment that allows a fault inside another file', () => {
  const file = (above: string, inside = ''): string =>
    `apiVersion: v1\nkind: ConfigMap\ndata:\n${above}  relay: |\n${indented(inside + ALONE, 2)}`;

  it('counts above the key of the configuration', () => {
    const codes = codesOf(file('  # moneytrail: allow batch-processor\n')).join(' ');
    expect(codes).not.toContain('batch-processor');
    expect(codes).not.toContain('allow-unused');
  });

  it('counts on its line within the text', () => {
    const text = file('').replace(
      '[batch, memory_limiter]',
      '$& # moneytrail: allow batch-processor',
    );
    expect(codesOf(text).join(' ')).not.toMatch(/batch-processor|allow-unused/);
  });

  it('is reported if it is not needed', () => {
    expect(codesOf(file('', '# moneytrail: allow cors-open\n'))).toContain('allow-unused:5');
  });
});

describe('values of a chart', () => {
  const values = (config: string): string[] =>
    codesOf(`mode: deployment\nconfig:\n${indented(config, 1)}`);

  it.each([
    [
      'an exporter that a pipeline does not use',
      'exporters: {file: {path: x}}',
      ['component-unused:3'],
    ],
    ['a component of the chart', 'receivers: {otlp: {protocols: {http: {cors: {}}}}}', []],
    ['what `null` takes away', 'receivers: {jaeger: null, zipkin: }', []],
    ['a pipeline that `null` takes away', 'service: {pipelines: {logs: null}}', []],
    [
      'lists that are left to the chart',
      'service: {pipelines: {metrics: {receivers: [otlp]}}}',
      [],
    ],
    [
      'components of the chart in a list',
      'service: {pipelines: {metrics: {exporters: [debug]}}}',
      [],
    ],
    [
      'a component that is not defined',
      'service: {pipelines: {metrics: {exporters: [debug/2]}}}',
      ['component-undefined:3'],
    ],
    [
      'a list of a pipeline that the chart does not have',
      'service: {pipelines: {metrics/2: {processors: [memory_limiter], exporters: [debug]}}}',
      ['pipeline-incomplete:3'],
    ],
    [
      'a placeholder',
      'exporters: {nop: {a: "{{ .Values.a }}"}}\nservice: {pipelines: {metrics: {exporters: ["{{ .Values.b }}", nop]}}}',
      [],
    ],
  ])('are judged together with the chart: %s', (_, config, codes) => {
    expect(values(config)).toEqual(codes);
  });

  it.each([
    ['create: false', '`configMap.create` is false'],
    ['existingName: mine', 'the ConfigMap `mine`'],
  ])('are not judged if the chart does not use them: %s', (setting, reason) => {
    const [finding, ...more] = lintCollectorConfig(
      `configMap:\n  ${setting}\nconfig:\n${indented(ALONE, 1)}`,
    );
    expect(more).toEqual([]);
    expect(finding).toMatchObject({ code: 'config-not-found', line: 3 });
    expect(finding?.message).toContain(reason);
  });

  it('may leave lists to presets', () => {
    const file = (presets: string): string =>
      `${presets}alternateConfig: {exporters: {nop: }, service: {pipelines: {logs: {exporters: [nop]}}}}`;
    expect(codesOf(file('presets: {kubernetesEvents: {enabled: true}}\n'))).toEqual([]);
    expect(codesOf(file('mode: deployment\n'))).toContain('pipeline-incomplete:2');
  });

  it('of opentelemetry-kube-stack are merged with the shared configuration', () => {
    const shared =
      'defaultCRConfig:\n  config:\n    exporters: {nop/own: }\n    service: {pipelines: {metrics: {exporters: [nop/own]}}}\n';
    const file = `${shared}collectors:\n  one:\n    mode: daemonset\n  two:\n    config:\n      service: {pipelines: {metrics: {exporters: [nop/own, nop/more]}}}\n`;
    expect(lintCollectorConfig(file).map(({ code, line, where }) => [code, line, where])).toEqual([
      ['component-undefined', 10, 'collectors.two.config'],
    ]);
  });

  it('may contain the configuration of Jaeger, which is not judged as one of a Collector', () => {
    const jaeger = readFileSync(
      new URL('../../../deploy/jaeger/jaeger.yaml', import.meta.url),
      'utf8',
    );
    expect(codesOf(`jaeger:\n  userconfig:\n${indented(jaeger, 2)}`)).toEqual([
      'config-not-found:1',
    ]);
  });

  it('are judged by `alternateConfig` if it is set', () => {
    const config = 'exporters: {file: }\n';
    expect(
      wheresOf(`config:\n${indented(config, 1)}alternateConfig:\n${indented(config, 1)}`),
    ).toEqual(['alternateConfig']);
  });
});

describe('a value in a variable or a file', () => {
  it.each([
    ['pipelines', 'receivers: {nop: }\nservice: {pipelines: "${file:p.yaml}"}'],
    ['the service', 'receivers: {nop: }\nservice: ${file:s.yaml}'],
    [
      'a section',
      'exporters: ${file:e.yaml}\nservice: {pipelines: {metrics: {receivers: ["${env:R}"], exporters: [nop], processors: ["${env:P}"]}}}',
    ],
  ])('may be in another file: %s', (_, file) => {
    expect(codesOf(file).filter((code) => !code.startsWith('memory-'))).toEqual([]);
  });

  it('is unknown, and not judged', () => {
    const file =
      'service:\n  pipelines:\n    metrics:\n      receivers: ${env:R}\n      exporters: ["${env:E}"]\n';
    expect(codesOf(file)).toEqual([]);
  });
});

describe('a fix', () => {
  const fixOf = (file: string, code: string): string =>
    lintCollectorConfig(file).find((one) => one.code === code)?.fix ?? '';
  const secret = 'exporters:\n  otlp_http:\n    headers: {authorization: hunter2hunter2}\n';

  it.each([
    ['alone', secret, /`\$\{env:\w+\}`.*environment\.$/],
    [
      'in Kubernetes',
      `kind: ConfigMap\napiVersion: v1\ndata:\n  a: |\n${indented(secret, 2)}`,
      /secretKeyRef/,
    ],
    ['in Helm values', `config:\n${indented(secret, 1)}`, /secretKeyRef/],
    [
      'in Compose',
      `services: {}\nconfigs: {a: {content: ${JSON.stringify(secret)}}}`,
      /`\$\$\{env:\w+\}`/,
    ],
  ])('fits its place: %s', (_, file, fix) => {
    expect(fixOf(file, 'secret-in-plain-text')).toMatch(fix);
  });
});

describe('an exporter', () => {
  const codes = (id: string): string[] =>
    lintCollectorConfig(
      `receivers: {otlp: }\nprocessors: {memory_limiter: }\nexporters: {${id}: }\nservice: {pipelines: {metrics: {receivers: [otlp], processors: [memory_limiter], exporters: [${id}]}}}`,
    ).map(({ code }) => code);

  it.each([
    'debug',
    'logging',
    'logging/2',
    'file',
    'nop',
    'prometheus',
    'awsxray',
    'awsemf',
    'rabbitmq',
    'azure_blob',
    'prometheus_remote_write',
    'own_exporter',
  ])('%s has no queue, and does not need one', (id) => {
    expect(codes(id).filter((code) => code.startsWith('queue-'))).toEqual([]);
  });

  it.each(['otlp', 'otlphttp', 'kafka', 'clickhouse', 'splunk_hec', 'loadbalancing', 'awss3'])(
    '%s has a queue, and is asked for its storage',
    (id) => {
      expect(codes(id)).toContain('queue-in-memory');
    },
  );

  it.each([
    ['debug', false],
    ['logging', false],
    ['elasticsearch', false],
    ['azuremonitor', false],
    ['azureblob', true],
    ['prometheusremotewrite', false],
    ['otlp', true],
  ])('%s needs unlimited retries: %p', (id, asked) => {
    expect(codes(id).includes('retry-gives-up')).toBe(asked);
  });
});

describe('the reported files', () => {
  const REPORT = 'collector-configuration-inside';
  const read = (folder: string, name: string): string => readFileSync(join(folder, name), 'utf8');

  for (const name of ['configmap.yaml', 'operator.yaml', 'helm-values.yaml']) {
    itOfReport(REPORT, `${name} is judged as the same text alone`, (folder) => {
      expect(saidOf(read(folder, name))).toEqual(saidOf(read(folder, 'alone.yaml')));
    });
  }

  itOfReport(REPORT, 'do not ask the exporter `logging` for a queue', (folder) => {
    const found = lintCollectorConfig(read(folder, 'alone.yaml'));
    const ofLogging = found.filter(({ path }) => path.startsWith('exporters.logging'));
    expect(ofLogging.map(({ code }) => code)).toEqual(['component-unknown']);
  });
});
