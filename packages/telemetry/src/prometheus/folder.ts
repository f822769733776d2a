// Files in the folder that the processes of a service share. Who writes may be killed: a file is whole, or it is not there.
import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { threadId } from 'node:worker_threads';

const UNFINISHED = '.tmp';
const OWNER_ONLY = { mode: 0o600 };

/** The content of a file that fits, if there is such a file. */
export function readJson<Content>(
  path: string,
  fits: (value: unknown) => value is Content,
): Content | undefined {
  try {
    return parseJson(readFileSync(path, 'utf8'), fits);
  } catch {
    return undefined;
  }
}

/** The content of a text that fits. Throws where the text is not JSON. */
export function parseJson<Content>(
  text: string,
  fits: (value: unknown) => value is Content,
): Content | undefined {
  const value: unknown = JSON.parse(text);
  return fits(value) ? value : undefined;
}

/** Writes a file whole. Files of the folder are not worth an error: where it cannot be written, the former one stays. */
export async function writeWhole(path: string, text: string): Promise<void> {
  const unfinished = unfinishedOf(path);
  await writeFile(unfinished, text, OWNER_ONLY)
    .then(() => rename(unfinished, path))
    .catch(() => {});
}

/** The same at once, for the last moment of a process. */
export function writeWholeNow(path: string, text: string): void {
  const unfinished = unfinishedOf(path);
  try {
    writeFileSync(unfinished, text, OWNER_ONLY);
    renameSync(unfinished, path);
  } catch {
    // The folder is gone: so is the process that would have read it.
  }
}

/** Removes what killed processes did not finish. */
export function removeUnfinished(folder: string): void {
  for (const name of readdirSync(folder)) {
    if (name.endsWith(UNFINISHED)) rmSync(join(folder, name), { force: true });
  }
}

function unfinishedOf(path: string): string {
  return `${path}.${process.pid}-${threadId}${UNFINISHED}`;
}
