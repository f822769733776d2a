import { chmodSync, closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { MoneytrailError } from '@moneytrail/catalogue';
import { messageOf } from '../error-code.ts';
import { Database } from './database.ts';
import { deriveAll } from './derive.ts';
import { APPLICATION_ID, MIGRATIONS, SCHEMA_VERSION } from './schema.ts';
import { isBusy } from './sqlite-errors.ts';

/** File of the store within its data directory. */
export const FILE_NAME = 'moneytrail.db';

/**
 * Opens the file of a data directory, makes it where it is missing and brings an older schema up to date. Throws a coded
 * error when another process has it open, when a newer store wrote it, or when it cannot be read.
 */
export function openDatabase(dataDir: string, nowMs: number): Database {
  const file = join(dataDir, FILE_NAME);
  let database: Database | undefined;
  try {
    makeFolder(resolve(dataDir));
    keepPrivate(file);
    database = new Database(file);
    prepare(database, file, nowMs);
    return database;
  } catch (error) {
    database?.close();
    if (error instanceof MoneytrailError) throw error;
    if (isBusy(error)) throw new MoneytrailError('MONEYTRAIL_STORE_DATA_IN_USE', file);
    throw new MoneytrailError('MONEYTRAIL_STORE_DATA_UNREADABLE', file, messageOf(error));
  }
}

/** What a file is before anything is written to it. */
interface Found {
  readonly empty: boolean;
  readonly version: number;
}

function prepare(database: Database, file: string, nowMs: number): void {
  // Exclusive: ids are counted in this process, so a second process must not write beside it.
  database.exec('PRAGMA locking_mode = EXCLUSIVE');
  const found = inspect(database, file);
  // In WAL mode NORMAL survives the end of the process at any point; only a power cut may lose the last commits.
  database.exec('PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_mode = WAL');
  database.exec('PRAGMA synchronous = NORMAL; PRAGMA cache_size = -16000');
  database.transaction(() => migrate(database, found, nowMs));
  database.continueIds();
}

/** Refuses files that are not ours to change. */
function inspect(database: Database, file: string): Found {
  const version = database.pragma('user_version');
  const tables = database.get<{ count: number }>('SELECT count(*) AS count FROM sqlite_schema');
  const empty = tables?.count === 0;
  if (!empty && database.pragma('application_id') !== APPLICATION_ID) {
    throw new MoneytrailError('MONEYTRAIL_STORE_DATA_UNREADABLE', file, 'another program wrote it');
  }
  if (version > SCHEMA_VERSION) {
    throw new MoneytrailError('MONEYTRAIL_STORE_SCHEMA_NEWER', file, version, SCHEMA_VERSION);
  }
  return { empty, version };
}

function migrate(database: Database, { empty, version }: Found, nowMs: number): void {
  const steps = MIGRATIONS.slice(version);
  for (const step of steps) database.exec(step.sql);
  database.exec(
    `PRAGMA user_version = ${SCHEMA_VERSION}; PRAGMA application_id = ${APPLICATION_ID}`,
  );
  database.run(
    "INSERT INTO meta (key, value) VALUES ('since_ms', ?) ON CONFLICT DO NOTHING",
    nowMs,
  );
  if (!empty && steps.some((step) => step.derive)) {
    database.continueIds();
    deriveAll(database, nowMs);
  }
}

/** Payments are nobody's business but the owner's, whatever the folder is. SQLite gives its other files the mode of this one. */
function keepPrivate(file: string): void {
  closeSync(openSync(file, 'a', PRIVATE_MODE));
  for (const suffix of ['', '-wal', '-shm', '-journal']) {
    if (existsSync(file + suffix)) chmodSync(file + suffix, PRIVATE_MODE);
  }
}

const PRIVATE_MODE = 0o600;

/** Folder by folder: the recursive mode of Node never returns where `/proc` refuses. */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  mkdirSync(path, { mode: 0o700 });
}
