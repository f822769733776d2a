/** Reads the files of the command line. */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { codedError } from '@moneytrail/catalogue';
import { ERRORS } from './errors.ts';

/** Enough to detect a file that is too large: a character has at most four bytes. */
const MAX_BYTES = 4_194_305;

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist',
  ENOTDIR: 'does not exist',
  EACCES: 'is not readable by this user',
  EISDIR: 'is a directory',
};

/** Reads a file, or the start of a very large one. `-` is standard input. */
export function readText(path: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readBytes(path));
  } catch (error) {
    throw codedError(ERRORS, 'MONEYTRAIL_CLI_FILE_UNREADABLE', { path, reason: reasonOf(error) });
  }
}

function readBytes(path: string): Buffer {
  const file = path === '-' ? 0 : openSync(path, 'r');
  try {
    if (fstatSync(file).isDirectory()) throw Object.assign(new Error(path), { code: 'EISDIR' });
    const buffer = Buffer.alloc(MAX_BYTES);
    let length = 0;
    while (length < MAX_BYTES) {
      const count = readSync(file, buffer, length, MAX_BYTES - length, null);
      if (count === 0) break;
      length += count;
    }
    return buffer.subarray(0, length);
  } finally {
    if (file !== 0) closeSync(file);
  }
}

function reasonOf(error: unknown): string {
  const code =
    typeof error === 'object' && error !== null && 'code' in error ? `${error.code}` : '';
  if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') return 'is not UTF-8 text';
  return REASONS[code] ?? `failed with ${code || String(error)}`;
}
