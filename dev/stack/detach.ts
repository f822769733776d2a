/** `npm run stack -- --detach`: runs the launcher in the background. */
import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { makeFolder } from '../process/folders.ts';
import { keepOldLog, logText } from '../process/program.ts';
import type { MainOptions } from './options.ts';
import { checkNotRunning, readState } from './state.ts';

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url));
const POLL_MS = 50;

/** Starts the launcher, shows its output until it is ready, and leaves it running. */
export async function detach({ dataDir, profile }: MainOptions): Promise<void> {
  checkNotRunning(dataDir);
  const logFile = join(dataDir, 'logs', 'stack.log');
  const child = spawnLauncher(dataDir, profile, logFile);
  let ended = false;
  child.once('exit', () => {
    ended = true;
  });
  // Until the launcher is ready, it belongs to this terminal.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => child.kill('SIGTERM'));
  }
  let shown = 0;
  for (let over = false; !over; await wait(POLL_MS)) {
    over = ended || isReady(dataDir, child.pid, logFile);
    const text = logText(logFile);
    process.stdout.write(text.slice(shown));
    shown = text.length;
  }
  if (ended) process.exit(1);
  console.log('It runs in the background; stop it with `npm run stack -- --stop`.');
  process.exit();
}

function isReady(dataDir: string, pid: number | undefined, logFile: string): boolean {
  const isItsState = readState(dataDir)?.launcher.pid === pid;
  return isItsState && /are kept .*\n/.test(logText(logFile));
}

function spawnLauncher(dataDir: string, profile: string, logFile: string) {
  makeFolder(join(dataDir, 'logs'));
  keepOldLog(logFile);
  const log = openSync(logFile, 'a', 0o600);
  // npm ends with this process, and the launcher would end with npm.
  const { npm_lifecycle_event: _, ...env } = process.env;
  const args = [...process.execArgv, MAIN, '--data', dataDir, '--profile', profile];
  const child = spawn(process.execPath, args, { detached: true, env, stdio: ['ignore', log, log] });
  closeSync(log);
  child.unref();
  return child;
}
