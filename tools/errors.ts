// All errors of the repository: each `errors.ts` of a package, and of `dev`, exports tables of them.
import type { ErrorTable } from '@moneytrail/catalogue';
import { filesOf, ROOT } from './repository.ts';

/** One error, with the folder of the sources that raise it. */
export interface KnownError {
  readonly code: string;
  readonly folder: string;
  readonly message: string;
  readonly remedy: string;
}

/** Every error, by its code. */
export async function allErrors(): Promise<KnownError[]> {
  const files = filesOf('packages/*/src/errors.ts', 'dev/errors.ts');
  const found = await Promise.all(files.map(errorsOf));
  return found.flat().toSorted((a, b) => (a.code < b.code ? -1 : 1));
}

async function errorsOf(file: string): Promise<KnownError[]> {
  const exported: Record<string, ErrorTable> = await import(ROOT + file);
  const folder = file.slice(0, file.lastIndexOf('/'));
  return Object.values(exported)
    .flatMap((table) => Object.entries(table))
    .map(([code, error]) => ({ code, folder, ...error }));
}
