import { accessSync, constants, existsSync, mkdirSync, statfsSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { MoneytrailError } from '@moneytrail/catalogue';

/** What YAML, or the expansion of variables in it, would not take as it is. */
const UNFIT = /[#$"\n]|: /;

/** Where our programs keep what they remember between runs: outside of the repository. */
export function stateFolder(env: NodeJS.ProcessEnv): string {
  return join(xdgFolder(env['XDG_STATE_HOME'], '.local', 'state'), 'moneytrail');
}

/** A folder as XDG names it, or its usual place below the home. XDG asks to ignore a path that is not absolute. */
function xdgFolder(named: string | undefined, ...usual: readonly string[]): string {
  return named && isAbsolute(named) ? named : join(homedir(), ...usual);
}

/** A folder in which what was made once is kept for the next time, outside of the repository. */
export function cacheFolder(name: string): string {
  const own = process.env['MONEYTRAIL_CACHE'];
  if (own) return resolve(own, name);
  return join(xdgFolder(process.env['XDG_CACHE_HOME'], '.cache'), 'moneytrail', name);
}

/** Makes a folder that only its owner sees, where it is missing. Throws `MONEYTRAIL_STACK_DATA_UNUSABLE`. */
export function makeFolder(path: string): void {
  if (UNFIT.test(path))
    throw new MoneytrailError('MONEYTRAIL_STACK_DATA_UNUSABLE', path, 'its name holds # $ " or : ');
  try {
    makeEach(resolve(path), 0o700);
    accessSync(path, constants.W_OK);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new MoneytrailError('MONEYTRAIL_STACK_DATA_UNUSABLE', path, reason);
  }
}

/** Folder by folder: the recursive mode of Node never returns where `/proc` refuses. */
export function makeEach(path: string, mode: number): void {
  if (existsSync(path)) return;
  makeEach(dirname(path), mode);
  mkdirSync(path, { mode });
}

/** Megabytes that are left on the disk of a folder. Throws when the folder is gone. */
export function freeMbOf(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return Math.floor((bavail * bsize) / 1_000_000);
}
