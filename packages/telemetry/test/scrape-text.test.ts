/** The reader of `/metrics` that the tests use finds what Prometheus refuses, and what it would read twice. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readPrometheus, seriesKey } from './support/prometheus-text.ts';

describe('a text is refused', () => {
  const type = '# TYPE a gauge\n';
  const buckets = (...lines: string[]): string =>
    `# TYPE a histogram\n${lines.map((line) => `a_${line}\n`).join('')}`;

  it.each<[string, string]>([
    ['without an end of its last line', `${type}a 1`],
    ['with a line that is none', `${type}a 1\nb\n`],
    ['with a series of no type', 'a 1\n'],
    ['with a name that is none', '# TYPE 1a gauge\n1a 1\n'],
    ['with a label that is none', `${type}a{b.c="d"} 1\n`],
    ['with a label twice', `${type}a{b="1",b="2"} 1\n`],
    ['with a quote in a value', `${type}a{b="c"d"} 1\n`],
    ['with an unknown escape', `${type}a{b="\\t"} 1\n`],
    ['with a number that is none', `${type}a 0x1\n`],
    ['with the name as a label', `${type}a{__name__="b"} 1\n`],
    ['with a series twice', `${type}a{b="c"} 1\na{b="c"} 1\n`],
    [
      'with a series twice, its labels in another order',
      `${type}a{b="1",c="2"} 1\na{c="2",b="1"} 1\n`,
    ],
    ['with a series twice, once with an empty label', `${type}a 1\na{b=""} 1\n`],
    ['with a family in two places', `${type}a 1\n# TYPE b gauge\nb 1\na{c="d"} 1\n`],
    ['with two types of a name', `${type}# TYPE a counter\na 1\n`],
    ['with a type that is none', '# TYPE a number\na 1\n'],
    ['with half an escape in a help', '# HELP a b\\\n# TYPE a gauge\na 1\n'],
    [
      'with a bound twice',
      buckets('bucket{le="1"} 0', 'bucket{le="1.0"} 1', 'bucket{le="+Inf"} 1', 'count 1'),
    ],
    ['with counts that fall', buckets('bucket{le="1"} 2', 'bucket{le="+Inf"} 1', 'count 1')],
    ['without the last bucket', buckets('bucket{le="1"} 1', 'count 1')],
    ['with another count than the last bucket', buckets('bucket{le="+Inf"} 1', 'count 2')],
  ])('%s', (_, text) => {
    expect(() => readPrometheus(text)).toThrow(Error);
  });
});

it('values of labels are read as they were before they were escaped', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.double(), (text, value) => {
      const escaped = text.replace(/[\\"]/g, '\\$&').replace(/\n/g, '\\n');
      const number = String(value)
        .replace(/^Infinity$/, '+Inf')
        .replace('-Infinity', '-Inf');
      const { series } = readPrometheus(`# TYPE a gauge\na{b="${escaped}x"} ${number}\n`);
      expect([...series]).toEqual([[seriesKey('a', [['b', `${text}x`]]), value + 0]]);
    }),
  );
});
