/** Folders for state and caches outside of the repository. */
import { accessSync, constants, existsSync, mkdirSync, statfsSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { codedError } from '@moneytrail/catalogue';
import { ERRORS } from '../errors.ts';

/** Characters that YAML, or variable expansion in it, would not read literally. */
const UNFIT = /[#$"\n]|: /;

/** The folder for state between runs, outside of the repository. */
export function stateFolder(env: NodeJS.ProcessEnv): string {
  return join(xdgFolder(env['XDG_STATE_HOME'], '.local', 'state'), 'moneytrail');
}

/** A folder that an XDG variable names, or its default below the home. XDG says to ignore a path that is not absolute. */
function xdgFolder(named: string | undefined, ...usual: readonly string[]): string {
  return named && isAbsolute(named) ? named : join(homedir(), ...usual);
}

/** A cache folder, outside of the repository. */
export function cacheFolder(name: string): string {
  const own = process.env['MONEYTRAIL_CACHE'];
  if (own) return resolve(own, name);
  return join(xdgFolder(process.env['XDG_CACHE_HOME'], '.cache'), 'moneytrail', name);
}

/** Makes a missing folder, readable by its owner only. Throws `MONEYTRAIL_STACK_DATA_UNUSABLE`. */
export function makeFolder(path: string): void {
  if (UNFIT.test(path))
    throw codedError(ERRORS, 'MONEYTRAIL_STACK_DATA_UNUSABLE', {
      folder: path,
      reason: 'its name contains # $ " or : ',
    });
  try {
    makeEach(resolve(path), 0o700);
    accessSync(path, constants.W_OK);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw codedError(ERRORS, 'MONEYTRAIL_STACK_DATA_UNUSABLE', { folder: path, reason });
  }
}

/** Makes missing folders one by one, because the recursive mode of Node never returns below `/proc`. */
export function makeEach(path: string, mode: number): void {
  if (existsSync(path)) return;
  makeEach(dirname(path), mode);
  mkdirSync(path, { mode });
}

/** Free megabytes on the disk of a folder. Throws when the folder does not exist. */
export function freeMbOf(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return Math.floor((bavail * bsize) / 1_000_000);
}
