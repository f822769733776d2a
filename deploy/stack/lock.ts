import { DatabaseSync } from 'node:sqlite';

/** A lock that one process at a time can have. */
export interface Lock {
  /** Gives it back; a second time does nothing. */
  readonly release: () => void;
}

/**
 * Takes the lock of a file, or gives nothing when another process has it. The operating system keeps it (through SQLite,
 * as Node has no call of its own), so it ends with its process, by whatever signal, and no lock is ever left behind.
 */
export function takeLock(file: string): Lock | undefined {
  const database = new DatabaseSync(file);
  try {
    database.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
  } catch {
    database.close();
    return undefined;
  }
  return {
    release: () => {
      if (database.isOpen) database.close();
    },
  };
}
