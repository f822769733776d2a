import type { Source } from './variables.ts';

/** A finished query with what a panel has to know of it. */
export interface Query {
  readonly source: Extract<Source, 'prometheus' | 'loki'>;
  readonly expr: string;
  /** Unit of the values, as Grafana calls it. */
  readonly unit: string;
  /** Attributes that tell its series apart. */
  readonly labels: readonly string[];
}

/** Grafana's name of a unit of the catalogue or of semantic conventions. */
export function grafanaUnit(unit: string): string {
  return UNITS[unit] ?? (unit.startsWith('{') || unit === '' ? 'short' : unit);
}

/** Money is written out: an amount that is shortened to `1.2 K` cannot be compared with a bank's. */
const MONEY_UNIT = 'locale';

const UNITS: Readonly<Record<string, string>> = {
  '{currency_unit}': MONEY_UNIT,
  '1': 'percentunit',
  s: 's',
  By: 'bytes',
};
