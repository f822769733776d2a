import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const MEGABYTE = Buffer.alloc(1_000_000);

/** A folder with a small disk of its own. */
export interface SmallDisk {
  readonly folder: string;
  /** Takes all room that is left. */
  readonly fill: () => void;
  /** Gives it back. */
  readonly empty: () => void;
  readonly remove: () => void;
}

/** Makes one in memory; gives nothing where that is not permitted, which it is to root alone. */
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
        // Full, which is what was wanted.
      }
    },
    empty: () => rmSync(filler, { force: true }),
    // Lazy: a process that ends holds its files for a moment longer.
    remove: () => void execFileSync('umount', ['-l', folder]),
  };
}
