/** Opens the file of the store: refused, or brought up to date. */
import { chmodSync, closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { codedError, MoneytrailError } from '../catalogue.ts';
import { messageOf } from '../error-code.ts';
import { ERRORS } from '../errors.ts';
import { Database } from './database.ts';
import { inspectFile } from './inspect.ts';
import { migrate } from './migrate.ts';
import { fileProblem } from './sqlite-errors.ts';

/** File of the store within its data directory. */
export const FILE_NAME = 'moneytrail.db';

/**
 * Opens the file of a data directory, makes it where it is missing and brings an older schema up to date. Throws a coded
 * error when another process has it open, when a newer store or another program wrote it, or when it cannot be read; such a file is left as
 * it was.
 */
export function openDatabase(dataDir: string, nowMs: number): Database {
  const file = join(dataDir, FILE_NAME);
  let database: Database | undefined;
  try {
    makeFolder(resolve(dataDir));
    const isNew = !existsSync(file);
    if (isNew) closeSync(openSync(file, 'a', PRIVATE_MODE));
    else inspectFile(file);
    database = new Database(file);
    prepare(database, nowMs);
    keepPrivate(file);
    return database;
  } catch (error) {
    database?.close();
    if (error instanceof MoneytrailError) throw error;
    if (fileProblem(error) === 'store_busy') {
      throw codedError(ERRORS, 'MONEYTRAIL_STORE_DATA_IN_USE', { file });
    }
    throw codedError(ERRORS, 'MONEYTRAIL_STORE_DATA_UNREADABLE', {
      file,
      reason: messageOf(error),
    });
  }
}

function prepare(database: Database, nowMs: number): void {
  // Exclusive: ids are counted in this process, so a second process must not write to the file.
  database.exec('PRAGMA locking_mode = EXCLUSIVE');
  const version = database.pragma('user_version');
  // A first start that is killed must leave no journal, because only who may write can read a file with one.
  if (version === 0) database.exec('PRAGMA journal_mode = MEMORY');
  // In WAL mode NORMAL survives the end of the process at any point; only a power cut may lose the last commits.
  database.exec('PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_mode = WAL');
  database.exec('PRAGMA synchronous = NORMAL; PRAGMA cache_size = -16000');
  database.transaction(() => migrate(database, version, nowMs));
  database.continueIds();
}

/** Only the owner may read payments, whatever the mode of the folder is. SQLite gives its other files the mode of this one. */
function keepPrivate(file: string): void {
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
