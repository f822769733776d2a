/** Maps SQLite errors by their primary result code. */

/** Why the file could not be written. */
export type FileProblem = 'store_full' | 'store_busy' | 'store_unwritable' | 'store_damaged';

const PROBLEMS: ReadonlyMap<number, FileProblem> = new Map([
  [5, 'store_busy'], // SQLITE_BUSY
  [6, 'store_busy'], // SQLITE_LOCKED
  [7, 'store_unwritable'], // SQLITE_NOMEM
  [8, 'store_unwritable'], // SQLITE_READONLY
  [10, 'store_unwritable'], // SQLITE_IOERR
  [11, 'store_damaged'], // SQLITE_CORRUPT
  [13, 'store_full'], // SQLITE_FULL
  [14, 'store_unwritable'], // SQLITE_CANTOPEN
  [26, 'store_damaged'], // SQLITE_NOTADB
]);

/** The fault of the file; `undefined` for errors of statements and values, and for other errors. */
export function fileProblem(error: unknown): FileProblem | undefined {
  const isSqlite = typeof error === 'object' && error !== null && 'errcode' in error;
  return isSqlite ? PROBLEMS.get(Number(error.errcode) & 0xff) : undefined;
}
