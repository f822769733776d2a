/** Checks that several catalogues can be used in one process. */
import { codedError } from '../coded.ts';
import { CATALOGUE_ERRORS } from '../errors.ts';
import { prometheusName } from '../names.ts';
import type { Catalogue } from './catalogue.ts';
import { MAX_ZERO_SERIES_OF_PROCESS, zeroSeriesCount } from './zero-series.ts';

/**
 * Checks that a catalogue can be used with others in one process. Throws `MONEYTRAIL_CATALOGUE_NAME_TAKEN` if one of them
 * has its prefix, `MONEYTRAIL_CATALOGUE_NAMES_FOLD` if two metrics would have the same name in Prometheus, and
 * `MONEYTRAIL_CATALOGUE_TOO_MANY_SERIES` if all of them start with more than 3,000 series.
 *
 * @example
 * ```ts
 * import { CATALOGUE, checkTogether, defineCatalogue } from '@moneytrail/catalogue';
 * checkTogether(defineCatalogue({ prefix: 'shop' }), [CATALOGUE]);
 * ```
 */
export function checkTogether(catalogue: Catalogue, others: readonly Catalogue[]): void {
  const owner = catalogue.prefix.slice(0, -1);
  if (others.some(({ prefix }) => prefix === catalogue.prefix)) {
    throw codedError(CATALOGUE_ERRORS, 'MONEYTRAIL_CATALOGUE_NAME_TAKEN', { name: owner });
  }
  const taken = new Map(others.flatMap(metricNames));
  for (const [metric, name] of metricNames(catalogue)) {
    const other = taken.get(metric);
    if (other === undefined) continue;
    throw codedError(CATALOGUE_ERRORS, 'MONEYTRAIL_CATALOGUE_NAMES_FOLD', {
      a: other,
      b: name,
      folded: metric,
    });
  }
  const series = [...others, catalogue].reduce((sum, one) => sum + zeroSeriesCount(one), 0);
  if (series <= MAX_ZERO_SERIES_OF_PROCESS) return;
  throw codedError(CATALOGUE_ERRORS, 'MONEYTRAIL_CATALOGUE_TOO_MANY_SERIES', {
    owner: `${owner}, with the other catalogues of the process,`,
    series,
    limit: MAX_ZERO_SERIES_OF_PROCESS,
  });
}

function metricNames({ prefix, instruments }: Catalogue): [metric: string, name: string][] {
  return Object.entries(instruments).map(([name, { unit, kind }]) => [
    prometheusName(prefix + name, unit, kind),
    prefix + name,
  ]);
}
