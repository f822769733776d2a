/** Prefix of every metric and event of Moneytrail on the wire. */
export const PREFIX = 'moneytrail.';

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
  KBy: 'kilobytes',
  MBy: 'megabytes',
  GBy: 'gigabytes',
  m: 'meters',
  V: 'volts',
  A: 'amperes',
  J: 'joules',
  W: 'watts',
  g: 'grams',
  Cel: 'celsius',
  Hz: 'hertz',
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

/**
 * The name that Prometheus gives an OTLP metric under `UnderscoreEscapingWithSuffixes`: characters outside `[a-zA-Z0-9:]`
 * become single underscores, then the unit, then `total` for counters and `ratio` for gauges of unit `1`, each once. Rules
 * of prometheus/otlptranslator.
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
  const tokens = name.split(/[^a-zA-Z0-9:]+/).filter(Boolean);
  const [main = '', per = ''] = unit.split('/', 2);
  appendUnit(tokens, unitWord(main, UNIT_WORDS));
  const perWord = unitWord(per, PER_WORDS);
  if (perWord && !tokens.includes(perWord)) tokens.push('per', perWord);
  if (kind === 'counter') moveToEnd(tokens, 'total');
  if (kind === 'gauge' && unit === '1') moveToEnd(tokens, 'ratio');
  const joined = tokens.join('_');
  return /^[0-9]/.test(joined) ? `_${joined}` : joined;
}

/**
 * The label name that Prometheus makes of an attribute name.
 *
 * @example
 * ```ts
 * import { prometheusLabel } from '@moneytrail/catalogue';
 * console.log(prometheusLabel('payment.method.type')); // payment_method_type
 * ```
 */
export function prometheusLabel(attribute: string): string {
  const label = attribute.replace(/[^a-zA-Z0-9_]/g, '_');
  return /^[0-9]/.test(label) ? `key_${label}` : label;
}

function unitWord(unit: string, words: Readonly<Record<string, string>>): string {
  const trimmed = unit.trim();
  if (trimmed === '' || trimmed === '1' || /[{}]/.test(trimmed)) return '';
  // A unit may be called `constructor`.
  const word = Object.hasOwn(words, trimmed) ? (words[trimmed] ?? '') : trimmed;
  return word.replace(/[^a-zA-Z0-9]+/g, '_').replace(/^_|_$/g, '');
}

function appendUnit(tokens: string[], unit: string): void {
  if (unit !== '' && !tokens.includes(unit)) tokens.push(unit);
}

function moveToEnd(tokens: string[], suffix: string): void {
  const at = tokens.indexOf(suffix);
  if (at >= 0) tokens.splice(at, 1);
  tokens.push(suffix);
}
