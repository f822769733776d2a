/** Tests of configurations for other versions. */
import { describe, expect, it } from '@jest/globals';
import {
  configForVersion,
  lintCollectorConfig,
  NEWEST_VERSION,
  OLDEST_VERSION,
  PROFILE_NAMES,
  profile,
  toYaml,
} from '@moneytrail/collector';
import { parse } from 'yaml';

/** The first Collector with the redaction by keyed hashes that every profile needs. */
const OLDEST_FOR_ALL = '0.147.0';

const single = toYaml(profile('single'));

describe('a configuration for an older Collector', () => {
  it.each([
    [
      '0.159.0',
      ['span_metrics', 'otlp_http/loki', 'delta_to_cumulative'],
      ['spanmetrics', 'otlphttp/loki', 'deltatocumulative'],
    ],
    ['0.158.0', ['delta_to_cumulative'], ['deltatocumulative']],
    ['0.157.0', ['deltatocumulative', 'span_metrics'], ['delta_to_cumulative', 'spanmetrics']],
    ['0.151.0', ['span_metrics'], ['spanmetrics']],
    [
      '0.150.1',
      ['spanmetrics', 'spanmetrics/monitor', 'otlp_http/loki'],
      ['span_metrics', 'otlphttp/loki'],
    ],
    ['v0.147', ['spanmetrics', 'otlp_http/loki'], ['span_metrics']],
  ])('%s names %p and not %p', (version, there, gone) => {
    const { processors, connectors, exporters } = parse(configForVersion(single, version));
    const names = Object.keys({ ...processors, ...connectors, ...exporters });
    expect(names).toEqual(expect.arrayContaining(there));
    expect(names.filter((name) => gone.includes(name))).toEqual([]);
  });

  it('has its old names also in the pipelines, and is otherwise unchanged', () => {
    const older = parse(configForVersion(single, '0.150.0'));
    const restored = JSON.stringify(older)
      .replaceAll('"spanmetrics', '"span_metrics')
      .replaceAll('"deltatocumulative"', '"delta_to_cumulative"');
    expect(JSON.parse(restored)).toEqual(parse(single));
    expect(older.service.pipelines['traces/metrics'].exporters).toContain('spanmetrics');
    expect(older.service.pipelines.metrics.receivers).toContain('spanmetrics');
  });

  it('keeps the comments', () => {
    const comments = (text: string): string[] => text.match(/^ *#.*$/gm) ?? [];
    expect(comments(configForVersion(single, '0.147.0'))).toEqual(comments(single));
  });

  it('is the same text for the newest', () => {
    expect(configForVersion(single, NEWEST_VERSION)).toBe(single);
  });

  it('renames only the part before a slash', () => {
    const text =
      'exporters:\n  otlp_http/otlp_http:\nservice:\n  pipelines:\n    logs:\n      exporters: [ otlp_http/otlp_http ]\n';
    expect(configForVersion(text, '0.143.0')).toContain('[otlphttp/otlp_http]');
  });
});

describe.each(PROFILE_NAMES)('the profile %s', (name) => {
  const text = toYaml(profile(name));
  const versions = Array.from({ length: 13 }, (_, index) => `0.${147 + index}.0`);

  it.each(versions)('has no findings for %s in the names of that version', (version) => {
    expect(lintCollectorConfig(configForVersion(text, version), { version })).toEqual([]);
  });
});

describe('a version', () => {
  it.each([
    ['before the oldest known one', '0.129.0'],
    ['after the newest known one', '0.160.0'],
    ['of the stable modules', '1.65.0'],
    ['that is none', 'newest'],
    ['that is empty', ''],
    ['with more behind it', '0.147.0; rm'],
    ['with digits without end', `0.${'1'.repeat(1000)}`],
  ])('%s is rejected', (_, version) => {
    expect(() => configForVersion(single, version)).toThrow('MONEYTRAIL_COLLECTOR_VERSION');
  });

  it.each([OLDEST_VERSION, NEWEST_VERSION])('%s is accepted', (version) => {
    expect(configForVersion('receivers:\n', version)).toBe('receivers:\n');
  });

  it('without a setting is rejected: the last one before the setting', () => {
    expect(() => configForVersion(single, OLDEST_FOR_ALL)).not.toThrow();
    expect(() => configForVersion(single, '0.146.0')).toThrow(
      /Collector 0.146.0 does not support processors.redaction\/\w+.h/,
    );
  });
});
