import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** The result of a program. */
export interface End {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A running program. */
export interface Run {
  readonly pid: number;
  /** All of its output. */
  readonly output: () => string;
  readonly ended: Promise<End>;
  /** Resolves when it has printed the text. Rejects with its output when it ends before. */
  readonly printed: (text: string) => Promise<void>;
  /** Sends it a signal and waits for its end. */
  readonly end: (signal: NodeJS.Signals) => Promise<End>;
}

/** Starts a program in the folder of the repository. */
export function run(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Run {
  const child = spawn(program, args, { cwd: ROOT, env: { ...process.env, ...env } });
  let text = '';
  const waiting = new Map<string, () => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      for (const [part, resolve] of waiting) if (text.includes(part)) resolve();
    });
  }
  const ended = new Promise<End>((resolve) => {
    child.once('close', (code, signal) => resolve({ code, signal }));
  });
  const printed = (part: string): Promise<void> =>
    new Promise((resolve, reject) => {
      if (text.includes(part)) resolve();
      else waiting.set(part, resolve);
      void ended.then(() => reject(new Error(`it ended before it printed "${part}":\n${text}`)));
    });
  const end = (signal: NodeJS.Signals): Promise<End> => {
    child.kill(signal);
    return ended;
  };
  return { pid: child.pid ?? 0, output: () => text, ended, printed, end };
}

/** Whether a process exists and is not a zombie. */
export function isAlive(pid: number): boolean {
  try {
    return !/\nState:\s+Z/.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
