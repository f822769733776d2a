/** Inspects a file before anything in it is changed: a rejected file keeps its content and mode. */
import { existsSync, rmSync } from 'node:fs';
import { codedError } from '../catalogue.ts';
import { ERRORS } from '../errors.ts';
import { Database } from './database.ts';
import { APPLICATION_ID, SCHEMA_VERSION } from './schema.ts';

/**
 * Rejects files that must not be changed: of another program, of a newer store, or damaged. Throws a coded error, or SQLite's own.
 */
export function inspectFile(file: string): void {
  const companions = ['-wal', '-shm'].map((suffix) => file + suffix);
  const missing = companions.filter((path) => !existsSync(path));
  try {
    const database = new Database(file, { readOnly: true });
    try {
      inspect(database, file);
    } finally {
      database.close();
    }
  } catch (error) {
    // Reading a file in WAL mode creates them; they are empty.
    for (const path of missing) rmSync(path, { force: true });
    throw error;
  }
}

function inspect(database: Database, file: string): void {
  const version = database.pragma('user_version');
  const tables = database.get<{ count: number }>('SELECT count(*) AS count FROM sqlite_schema');
  if (tables?.count !== 0 && database.pragma('application_id') !== APPLICATION_ID) {
    throw codedError(ERRORS, 'MONEYTRAIL_STORE_DATA_UNREADABLE', {
      file,
      reason: 'another program wrote it',
    });
  }
  if (version > SCHEMA_VERSION) {
    throw codedError(ERRORS, 'MONEYTRAIL_STORE_SCHEMA_NEWER', {
      file,
      found: version,
      known: SCHEMA_VERSION,
    });
  }
  if (version === SCHEMA_VERSION) database.continueIds();
}
