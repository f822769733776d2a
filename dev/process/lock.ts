/** Locks between processes. */
import { DatabaseSync } from 'node:sqlite';

/** A lock that one process at a time can hold. */
export interface Lock {
  /** Releases it; a second call does nothing. */
  readonly release: () => void;
}

/**
 * Takes the lock of a file, or returns nothing when another process holds it. The operating system keeps the lock (through
 * SQLite, because Node has no call for it), so it ends with its process, even by SIGKILL, and is never left behind.
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
