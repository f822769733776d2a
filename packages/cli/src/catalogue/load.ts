/** Loads the catalogues that a file exports. */
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CATALOGUE, type Catalogue, checkTogether, codedError } from '@moneytrail/catalogue';
import { ERRORS } from '../errors.ts';

/** Every catalogue that the file exports. Throws a coded error for a file without catalogues, and for one that cannot be loaded. */
export async function loadCatalogues(file: string): Promise<Catalogue[]> {
  const exported = await importFile(file);
  const catalogues = Object.values(exported).filter(isCatalogue);
  if (catalogues.length === 0) {
    throw codedError(ERRORS, 'MONEYTRAIL_CLI_CATALOGUE_MISSING', { file });
  }
  const others: Catalogue[] = [CATALOGUE];
  for (const catalogue of new Set(catalogues)) {
    checkTogether(catalogue, others);
    others.push(catalogue);
  }
  return others.slice(1);
}

/** Imports a file. Errors of invalid entries come from the copy of the package in the service, so their class differs. */
async function importFile(file: string): Promise<object> {
  try {
    return await import(pathToFileURL(resolve(file)).href);
  } catch (error) {
    if (error instanceof Error && error.name === 'MoneytrailError') {
      throw codedError(ERRORS, 'MONEYTRAIL_CLI_CATALOGUE_WRONG', { file, problem: error.message });
    }
    const reason = error instanceof Error ? error.message : String(error);
    throw codedError(ERRORS, 'MONEYTRAIL_CLI_CATALOGUE_UNREADABLE', { file, reason });
  }
}

function isCatalogue(value: unknown): value is Catalogue {
  if (typeof value !== 'object' || value === null) return false;
  return ['prefix', 'known', 'events', 'instruments'].every((key) => key in value);
}
