/** Tests of the lint. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import {
  LINT_RULES,
  type LintOptions,
  lintCollectorConfig,
  PROFILE_NAMES,
  profile,
  toYaml,
} from '@moneytrail/collector';
import fc from 'fast-check';
import { parse } from 'yaml';
import { lineOf, PLANTED_FAULTS, plant } from './planted-faults.ts';
import { TEXT_CASES } from './text-cases.ts';

const deployed = (path: string): string =>
  readFileSync(new URL(`../../../deploy/${path}`, import.meta.url), 'utf8');
const FILES = {
  collector: toYaml(profile('single')),
  prometheus: deployed('prometheus/prometheus.yml'),
  loki: deployed('loki/loki.yaml'),
  jaeger: deployed('jaeger/jaeger.yaml'),
};

/** Codes and lines of a small configuration. */
function codesOf(text: string, options: LintOptions = {}): string[] {
  return lintCollectorConfig(text, options).map(({ code, line }) => `${code}:${line}`);
}

describe('our own files', () => {
  it.each(PROFILE_NAMES)('the profile %s has no findings, with those of the backends', (name) => {
    const { collector: _, ...backends } = FILES;
    expect(lintCollectorConfig(toYaml(profile(name)), { backends })).toEqual([]);
  });
});

describe('a planted fault', () => {
  it.each(PLANTED_FAULTS)('is found: $title ($code)', (planted) => {
    const { collector, ...backends } = {
      ...FILES,
      [planted.file]: plant(FILES[planted.file], planted),
    };
    const findings = lintCollectorConfig(collector, { backends });
    const text = planted.file === 'collector' ? collector : backends[planted.file];
    expect(findings).toEqual([
      expect.objectContaining({
        code: planted.code,
        file: planted.file,
        line: lineOf(text, planted.at),
        message: expect.stringMatching(/./),
        fix: expect.stringMatching(/./),
      }),
    ]);
  });

  it('is there for every rule', () => {
    const planted = [...PLANTED_FAULTS, ...TEXT_CASES].map(({ code }) => code);
    expect([...new Set(planted)].sort()).toEqual(LINT_RULES.map(({ code }) => code).sort());
  });
});

describe('text that is not a configuration', () => {
  it.each(TEXT_CASES)('is reported: $title', ({ text, code, line }) => {
    expect(codesOf(text)[0]).toBe(`${code}:${line}`);
  });

  it('is read to the last accepted character', () => {
    const comment = `# ${'x'.repeat(1_048_573)}\n`;
    expect(codesOf(comment)).toEqual(['config-empty:1']);
    expect(codesOf(`${comment} `)).toEqual(['file-too-large:1']);
  });
});

describe('any file', () => {
  const ODD = fc.constantFrom(
    null,
    true,
    0,
    'text',
    '',
    [],
    {},
    [[]],
    [null],
    { a: null },
    { '': [{}] },
  );

  it('has findings, not errors: any text', () => {
    fc.assert(fc.property(fc.string(), (text) => Array.isArray(lintCollectorConfig(text))));
  });

  it('has findings, not errors: values in the wrong place', () => {
    const whole = parse(FILES.collector);
    const paths = pathsOf(whole);
    fc.assert(
      fc.property(fc.constantFrom(...paths), ODD, (path, odd) =>
        Array.isArray(lintCollectorConfig(JSON.stringify(replaced(whole, path, odd)))),
      ),
    );
  });

  it('is quick with a pattern that nests repetitions', () => {
    const patterns = '{blocked_key_patterns: ["(([a-z._]+)*)*Z", "(([a-z._]*){2,})+Z"]}';
    expect(codesOf(`processors: {redaction: ${patterns}}`)).not.toContain(
      'redaction-key-pattern-loose:1',
    );
  });
});

/** Every place in a value, as paths of keys. */
function pathsOf(value: unknown, path: readonly string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [[...path]];
  const below = Object.entries(value).flatMap(([key, child]) => pathsOf(child, [...path, key]));
  return [[...path], ...below];
}

/** Replaces one place of a value. */
function replaced(value: unknown, [key, ...rest]: readonly string[], by: unknown): unknown {
  if (key === undefined) return by;
  if (Array.isArray(value))
    return value.map((one, index) => (`${index}` === key ? replaced(one, rest, by) : one));
  if (typeof value !== 'object' || value === null) return value;
  return { ...value, [key]: replaced(Reflect.get(value, key), rest, by) };
}

describe('the newest and the oldest Collector', () => {
  const config = (id: string): string =>
    `connectors: {${id}: }\nservice: {pipelines: {traces: {exporters: [${id}]}, metrics: {receivers: [${id}]}}}`;

  it.each([
    ['span_metrics', '0.151.0', false],
    ['span_metrics', '0.150.9', 'component-unknown'],
    ['spanmetrics', '0.150.0', false],
    ['spanmetrics', '0.151.0', 'component-renamed'],
    ['span__metrics', '0.159.0', 'component-unknown'],
    ['forward', 'v0.130', false],
  ])('judges %s for %s: %s', (id, version, code) => {
    const found = lintCollectorConfig(config(id), { version }).map((finding) => finding.code);
    expect(found.find((one) => one !== 'pipeline-incomplete') ?? false).toBe(code);
  });

  it.each(['0.129.0', '1.65.0', '0.147.0-rc1', '', 'latest'])(
    'rejects the version %p',
    (version) => {
      expect(() => lintCollectorConfig('', { version })).toThrow('MONEYTRAIL_COLLECTOR_VERSION');
    },
  );

  it('accepts versions after the newest known one', () => {
    const text = 'exporters: {prometheus: {resource_to_telemetry_conversion: {}}}';
    expect(codesOf(text, { version: '0.160.0' })).toContain('setting-deprecated:1');
    expect(codesOf(text, { version: '0.159.0' })).not.toContain('setting-deprecated:1');
  });
});

describe('the outage that must not lose data', () => {
  it.each([
    ['6h', []],
    ['360m', []],
    ['361m', ['prometheus-window']],
    ['7d', ['prometheus-window']],
    ['1w1s', ['prometheus-window', 'loki-old-samples']],
  ])('may be %s', (outage, codes) => {
    const { collector, ...backends } = FILES;
    const findings = lintCollectorConfig(collector, { backends, outage });
    expect(findings.map(({ code }) => code)).toEqual(codes);
  });

  it.each(['', '6', '6 h', '-6h', 'long'])('may not be %p', (outage) => {
    expect(() => lintCollectorConfig('', { outage })).toThrow('MONEYTRAIL_OPTION_INVALID');
  });
});

describe('variables', () => {
  const receiver = (endpoint: string): string =>
    `receivers:\n  otlp:\n    protocols:\n      http:\n        endpoint: ${endpoint}`;
  const isOpen = (endpoint: string, variables = {}): boolean =>
    codesOf(receiver(endpoint), { variables }).includes('receiver-unauthenticated:5');

  it.each([
    ['${env:HOST:-127.0.0.1}:4318', {}, false],
    ['${env:HOST:-0.0.0.0}:4318', {}, true],
    ['${env:HOST:-127.0.0.1}:4318', { HOST: '0.0.0.0' }, true],
    ['${HOST}:4318', { HOST: '0.0.0.0' }, true],
    ['${env:HOST}:4318', {}, false],
    ['"${file:/run/host}"', {}, false],
    ['"[::1]:4318"', {}, false],
    ['"[::]:4318"', {}, true],
    ['127.0.0.1.example.com:4318', {}, true],
  ])('%s with %p is open: %p', (endpoint, variables, open) => {
    expect(isOpen(endpoint, variables)).toBe(open);
  });

  it('keep their type: a number stays a number', () => {
    const text = FILES.collector.replaceAll('num_consumers: 1', 'num_consumers: ${env:N:-1}');
    expect(codesOf(text)).toEqual([]);
    expect(codesOf(text, { variables: { N: '2' } })).toHaveLength(3);
  });

  it('report a weak key without printing it', () => {
    const variables = { MONEYTRAIL_PII_HMAC_KEY: 'hunter2' };
    const found = lintCollectorConfig(FILES.collector, { variables }).map(
      ({ code, message }) => `${code}: ${message}`,
    );
    expect([...new Set(found)]).toEqual(['hmac-key-weak: the key has 7 bytes, but needs 32']);
  });
});

describe('anchors and merge keys', () => {
  const config = (queue: string): string => `exporters:
  otlp_http/a: &base
    endpoint: http://a
    retry_on_failure: {max_elapsed_time: 0}
    sending_queue: {storage: file_storage, queue_size: 5, num_consumers: 1, block_on_overflow: true}
  otlp_http/b:
    <<: *base
    ${queue}
service: {pipelines: {metrics: {exporters: [otlp_http/a, otlp_http/b]}}}`;
  const ofQueues = (text: string): string[] =>
    codesOf(text).filter((code) => /^(?:queue|retry)/.test(code));

  it('count where they are used', () => {
    expect(ofQueues(config('endpoint: http://b'))).toEqual([
      'queue-storage-undefined:5',
      'queue-storage-undefined:5',
    ]);
  });

  it('are overridden by own entries of the map', () => {
    expect(ofQueues(config('sending_queue: {enabled: false}'))).toEqual([
      'queue-storage-undefined:5',
      'queue-disabled:8',
    ]);
  });
});

describe('a comment that allows a fault', () => {
  const config = (line: string, above = ''): string =>
    `receivers:\n  otlp:\n    protocols:\n      grpc:\n${above}        endpoint: 0.0.0.0:4317${line}`;
  const OPEN = 'receiver-unauthenticated';

  it.each([
    ['on its line', config(` # moneytrail: allow ${OPEN}`)],
    ['on the line above', config('', `# moneytrail: allow ${OPEN}\n`)],
    ['above a parent key', config('').replace('  otlp:', `  # moneytrail: allow ${OPEN}\n  otlp:`)],
    [
      'with others, and blank lines between',
      config('', `# moneytrail: allow cors-open, ${OPEN} (test)\n\n# why\n`),
    ],
  ])('counts %s', (_, text) => {
    expect(codesOf(text).filter((code) => code.startsWith(OPEN))).toEqual([]);
  });

  it.each([
    ['another fault', config(' # moneytrail: allow cors-open')],
    [
      'another place',
      config('').replace('receivers:', `# moneytrail: allow ${OPEN}\nprocessors:\nreceivers:`),
    ],
  ])('does not count for %s, and is reported', (_, text) => {
    const codes = codesOf(text).map((code) => code.split(':')[0]);
    expect(codes).toEqual(expect.arrayContaining([OPEN, 'allow-unused']));
  });
});
