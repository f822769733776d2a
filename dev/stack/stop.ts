/** `npm run stack -- --stop` and `--status`. */
import { setTimeout as wait } from 'node:timers/promises';
import { type Identity, isAlive, signalTo } from '../process/identity.ts';
import { sendLines, table } from './report.ts';
import { readState, removeState } from './state.ts';

const STOP_MS = 25_000;
const POLL_MS = 50;

/** Stops the stack that runs on a folder and waits for the end of all its processes. */
export async function stopDetached(dataDir: string): Promise<void> {
  const state = readState(dataDir);
  if (state === undefined) {
    console.log(`no stack runs on ${dataDir}`);
    return;
  }
  const all: readonly Identity[] = [state.launcher, ...state.components];
  const startMs = performance.now();
  signalTo(state.launcher, 'SIGTERM');
  while (all.some(isAlive) && performance.now() - startMs < STOP_MS) await wait(POLL_MS);
  for (const identity of all) signalTo(identity, 'SIGKILL');
  removeState(dataDir);
  console.log(`stopped in ${((performance.now() - startMs) / 1000).toFixed(1)} s`);
}

/** Prints the components; the exit code is 0 when all of them are running. */
export function showStatus(dataDir: string): void {
  const state = readState(dataDir);
  if (state === undefined) console.log(`no stack runs on ${dataDir}`);
  else for (const line of [...table(state), ...sendLines(state, dataDir)]) console.log(line);
  process.exitCode = state?.components.every(isAlive) ? 0 : 1;
}
