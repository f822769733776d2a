/** Formats values of metrics. */
import { currencyExponent } from '@moneytrail/catalogue';
import { groupDigits } from '../data/money.ts';
import { duration } from '../data/time.ts';
import type { Panel } from './groups.ts';

/** Letters of an ISO 4217 code. */
const CODE_LENGTH = 3;

const STEPS: readonly (readonly [from: number, size: number, letter: string])[] = [
  [1e9, 1e9, 'G'],
  [1e6, 1e6, 'M'],
  [1e4, 1e3, 'k'],
];

/** A value in the unit of its instrument, short enough for an axis: `30.5k`. */
export function formatValue(value: number | null, unit: string): string {
  if (value === null) return '–';
  if (value === 0) return '0';
  if (unit === 's') return duration(value * 1000);
  const step = STEPS.find(([from]) => Math.abs(value) >= from);
  return step === undefined ? rounded(value) : rounded(value / step[1]) + step[2];
}

/** The same with all digits, for a legend: `30,500`. */
export function formatFigure(value: number | null, unit: string): string {
  if (value === null || unit === 's') return formatValue(value, unit);
  return group(String(Number(value.toFixed(2))));
}

/** Money in major units with the decimals of its currency, which a label begins with: `EUR · paid`. */
export function formatMajor(value: number | null, label: string): string {
  if (value === null) return '–';
  const exponent = currencyExponent(label.slice(0, CODE_LENGTH));
  return exponent === undefined ? formatFigure(value, '') : group(value.toFixed(exponent));
}

/** The unit of the vertical axis: `attempts per minute`, `duration`, `major units`. */
export function unitWords({ name, unit, kind }: Pick<Panel, 'name' | 'unit' | 'kind'>): string {
  if (name.endsWith('.timestamp')) return 'time since';
  if (unit === 's') return 'duration';
  const many = KNOWN_UNITS[unit] ?? countedUnit(unit);
  return kind === 'counter' ? `${many} per minute` : many;
}

const KNOWN_UNITS: Readonly<Record<string, string>> = {
  '': 'value',
  '1': 'value',
  By: 'bytes',
  ms: 'milliseconds',
  '{currency_unit}': 'major units',
};

/** `{payment}` is counted in payments; other units are shown unchanged. */
function countedUnit(unit: string): string {
  const one = /^\{(.+)\}$/.exec(unit)?.[1]?.replaceAll('_', ' ');
  return one === undefined ? unit : plural(one);
}

function plural(word: string): string {
  return /(s|ch|x)$/.test(word) ? `${word}es` : `${word.replace(/([^aeiou])y$/, '$1ie')}s`;
}

/** Rounds to about three digits, which is enough for an axis. */
function rounded(value: number): string {
  const size = Math.abs(value);
  return group(String(Number(value.toFixed(size < 10 ? 2 : size < 100 ? 1 : 0))));
}

function group(text: string): string {
  const [whole = '', ...decimals] = text.split('.');
  return [groupDigits(whole), ...decimals].join('.');
}
