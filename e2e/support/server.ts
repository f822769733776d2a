/** Installed servers for tests: each on a free port, in a temporary folder, and never outliving the process that started it. */
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants, globSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Readable, Writable } from 'node:stream';

/** A running server. */
export interface Server {
  readonly url: string;
  readonly folder: string;
  /** Stops it and removes its folder. */
  stop(): Promise<void>;
}

/** How to start a server. */
export interface Start {
  readonly url: string;
  readonly command: readonly string[];
  /** An existing folder that belongs to the server. */
  readonly folder: string;
  /** User and group of the process; those of the current process when absent. */
  readonly owner?: Owner | undefined;
  /** Its output when it accepts connections. */
  readonly ready: RegExp;
}

export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

type Child = ChildProcessByStdio<Writable, Readable, Readable>;

/** Limit for the start and for the end of a server. */
export const PATIENCE_MS = 30_000;

/**
 * Becomes the server, after it has started a process that waits for the end of stdin, which is closed when the process that started
 * the server ends. That process interrupts the server and removes the folder, even when a signal ends the whole group. Its wait is
 * limited, because a server that has ended may remain a zombie.
 */
const BECOME = `exec 3<&0
(
  (
    trap '' HUP INT TERM
    cat <&3 >/dev/null
    kill -INT $$
    tries=50
    while [ $((tries -= 1)) -gt 0 ] && kill -0 $$; do sleep 0.1; done
    rm -rf "$PWD"
  ) 2>/dev/null &
)
exec "$@" 3<&- </dev/null`;

/** Starts a server and waits until it is ready. */
export async function startServer(start: Start): Promise<Server> {
  const { url, folder } = start;
  const child: Child = spawn('sh', ['-c', BECOME, 'sh', ...start.command], {
    ...start.owner,
    cwd: folder,
    env: { PATH: process.env['PATH'], LC_ALL: 'C' },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const ended = once(child, 'close');
  const stop = async (): Promise<void> => {
    child.stdin.end();
    const late = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
    await ended;
    clearTimeout(late);
  };
  try {
    await untilReady(child, start);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, folder, stop };
}

async function untilReady(child: Child, { command, ready }: Start): Promise<void> {
  let printed = '';
  let late: NodeJS.Timeout | undefined;
  await new Promise<void>((resolve, reject) => {
    const fail = (what: string): void => reject(new Error(`${command[0]} ${what}\n${printed}`));
    late = setTimeout(fail, PATIENCE_MS, `is not ready after ${PATIENCE_MS} ms`);
    child.once('close', () => fail('has ended'));
    for (const output of [child.stdout, child.stderr]) {
      output.setEncoding('utf8').on('data', (text: string) => {
        printed += text;
        if (ready.test(printed)) resolve();
      });
    }
  }).finally(() => clearTimeout(late));
}

/** The program in a variable, otherwise the first one in the given folders and `PATH`; a folder may be a pattern. */
export function programOf(variable: string, name: string, folders: readonly string[] = []): string {
  const named = process.env[variable];
  const inPath = (process.env['PATH'] ?? '').split(delimiter);
  const places = [...folders.flatMap((folder) => newestFirst(globSync(folder))), ...inPath];
  const paths = named === undefined ? places.map((place) => join(place, name)) : [named];
  const found = paths.find(isProgram);
  if (found !== undefined) return found;
  throw new Error(`${named ?? name} is not there: install it, or set ${variable}`);
}

function newestFirst(paths: readonly string[]): string[] {
  return paths.toSorted((a, b) => b.localeCompare(a, 'en', { numeric: true }));
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
