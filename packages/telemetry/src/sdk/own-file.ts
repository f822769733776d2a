// Where this code runs from: its own package, or a file into which a bundler has put it.
import { readFileSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import util from 'node:util';

/** Name and version in a `package.json`. */
export interface PackageName {
  readonly name: string;
  readonly version?: string;
}

/**
 * The path or other name of the script that holds this code, or the empty text where the runtime does not provide it. `import.meta` is not suitable:
 * bundlers leave it empty, or write the path of the source into it.
 */
function ownScript(): string {
  // Read as a property: an older Node.js and other runtimes do not have it.
  const [call] = util.getCallSites?.(1, { sourceMap: false }) ?? [];
  const script = call?.scriptName ?? '';
  return script.startsWith('file:') ? fileURLToPath(script) : script;
}

/** A file that packages are looked for from: the one that holds this code, where it is a file. */
export function ownFile(): string {
  const script = ownScript();
  return isAbsolute(script) ? script : join(process.cwd(), 'index.js');
}

/** The bundle that this code has become a part of, if it has. */
export function ownBundle(): string | undefined {
  const script = ownScript();
  const isOurs =
    isAbsolute(script) && nearestPackage(dirname(script))?.name === '@moneytrail/telemetry';
  return isOurs || script === '' ? undefined : script;
}

/** Name and version of the package that a folder belongs to, where they are known. */
export function nearestPackage(folder: string): PackageName | undefined {
  const found = readPackage(folder);
  if (found !== undefined) return found;
  const parent = dirname(folder);
  return parent === folder ? undefined : nearestPackage(parent);
}

function readPackage(folder: string): PackageName | undefined {
  try {
    const { name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    if (typeof name !== 'string') return undefined;
    return { name, ...(typeof version === 'string' && { version }) };
  } catch {
    return undefined;
  }
}
