import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** A process by its number and by when it started, since numbers are given again. */
export interface Identity {
  readonly pid: number;
  readonly startedAt: string;
}

/** The identity of a process, or nothing when there is none with this number. */
export function identityOf(pid: number): Identity | undefined {
  const startedAt = startOf(pid);
  return startedAt === undefined ? undefined : { pid, startedAt };
}

/** Whether the very same process still runs. */
export function isAlive({ pid, startedAt }: Identity): boolean {
  return startOf(pid) === startedAt;
}

/** Sends a signal, but to no other process than the one that is meant. */
export function signalTo(identity: Identity, signal: NodeJS.Signals): void {
  try {
    if (isAlive(identity)) process.kill(identity.pid, signal);
  } catch {
    // It has ended between the two.
  }
}

/** Linux tells it as ticks since the boot; elsewhere `ps` tells the time. Zombies have ended. */
function startOf(pid: number): string | undefined {
  try {
    if (process.platform === 'linux') {
      // The name before may hold spaces and brackets, so fields count from behind it.
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return fields[0] === 'Z' ? undefined : fields[19];
    }
    const text = execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' });
    return text.trim() || undefined;
  } catch {
    return undefined;
  }
}
