/** Primary result codes of SQLite. */
const BUSY = 5;
const LOCKED = 6;

/** Whether another process holds the file. */
export function isBusy(error: unknown): boolean {
  const code = primaryCode(error);
  return code === BUSY || code === LOCKED;
}

/** SQLite's primary result code, or `undefined` for errors of other origin. */
export function primaryCode(error: unknown): number | undefined {
  const isSqlite = typeof error === 'object' && error !== null && 'errcode' in error;
  return isSqlite ? Number(error.errcode) & 0xff : undefined;
}
