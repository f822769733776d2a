// How many series begin at zero, so that their number is known before a service starts.
import type { AttributeTable } from './attribute.ts';
import type { Catalogue } from './catalogue.ts';
import type { InstrumentDefinition } from './instrument.ts';

/** Series of one instrument that may begin at zero. */
export const MAX_ZERO_SERIES = 500;

/** Series of all catalogues of a process that may begin at zero. */
export const MAX_ZERO_SERIES_OF_PROCESS = 3000;

/** The series of an instrument that begin at zero, for one value of each attribute whose values are only known in use. */
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

/**
 * The series that the counters of a catalogue begin at zero, for one provider and one currency.
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
