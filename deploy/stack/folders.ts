import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { MoneytrailError } from '@moneytrail/catalogue';

/** What YAML, or the expansion of variables in it, would not take as it is. */
const UNFIT = /[#$"\n]|: /;

/** Makes a folder that only its owner sees, where it is missing. Throws `MONEYTRAIL_STACK_DATA_UNUSABLE`. */
export function makeFolder(path: string): void {
  if (UNFIT.test(path))
    throw new MoneytrailError('MONEYTRAIL_STACK_DATA_UNUSABLE', path, 'its name holds # $ " or : ');
  try {
    makeEach(resolve(path));
    accessSync(path, constants.W_OK);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new MoneytrailError('MONEYTRAIL_STACK_DATA_UNUSABLE', path, reason);
  }
}

/** Folder by folder: the recursive mode of Node never returns where `/proc` refuses. */
function makeEach(path: string): void {
  if (existsSync(path)) return;
  makeEach(dirname(path));
  mkdirSync(path, { mode: 0o700 });
}
