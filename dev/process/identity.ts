/** Identifies processes by more than their number, and finds those that a launcher has marked. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** The variable that marks the programs of a launcher. */
export const MARK = 'MONEYTRAIL_PARENT_WATCH';

/** A process by its number and start time, because the system reuses numbers. */
export interface Identity {
  readonly pid: number;
  readonly startedAt: string;
}

/** The identity of a process, or nothing when no process has this number. */
export function identityOf(pid: number): Identity | undefined {
  const startedAt = startOf(pid);
  return startedAt === undefined ? undefined : { pid, startedAt };
}

/** Whether this same process is still running. */
export function isAlive({ pid, startedAt }: Identity): boolean {
  return startOf(pid) === startedAt;
}

/** Sends a signal to this process, and never to a later one with the same number. */
export function signalTo(identity: Identity, signal: NodeJS.Signals): void {
  try {
    if (isAlive(identity)) process.kill(identity.pid, signal);
  } catch {
    // It ended between the check and the signal.
  }
}

/** Every process of this user whose environment has the mark of a launcher. */
export function identitiesWith(mark: string): Identity[] {
  const variable = `${MARK}=${mark}`;
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
    // It belongs to another user, or has ended.
    return false;
  }
}

/** Linux gives ticks since the boot, `ps` elsewhere gives the time. A zombie counts as ended. */
function startOf(pid: number): string | undefined {
  try {
    if (process.platform === 'linux') {
      // The name may contain spaces and brackets, so fields are counted after it.
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
