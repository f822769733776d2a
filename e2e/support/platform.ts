import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../dev/process/free-port.ts';
import { type Run, run } from './run.ts';
import { WEBHOOK_SECRET } from './webhooks.ts';

/** The script of `npm start`. */
const COMMAND = ['--conditions=@moneytrail/source', 'dev/platform.ts'];

/** A run of `npm start` on free ports with a temporary data folder. */
export interface Platform extends Run {
  readonly storeUrl: string;
  readonly appUrl: string;
  readonly dataDir: string;
  /** The processes of the tree by script, without the reaper, which ends later. */
  readonly members: () => ReadonlyMap<string, number>;
  /** Ends it if it is running, and removes its data. */
  readonly close: () => Promise<void>;
}

/** Options of the start. */
export interface PlatformOptions {
  readonly args?: readonly string[];
  readonly port?: number;
  readonly env?: Readonly<Record<string, string>>;
  /** Starts through npm like a user: signals go to npm. */
  readonly byNpm?: boolean;
}

/** Starts everything; resolves when it reports that it is ready. Rejects with its output when it ends before. */
export async function startPlatform(options: PlatformOptions = {}): Promise<Platform> {
  const platform = await launchPlatform(options);
  await platform.printed('Moneytrail is ready: ');
  return platform;
}

/** Runs `npm start` without waiting for anything. */
export async function launchPlatform(options: PlatformOptions = {}): Promise<Platform> {
  const { args = [], port, env, byNpm = false } = options;
  const [storePort, appPort] = [port ?? (await freePort()), await freePort()];
  const dataDir = mkdtempSync(join(tmpdir(), 'moneytrail-e2e-'));
  const ports = ['--port', String(storePort), '--app-port', String(appPort)];
  const [program, head] = byNpm ? ['npm', ['start', '--']] : [process.execPath, COMMAND];
  const started = run(program, [...head, ...ports, '--data', dataDir, ...args], {
    STRIPE_WEBHOOK_SECRET: WEBHOOK_SECRET,
    ...env,
  });
  return {
    ...started,
    storeUrl: `http://127.0.0.1:${storePort}`,
    appUrl: `http://127.0.0.1:${appPort}`,
    dataDir,
    members: () => childrenOf(started.pid),
    close: async () => {
      await started.end('SIGTERM');
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** The child processes on Linux, by script. */
function childrenOf(pid: number): ReadonlyMap<string, number> {
  const found = readdirSync('/proc').flatMap((entry): [string, number][] => {
    if (!/^\d+$/.test(entry) || parentOf(entry) !== pid) return [];
    const script = /([\w-]+\/[\w-]+\/[\w-]+)\.ts/.exec(commandOf(entry))?.[1];
    return script?.endsWith('/reaper') ? [] : [[script ?? entry, Number(entry)]];
  });
  return new Map(found);
}

function parentOf(pid: string): number | undefined {
  try {
    return Number(/\nPPid:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
  } catch {
    // The process has ended in the meantime.
    return undefined;
  }
}

function commandOf(pid: string): string {
  return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
}
