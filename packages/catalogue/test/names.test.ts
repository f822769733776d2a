/** Names of Prometheus. Expected ones in the tables are what prometheus/otlptranslator 1.0.0 gives. */
import { describe, expect, it } from '@jest/globals';
import { prometheusLabel, prometheusLabels, prometheusName } from '@moneytrail/catalogue';
import fc from 'fast-check';

const KINDS = ['counter', 'gauge', 'histogram', 'updowncounter'] as const;
const anyText = fc.string({ unit: 'binary', maxLength: 12 });
const unit = fc.array(
  fc.oneof(fc.constantFrom('s', 'By', '1', '', '{a}', 'toString', 'foo-', ' s '), anyText),
  { minLength: 1, maxLength: 3 },
);

describe('prometheusName', () => {
  it.each([
    ['payment.attempts', '{attempt}', 'counter', 'payment_attempts_total'],
    ['payment.attempt.duration', 's', 'histogram', 'payment_attempt_duration_seconds'],
    ['process.memory.usage', 'By', 'gauge', 'process_memory_usage_bytes'],
    ['cpu.utilization', '1', 'gauge', 'cpu_utilization_ratio'],
    ['errors', '1', 'counter', 'errors_total'],
    ['errors.total', '1', 'counter', 'errors_total'],
    ['http.server.request.duration', 's', 'histogram', 'http_server_request_duration_seconds'],
    ['disk.io.seconds', 's', 'counter', 'disk_io_seconds_total'],
    ['speed', 'm/s', 'gauge', 'speed_meters_per_second'],
    ['rate', '{packet}/s', 'gauge', 'rate_per_second'],
    ['system.cpu.time', 's', 'counter', 'system_cpu_time_seconds_total'],
    ['a__b..c', '', 'gauge', 'a_b_c'],
    ['2xx.count', '', 'gauge', '_2xx_count'],
    ['fuel', 'L', 'gauge', 'fuel_L'],
    ['flow', 'constructor', 'gauge', 'flow_constructor'],
    ['flow', '__proto__', 'gauge', 'flow_proto_'],
    ['disk', 'TiBy', 'gauge', 'disk_tibibytes'],
    ['disk', 'TBy', 'gauge', 'disk_terabytes'],
    ['flow', 'By/s/m', 'gauge', 'flow_bytes_per_s_m'],
    ['flow', 'a/b/c', 'counter', 'flow_a_per_b_c_total'],
    ['rate', '1/s', 'gauge', 'rate_per_second'],
    ['rate', 'x/1', 'gauge', 'rate_x_per_1'],
    ['rate', '{packet}/{second}', 'gauge', 'rate'],
    ['speed.second', 'm/s', 'gauge', 'speed_second_meters_per_second'],
    ['per.second', '/s', 'gauge', 'per_second_per_second'],
    ['share', '1 ', 'gauge', 'share'],
    ['share', ' s ', 'gauge', 'share_seconds'],
    ['total.of.total', '', 'counter', 'of_total'],
    ['ratio.of.ratio', '1', 'gauge', 'of_ratio'],
    ['level', 'foo-', 'gauge', 'level_foo_'],
    ['level', 'foo-', 'counter', 'level_foo__total'],
    ['level', 'foo-/s', 'gauge', 'level_foo_per_second'],
    ['level', '-foo', 'gauge', 'level_foo'],
    ['level', '°C', 'gauge', 'level_C'],
    ['level', '_', 'gauge', 'level'],
    ['level', '/_', 'gauge', 'level'],
    ['level', 'a:b', 'gauge', 'level_a:b'],
    ['ns:level', '', 'gauge', 'ns:level'],
    ['level', 'toString/valueOf', 'gauge', 'level_toString_per_valueOf'],
    ['level', 's/constructor', 'gauge', 'level_seconds_per_constructor'],
    ['', 's', 'gauge', 'seconds'],
    ['', '', 'counter', 'total'],
    ['9', '', 'counter', '_9_total'],
    ['_a_', '', 'gauge', 'a'],
    ['seconds', 's', 'histogram', 'seconds'],
    ['disk.bytes.total', 'By', 'counter', 'disk_bytes_total'],
  ] as const)('of %j in %j as %s is %s', (name, unit, kind, expected) => {
    expect(prometheusName(name, unit, kind)).toBe(expected);
  });

  it('is empty for a name and a unit without letters and digits', () => {
    expect(prometheusName('..', '_/-', 'gauge')).toBe('');
  });

  it('is valid for any name of an instrument', () => {
    fc.assert(
      fc.property(anyText, unit, fc.constantFrom(...KINDS), (name, units, kind) => {
        const made = prometheusName(name, units.join('/'), kind);
        expect(made).toMatch(/^(?:[a-zA-Z_:][a-zA-Z0-9_:]*)?$/);
        if (kind === 'counter') expect(made).toMatch(/(?:^|_)total$/);
      }),
    );
  });

  it('handles a unit of a megabyte quickly', () => {
    const startMs = performance.now();
    prometheusName('level', `a${' '.repeat(1_000_000)}b/`.repeat(2), 'gauge');
    expect(performance.now() - startMs).toBeLessThan(1000);
  });
});

describe('prometheusLabel', () => {
  it.each([
    ['payment.method.type', 'payment_method_type'],
    ['0day', 'key_0day'],
    ['_x', 'key_x'],
    ['.x', 'key_x'],
    ['a..b', 'a__b'],
    ['a__b', 'a__b'],
    ['__x', '__x'],
    ['..x', '__x'],
    ['__x__', '__x__'],
    ['x_', 'x_'],
    ['9_', 'key_9_'],
    ['\u00e4', 'key_'],
    ['\u{1f600}\u{1f600}a', '__a'],
    ['_', 'key_'],
  ])('of %j is %s', (attribute, label) => {
    expect(prometheusLabel(attribute)).toBe(label);
  });

  it.each(['', '__', '...'])('of %j, which Prometheus rejects, is key_', (attribute) => {
    expect(prometheusLabel(attribute)).toBe('key_');
  });

  it('is valid for any attribute name, and idempotent', () => {
    fc.assert(
      fc.property(anyText, (attribute) => {
        const label = prometheusLabel(attribute);
        expect(label).toMatch(/^[a-zA-Z_][a-zA-Z0-9_]*$/);
        expect(prometheusLabel(label)).toBe(label);
      }),
    );
  });
});

describe('prometheusLabels', () => {
  it.each<[string, readonly [string, string][], readonly [string, string][]]>([
    [
      'joins values in the order of the names',
      [
        ['a_b', '2'],
        ['a-b', '0'],
        ['a.b', '1'],
      ],
      [['a_b', '0;1;2']],
    ],
    ['has no empty label', [['a', '']], []],
    [
      'lets an empty value give way to a later one',
      [
        ['a.b', ''],
        ['a_b', 'x'],
      ],
      [['a_b', 'x']],
    ],
    [
      'keeps an empty value that comes later',
      [
        ['a.b', 'x'],
        ['a_b', ''],
      ],
      [['a_b', 'x;']],
    ],
    [
      'leaves the name to the metric',
      [
        ['__name__', 'x'],
        ['..name..', 'y'],
      ],
      [],
    ],
    [
      'takes names of every object',
      [
        ['__proto__', 'x'],
        ['constructor', 'y'],
      ],
      [
        ['__proto__', 'x'],
        ['constructor', 'y'],
      ],
    ],
  ])('%s', (_, attributes, labels) => {
    expect([...prometheusLabels(attributes)]).toEqual(labels);
  });
});
