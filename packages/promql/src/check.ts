/** Validates the parts of a query, for callers whose types are not checked, and what no type can check. */
import { codedError, type MoneytrailError, nearest, shownValue } from '@moneytrail/catalogue';
import { ERRORS } from './errors.ts';
import type { Metric, MetricKind } from './metric.ts';

/** A duration of Prometheus, or a variable of Grafana that stands for one. */
const DURATION = /^(?:(?:\d+(?:ms|[smhdwy]))+|\$\w+|\$\{\w+\}|\[\[\w+\]\])$/;

/** What regular expressions of JavaScript have, and those of Prometheus (RE2) do not: lookaround, references, `[^]`, `\u`. */
const NOT_IN_RE2 = /\(\?<?[=!]|\\(?:[1-9]|k<|u|c)|\[\^?\]/;

/** Names of a message. */
const MAX_LISTED = 12;

/** `MONEYTRAIL_QUERY_INVALID` for a part of a query. */
export function invalidPart(part: string, value: unknown, expected: string): MoneytrailError {
  return codedError(ERRORS, 'MONEYTRAIL_QUERY_INVALID', {
    part,
    value: shownValue(value),
    expected,
  });
}

/** Throws if `name` is not one of the names. */
export function checkName(part: string, name: unknown, names: readonly string[]): void {
  if (names.some((one) => one === name)) return;
  const meant = typeof name === 'string' ? nearest(name, names) : undefined;
  const few = names.length <= MAX_LISTED ? `one of ${names.join(', ')}` : 'one that is declared';
  throw invalidPart(part, name, meant === undefined ? few : `${few}; did you mean ${meant}?`);
}

/** Throws if a builder does not apply to the kind of the metric: a gauge has no rate. */
export function checkKind({ series, kind }: Metric, builder: string, ...kinds: MetricKind[]): void {
  if (kinds.includes(kind)) return;
  throw invalidPart(`the metric ${series}`, kind, `a ${kinds.join(' or ')} for ${builder}`);
}

/** Throws if a window is not a duration of Prometheus or a variable. */
export function checkDuration(duration: unknown): asserts duration is string {
  if (typeof duration !== 'string' || !DURATION.test(duration))
    throw invalidPart(
      'a window',
      duration,
      'a duration such as 5m, or a variable such as $__range',
    );
}

/** Throws if the regular expression means something else in Prometheus, or nothing. */
export function checkPattern(label: string, pattern: RegExp): void {
  if (!NOT_IN_RE2.test(pattern.source.replaceAll(String.raw`\\`, ''))) return;
  const expected =
    'without lookaround, back references, [^], \\u and \\c, which Prometheus does not have';
  throw invalidPart(`the label ${label}`, String(pattern), expected);
}
