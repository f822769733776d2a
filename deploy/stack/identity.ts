import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** The variable by which a process is known to belong to a launcher. */
export const LEASH = 'MONEYTRAIL_LEASH';

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

/** Every process of this user whose environment has the mark of a launcher. */
export function identitiesWith(mark: string): Identity[] {
  const variable = `${LEASH}=${mark}`;
  return pidsWith(variable).flatMap((pid) => identityOf(pid) ?? []);
}

function pidsWith(variable: string): number[] {
  if (process.platform === 'linux') {
    return readdirSync('/proc')
      .filter((entry) => hasVariable(entry, variable))
      .map(Number);
  }
  const text = execFileSync('ps', ['-axEww', '-o', 'pid=,command='], { encoding: 'utf8' });
  const lines = text.split('\n').filter((line) => line.includes(variable));
  return lines.map((line) => Number.parseInt(line, 10));
}

function hasVariable(entry: string, variable: string): boolean {
  try {
    const isProcess = /^\d+$/.test(entry);
    return isProcess && readFileSync(`/proc/${entry}/environ`, 'utf8').includes(variable);
  } catch {
    // Of another user, or ended meanwhile.
    return false;
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
