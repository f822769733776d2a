import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** What `npm start` runs. */
const COMMAND = ['--conditions=@moneytrail/source', 'examples/creator-platform/start/main.ts'];

/** How a program ended. */
export interface End {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A run of `npm start` on free ports with data of its own. */
export interface Stack {
  readonly storeUrl: string;
  readonly appUrl: string;
  readonly dataDir: string;
  /** Everything it has printed. */
  readonly output: () => string;
  /** The processes of the tree by name. */
  readonly members: () => ReadonlyMap<string, number>;
  /** Sends a signal to the launcher and waits for its end. */
  readonly end: (signal: NodeJS.Signals) => Promise<End>;
  /** Ends it, if it has not ended, and removes its data. */
  readonly close: () => Promise<void>;
}

/** What a stack is started with. */
export interface StackOptions {
  readonly args?: readonly string[];
  readonly port?: number;
  readonly env?: Readonly<Record<string, string>>;
  /** Through npm, as a user starts it: signals go to npm then. */
  readonly byNpm?: boolean;
}

/** Starts everything and resolves when it says that it is ready. Rejects with its output when it ends before. */
export async function startStack(options: StackOptions = {}): Promise<Stack> {
  const program = await launch(options);
  await program.printed('Moneytrail is ready: ');
  return program;
}

/** Runs `npm start` without waiting for anything. */
export async function launch({ args = [], port, env = {}, byNpm = false }: StackOptions = {}) {
  const [storePort, appPort] = [port ?? (await freePort()), await freePort()];
  const dataDir = mkdtempSync(join(tmpdir(), 'moneytrail-e2e-'));
  const ports = ['--port', String(storePort), '--app-port', String(appPort)];
  const [program, head] = byNpm ? ['npm', ['start', '--']] : [process.execPath, COMMAND];
  const child = spawn(program, [...head, ...ports, '--data', dataDir, ...args], {
    cwd: ROOT,
    env: { ...process.env, ...env },
  });
  const { output, printed } = watchOutput(child);
  const ended = new Promise<End>((resolve) => {
    child.once('close', (code, signal) => resolve({ code, signal }));
  });
  const end = (signal: NodeJS.Signals): Promise<End> => {
    child.kill(signal);
    return ended;
  };
  return {
    storeUrl: `http://127.0.0.1:${storePort}`,
    appUrl: `http://127.0.0.1:${appPort}`,
    dataDir,
    output,
    ended,
    printed: (text: string) => Promise.race([printed(text), ended.then(() => fail(output()))]),
    members: () => childrenOf(child.pid ?? 0),
    end,
    close: async () => {
      await end('SIGTERM');
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

function fail(output: string): never {
  throw new Error(`npm start ended before its time:\n${output}`);
}

/** What a program prints, and a promise for a part of it. */
export function watchOutput(child: ChildProcess) {
  let text = '';
  const waiting = new Map<string, () => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      for (const [part, resolve] of waiting) if (text.includes(part)) resolve();
    });
  }
  return {
    output: () => text,
    printed: (part: string) =>
      new Promise<void>((resolve) => {
        if (text.includes(part)) resolve();
        else waiting.set(part, resolve);
      }),
  };
}

/** Its children as Linux lists them, by the script that each runs. */
function childrenOf(pid: number): ReadonlyMap<string, number> {
  const found = readdirSync('/proc').flatMap((entry): [string, number][] => {
    if (!/^\d+$/.test(entry) || parentOf(entry) !== pid) return [];
    const script = /([\w-]+\/[\w-]+\/[\w-]+)\.ts/.exec(
      commandOf(entry).replace(/--import=\S+/, ''),
    )?.[1];
    return [[script ?? entry, Number(entry)]];
  });
  return new Map(found);
}

function parentOf(pid: string): number | undefined {
  try {
    return Number(/\nPPid:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
  } catch {
    // It has ended meanwhile.
    return undefined;
  }
}

function commandOf(pid: string): string {
  return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
}

/** Whether a process is there and no zombie. */
export function isAlive(pid: number): boolean {
  try {
    return !/\nState:\s+Z/.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

/** A port that nobody listens on at this moment. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' ? address?.port : undefined;
      server.close(() => resolve(port ?? 0));
    });
  });
}
