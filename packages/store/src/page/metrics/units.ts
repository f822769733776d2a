/** Text of measured values. */
import type { InstrumentDefinition } from '@moneytrail/catalogue';
import { duration } from '../data/time.ts';

const STEPS: readonly (readonly [number, string])[] = [
  [1e9, 'G'],
  [1e6, 'M'],
  [1e4, 'k'],
];

/** A value in the unit of its instrument, short enough for an axis. */
export function formatValue(value: number | null, unit: string): string {
  if (value === null) return '–';
  if (value === 0) return '0';
  return unit === 's' ? duration(value * 1000) : short(value);
}

/** What a chart's height means: `attempts per minute`, `seconds`, `major units`. */
export function unitWords({ unit, kind }: InstrumentDefinition, name: string): string {
  const annotation = /^\{(.+)\}$/.exec(unit)?.[1]?.replaceAll('_', ' ');
  const many =
    annotation === 'currency unit'
      ? 'major units'
      : `${annotation ?? ''}s`.replace(/chs$/, 'ches').replace(/ys$/, 'ies');
  if (name.endsWith('.timestamp')) return 'time since';
  if (kind === 'counter') return annotation === undefined ? 'per minute' : `${many} per minute`;
  if (unit === 's') return 'time';
  return annotation === undefined ? unit : many;
}

function short(value: number): string {
  const step = STEPS.find(([size]) => Math.abs(value) >= size);
  const [size, letter] = step ?? [1, ''];
  const scaled = value / size;
  const text = String(
    Number(scaled.toFixed(Math.abs(scaled) < 10 ? 2 : Math.abs(scaled) < 100 ? 1 : 0)),
  );
  return text.replace(/\B(?=(\d{3})+(?!\d))(?<!\..*)/g, ',') + letter;
}
