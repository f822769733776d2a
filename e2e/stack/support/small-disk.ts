import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const MEGABYTE = Buffer.alloc(1_000_000);

/** A folder on a small disk. */
export interface SmallDisk {
  readonly folder: string;
  /** Fills the disk. */
  readonly fill: () => void;
  /** Frees the space. */
  readonly empty: () => void;
  readonly remove: () => void;
}

/** Creates a disk in memory; returns undefined without root permissions. */
export function smallDisk(folder: string, megabytes: number): SmallDisk | undefined {
  mkdirSync(folder, { recursive: true });
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder], {
      stdio: 'ignore',
    });
  } catch {
    return undefined;
  }
  const filler = join(folder, 'filler');
  return {
    folder,
    fill: () => {
      try {
        for (;;) appendFileSync(filler, MEGABYTE);
      } catch {
        // The disk is full, as intended.
      }
    },
    empty: () => rmSync(filler, { force: true }),
    // Lazy, because a process that ends still has its files open for a moment.
    remove: () => void execFileSync('umount', ['-l', folder]),
  };
}
