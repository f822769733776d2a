/** Names on the wire, and their names in Prometheus. */

/** Prefix of every metric and event of Moneytrail on the wire. */
export const PREFIX = 'moneytrail.';

/** Name of the scope of metrics of catalogues. */
export const OWN_SCOPE = '@moneytrail/metrics';

const UNIT_WORDS: Readonly<Record<string, string>> = {
  d: 'days',
  h: 'hours',
  min: 'minutes',
  s: 'seconds',
  ms: 'milliseconds',
  us: 'microseconds',
  ns: 'nanoseconds',
  By: 'bytes',
  KiBy: 'kibibytes',
  MiBy: 'mebibytes',
  GiBy: 'gibibytes',
  TiBy: 'tibibytes',
  KBy: 'kilobytes',
  MBy: 'megabytes',
  GBy: 'gigabytes',
  TBy: 'terabytes',
  m: 'meters',
  V: 'volts',
  A: 'amperes',
  J: 'joules',
  W: 'watts',
  g: 'grams',
  Cel: 'celsius',
  Hz: 'hertz',
  '1': '',
  '%': 'percent',
};

const PER_WORDS: Readonly<Record<string, string>> = {
  s: 'second',
  m: 'minute',
  h: 'hour',
  d: 'day',
  w: 'week',
  mo: 'month',
  y: 'year',
};

/** Whether a unit is a known UCUM unit, an annotation in braces, or a quotient of two of them. */
export function isKnownUnit(unit: string): boolean {
  const [main = '', per, ...rest] = unit.split('/');
  const isMain = Object.hasOwn(UNIT_WORDS, main) || isAnnotation(main);
  const isPer = per === undefined || Object.hasOwn(PER_WORDS, per) || isAnnotation(per);
  return isMain && isPer && rest.length === 0;
}

/**
 * The name that Prometheus gives an OTLP metric under `UnderscoreEscapingWithSuffixes`: characters outside `[a-zA-Z0-9:]`
 * become single underscores, then the unit, then `total` for counters and `ratio` for gauges of unit `1`, each once. The
 * rules are those of prometheus/otlptranslator. Empty if nothing is left, which Prometheus rejects.
 *
 * @example
 * ```ts
 * import { prometheusName } from '@moneytrail/catalogue';
 * console.log(prometheusName('moneytrail.webhook.delivery.lag', 's', 'histogram'));
 * // moneytrail_webhook_delivery_lag_seconds
 * ```
 */
export function prometheusName(
  name: string,
  unit: string,
  kind: 'counter' | 'gauge' | 'histogram' | 'updowncounter',
): string {
  const words = name.split(/[^a-zA-Z0-9:]+/).filter(Boolean);
  const tokens = [...words, ...unitTokens(unit, words)];
  if (kind === 'counter') moveToEnd(tokens, 'total');
  if (kind === 'gauge' && unit === '1') moveToEnd(tokens, 'ratio');
  const joined = tokens.join('_');
  return /^[0-9]/.test(joined) ? `_${joined}` : joined;
}

/**
 * The Prometheus labels of the attributes of a point. Attributes that become the same label share it: their values are
 * joined with `;` in the order of the attribute names. Empty labels are left out, and `__name__` is reserved for the
 * metric.
 *
 * @example
 * ```ts
 * import { prometheusLabels } from '@moneytrail/catalogue';
 * console.log(prometheusLabels([['a_b', '2'], ['a.b', '1']])); // Map(1) { 'a_b' => '1;2' }
 * ```
 */
export function prometheusLabels(
  attributes: Iterable<readonly [name: string, value: string]>,
): Map<string, string> {
  const labels = new Map<string, string>();
  for (const [name, value] of [...attributes].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const label = prometheusLabel(name);
    const known = labels.get(label);
    const joined = known === undefined ? value : `${known};${value}`;
    if (joined !== '' && label !== '__name__') labels.set(label, joined);
  }
  return labels;
}

/**
 * The scope labels of a metric, as in the OpenTelemetry specification. They distinguish metrics with the same name of two
 * libraries. Metrics of catalogues do not have them.
 *
 * @example
 * ```ts
 * import { scopeLabels } from '@moneytrail/catalogue';
 * console.log(scopeLabels({ name: 'lib-a', version: '1.0.0' }).get('otel_scope_version')); // 1.0.0
 * ```
 */
export function scopeLabels(scope: {
  readonly name: string;
  readonly version?: string | undefined;
  readonly schemaUrl?: string | undefined;
}): Map<string, string> {
  const { name, version = '', schemaUrl = '' } = scope;
  const labels: [string, string][] = [
    ['otel_scope_name', name],
    ['otel_scope_version', version],
    ['otel_scope_schema_url', schemaUrl],
  ];
  return new Map(name === OWN_SCOPE ? [] : labels.filter(([, value]) => value !== ''));
}

/**
 * The Prometheus label of an attribute name: each character outside `[a-zA-Z0-9_]` becomes an underscore, and `key_` keeps
 * a digit or a single underscore from being the first. Prometheus rejects names without a letter or digit; here they become
 * `key_`.
 *
 * @example
 * ```ts
 * import { prometheusLabel } from '@moneytrail/catalogue';
 * console.log(prometheusLabel('payment.method.type')); // payment_method_type
 * ```
 */
export function prometheusLabel(attribute: string): string {
  const label = attribute.replace(/[^a-zA-Z0-9_]/gu, '_');
  if (/^_*$/.test(label)) return 'key_';
  if (/^[0-9]/.test(label)) return `key_${label}`;
  return /^_(?!_)/.test(label) ? `key${label}` : label;
}

function isAnnotation(unit: string): boolean {
  return /^\{[a-z][a-z0-9_]*\}$/.test(unit);
}

/** The words of a unit and of its divisor, without words that the name already contains. */
function unitTokens(unit: string, words: readonly string[]): string[] {
  const [main = '', ...rest] = unit.split('/');
  const per = wordOf(rest.join('/'), PER_WORDS);
  const perToken = per === '' ? '' : escaped(`per_${per}`).replace(/_$/, '');
  const hasPer = perToken !== '' && perToken !== 'per';
  const word = escaped(wordOf(main, UNIT_WORDS));
  const mainToken = hasPer ? word.replace(/_$/, '') : word;
  const isSaid = mainToken === '' || words.includes(word);
  return [...(isSaid ? [] : [mainToken]), ...(hasPer ? [perToken] : [])];
}

/** Looks up a unit. It may be called `constructor`. */
function wordOf(unit: string, words: Readonly<Record<string, string>>): string {
  const trimmed = unit.replace(/\p{White_Space}+/gu, ' ').replace(/^ | $/g, '');
  if (/[{}]/.test(trimmed)) return '';
  return Object.hasOwn(words, trimmed) ? (words[trimmed] ?? '') : trimmed;
}

function escaped(word: string): string {
  return word.replace(/[^a-zA-Z0-9:]+/g, '_').replace(/^_/, '');
}

function moveToEnd(tokens: string[], suffix: string): void {
  const others = tokens.filter((token) => token !== suffix);
  tokens.splice(0, tokens.length, ...others, suffix);
}
