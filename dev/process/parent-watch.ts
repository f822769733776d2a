/** Starts the reaper, which ends the programs of this process when this process is gone. */
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { MARK } from './identity.ts';

const REAPER = fileURLToPath(new URL('./reaper.ts', import.meta.url));

/** Ends processes when this process ends, even by SIGKILL. */
export interface ParentWatch {
  /** Every process with these variables in its environment is ended, and so are the processes that it starts. */
  readonly env: Readonly<Record<string, string>>;
  /** Ends the processes that are still running. */
  readonly end: () => void;
}

/** Starts the reaper. Neither the reaper nor the pipe to it keeps this process alive. */
export function startParentWatch(): ParentWatch {
  const mark = randomUUID();
  const reaper = spawn(process.execPath, [REAPER, mark], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  reaper.unref();
  if (reaper.stdin instanceof Socket) reaper.stdin.unref();
  // The pipe breaks when the reaper was killed.
  reaper.stdin.on('error', () => undefined);
  return { env: { [MARK]: mark }, end: () => reaper.stdin.end() };
}
