/** Finds free ports without collisions between processes that search at the same time. */
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { type Lock, takeLock } from './lock.ts';
import { isFree } from './port.ts';

/**
 * Below the range that systems use for outgoing connections, and above 10080, which `fetch` refuses. Each process takes
 * ports from its own block.
 */
const FIRST_FREE = 10_200;
const BLOCK = 200;
const BLOCKS = 110;
let next = 0;
/** Kept for the life of the process, so that the lock is not released. */
let own: ReturnType<typeof ownBlock> | undefined;

/** A port that nothing listens on, and that no other caller in any process receives. */
export async function freePort(taken: ReadonlySet<number> = new Set()): Promise<number> {
  own ??= ownBlock();
  const { first } = own;
  for (let tries = 0; tries < BLOCK; tries += 1) {
    const port = first + (next % BLOCK);
    next += 1;
    if (!taken.has(port) && (await isFree(port))) return port;
  }
  throw new Error(`no free port from ${first} to ${first + BLOCK - 1}`);
}

/**
 * A block belongs to one process until it ends. The port of a component that is down for a while looks free; a Collector
 * that delivered to another stack on that port would lose what it sends.
 */
function ownBlock(): { readonly first: number; readonly lock: Lock | undefined } {
  const { uid } = userInfo();
  for (let tries = 0; tries < BLOCKS; tries += 1) {
    const block = (process.pid + tries) % BLOCKS;
    const lock = takeLock(join(tmpdir(), `moneytrail-ports-${uid}-${block}.lock`));
    if (lock !== undefined) return { first: FIRST_FREE + block * BLOCK, lock };
  }
  return { first: FIRST_FREE + (process.pid % BLOCKS) * BLOCK, lock: undefined };
}
