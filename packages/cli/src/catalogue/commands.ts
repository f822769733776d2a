/** `moneytrail catalogue docs` and `moneytrail catalogue check`. */
import {
  type Catalogue,
  codedError,
  MoneytrailError,
  zeroSeriesCount,
} from '@moneytrail/catalogue';
import { catalogueDocs } from '@moneytrail/catalogue/docs';
import { parse } from '../arguments.ts';
import { ERRORS } from '../errors.ts';
import { type CliIo, EXIT } from '../io.ts';
import { loadCatalogues } from './load.ts';

const OPTIONS = { catalogue: { type: 'string' } } as const;

/** `moneytrail catalogue docs --catalogue FILE`. */
export async function docsCommand(args: readonly string[], io: CliIo): Promise<number> {
  const catalogues = await loadCatalogues(fileOf(args));
  io.out(catalogues.map(catalogueDocs).join('\n'));
  return EXIT.clean;
}

/** `moneytrail catalogue check --catalogue FILE`. */
export async function checkCommand(args: readonly string[], io: CliIo): Promise<number> {
  try {
    for (const catalogue of await loadCatalogues(fileOf(args))) io.out(summary(catalogue));
    return EXIT.clean;
  } catch (error) {
    const isFinding =
      error instanceof MoneytrailError &&
      (error.code === 'MONEYTRAIL_CLI_CATALOGUE_WRONG' ||
        error.code.startsWith('MONEYTRAIL_CATALOGUE_'));
    if (!isFinding) throw error;
    io.error(`${error.message}\n`);
    return EXIT.findings;
  }
}

function fileOf(args: readonly string[]): string {
  const { catalogue } = parse(args, OPTIONS).values;
  if (catalogue !== undefined) return catalogue;
  throw codedError(ERRORS, 'MONEYTRAIL_CLI_USAGE', { problem: '--catalogue FILE is missing' });
}

function summary(catalogue: Catalogue): string {
  const { prefix, attributes, events, instruments, lifecycles } = catalogue;
  const counts = Object.entries({ attributes, events, instruments, lifecycles })
    .map(([name, table]) => counted(Object.keys(table).length, name))
    .join(', ');
  return `${prefix.slice(0, -1)}: ${counts}; ${zeroSeriesCount(catalogue)} series at zero\n`;
}

/** Formats a count: `1 event`, `2 events`. */
function counted(count: number, plural: string): string {
  return `${count} ${count === 1 ? plural.slice(0, -1) : plural}`;
}
