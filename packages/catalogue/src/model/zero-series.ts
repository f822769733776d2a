/** Counts the series that start at zero, so that their number is known before a service starts. */
import type { AttributeTable } from './attribute.ts';
import type { Catalogue } from './catalogue.ts';
import type { InstrumentDefinition } from './instrument.ts';

/** Maximum number of series of one instrument that start at zero. */
export const MAX_ZERO_SERIES = 500;

/** Maximum number of series of all catalogues of a process that start at zero. */
export const MAX_ZERO_SERIES_OF_PROCESS = 3000;

/**
 * The number of series that the counters of a catalogue start at zero, for one provider and one currency.
 *
 * @example
 * ```ts
 * import { defineCatalogue, zeroSeriesCount } from '@moneytrail/catalogue';
 * const CATALOGUE = defineCatalogue({
 *   prefix: 'shop',
 *   instruments: { 'cart.opened': { kind: 'counter', unit: '{cart}', help: 'Carts.', attributes: [] } },
 * });
 * console.log(zeroSeriesCount(CATALOGUE)); // 1
 * ```
 */
export function zeroSeriesCount({ instruments, known }: Catalogue): number {
  return Object.values(instruments).reduce((sum, one) => sum + zeroSeriesOf(one, known), 0);
}

/**
 * The number of series of an instrument that start at zero, with one value for each attribute whose values are known only
 * in use.
 */
export function zeroSeriesOf(
  { kind, attributes }: InstrumentDefinition,
  known: AttributeTable,
): number {
  if (kind !== 'counter') return 0;
  return attributes.reduce((series, name) => {
    const { values, zeroSeries } = known[name] ?? {};
    return zeroSeries === undefined && values ? series * Object.keys(values).length : series;
  }, 1);
}
