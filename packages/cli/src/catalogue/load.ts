/** The catalogues that a file of a service exports. */
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CATALOGUE, type Catalogue, checkTogether, MoneytrailError } from '@moneytrail/catalogue';

/** Every catalogue that the file exports. Throws a coded error for a file without one, and for one that does not load. */
export async function loadCatalogues(file: string): Promise<Catalogue[]> {
  const exported = await importFile(file);
  const catalogues = Object.values(exported).filter(isCatalogue);
  if (catalogues.length === 0) {
    throw new MoneytrailError('MONEYTRAIL_CLI_CATALOGUE_MISSING', file);
  }
  const others: Catalogue[] = [CATALOGUE];
  for (const catalogue of new Set(catalogues)) {
    checkTogether(catalogue, others);
    others.push(catalogue);
  }
  return others.slice(1);
}

/** The error of a wrong entry comes from the copy of the service, so that its class is another one. */
async function importFile(file: string): Promise<object> {
  try {
    return await import(pathToFileURL(resolve(file)).href);
  } catch (error) {
    if (error instanceof Error && error.message.startsWith('MONEYTRAIL_')) {
      throw new MoneytrailError('MONEYTRAIL_CLI_CATALOGUE_WRONG', file, error.message);
    }
    const reason = error instanceof Error ? error.message : String(error);
    throw new MoneytrailError('MONEYTRAIL_CLI_CATALOGUE_UNREADABLE', file, reason);
  }
}

function isCatalogue(value: unknown): value is Catalogue {
  if (typeof value !== 'object' || value === null) return false;
  return ['prefix', 'known', 'events', 'instruments'].every((key) => key in value);
}
