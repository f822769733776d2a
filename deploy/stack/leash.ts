import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { LEASH } from './identity.ts';

const GUARD = fileURLToPath(new URL('./guard.ts', import.meta.url));

/** Ends processes when this one is gone, by whatever signal. */
export interface Leash {
  /** Whoever has this in its environment is held; so are the processes that it starts. */
  readonly env: Readonly<Record<string, string>>;
  /** Ends what still runs. */
  readonly letGo: () => void;
}

/** Starts the guard beside this process. Neither it nor the pipe to it keeps this process alive. */
export function startLeash(): Leash {
  const mark = randomUUID();
  const guard = spawn(process.execPath, [GUARD, mark], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  guard.unref();
  if (guard.stdin instanceof Socket) guard.stdin.unref();
  // A guard that was killed cannot be told.
  guard.stdin.on('error', () => undefined);
  return { env: { [LEASH]: mark }, letGo: () => guard.stdin.end() };
}
