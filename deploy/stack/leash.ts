import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { identityOf } from './identity.ts';

const GUARD = fileURLToPath(new URL('./guard.ts', import.meta.url));

/** Ends processes when this one is gone, by whatever signal. */
export interface Leash {
  /** Adds a process. */
  readonly hold: (pid: number | undefined) => void;
  /** Ends what still runs. */
  readonly letGo: () => void;
}

/** Starts the guard beside this process. Neither it nor the channel to it keeps this process alive. */
export function startLeash(): Leash {
  const guard = spawn(process.execPath, [GUARD], {
    detached: true,
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  guard.unref();
  guard.channel?.unref();
  return {
    hold: (pid) => {
      const identity = pid === undefined ? undefined : identityOf(pid);
      if (identity !== undefined && guard.connected) guard.send(identity);
    },
    letGo: () => {
      if (guard.connected) guard.disconnect();
    },
  };
}
