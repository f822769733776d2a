/** The file by which later commands find a running stack. */
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { codedError } from '@moneytrail/catalogue';
import { ERRORS } from '../errors.ts';
import { type Identity, isAlive } from '../process/identity.ts';
import type { ComponentName } from './recipes.ts';

/** What a launcher records about itself for later commands. */
export interface State {
  readonly launcher: Identity;
  readonly components: readonly ComponentState[];
  /** The variables with which a service sends to it. */
  readonly env: Readonly<Record<string, string>>;
  /** The addresses, as the launcher prints them. */
  readonly urls: Readonly<Record<string, string>>;
}

/** One component of the table. */
export interface ComponentState extends Identity {
  readonly name: ComponentName;
  readonly url: string;
  readonly readyMs: number;
}

/** Writes the state atomically. It contains the token, so only its owner can read it. */
export function writeState(dataDir: string, state: State): void {
  const file = fileOf(dataDir);
  writeFileSync(`${file}.new`, `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

/** The state of the launcher that runs on this folder, if one does. */
export function readState(dataDir: string): State | undefined {
  try {
    const state: State = JSON.parse(readFileSync(fileOf(dataDir), 'utf8'));
    return isAlive(state.launcher) ? state : undefined;
  } catch {
    return undefined;
  }
}

/** Throws `MONEYTRAIL_STACK_RUNNING` when a launcher runs on this folder. */
export function checkNotRunning(dataDir: string): void {
  const state = readState(dataDir);
  if (state === undefined) return;
  throw codedError(ERRORS, 'MONEYTRAIL_STACK_RUNNING', {
    folder: dataDir,
    pid: `process ${state.launcher.pid}`,
  });
}

/** Removes the state. */
export function removeState(dataDir: string): void {
  rmSync(fileOf(dataDir), { force: true });
}

function fileOf(dataDir: string): string {
  return join(dataDir, 'stack.json');
}
