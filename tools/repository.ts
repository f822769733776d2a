/** Paths of the repository, and helpers to read source files. */
import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';

/** The root folder, which all paths below are relative to. */
export const ROOT: string = new URL('..', import.meta.url).pathname;

/** All packages, by folder name. A folder that only holds an earlier build is not a package. */
export const ALL_PACKAGES: readonly string[] = readdirSync(`${ROOT}packages`)
  .filter((name) => existsSync(`${ROOT}packages/${name}/package.json`))
  .sort();

/** The packages we publish, by folder name. */
export const PACKAGES: readonly string[] = ALL_PACKAGES.filter(
  (name) => JSON.parse(read(`packages/${name}/package.json`)).private !== true,
);

/** Paths from the root that match any of the patterns, sorted. */
export function filesOf(...patterns: string[]): string[] {
  return globSync(patterns, { cwd: ROOT, exclude: ['**/node_modules', '**/dist'] }).sort();
}

/** The text of a file, given by its path from the root. */
export function read(path: string): string {
  return readFileSync(ROOT + path, 'utf8');
}

/** The text without whole-line comments, so that a pattern matches only code. */
export function codeOf(text: string): string {
  return text.replace(/^\s*(?:\/\*|\*|\/\/).*$/gm, '');
}

/** All modules that a source file imports or re-exports, including types. */
export function importsOf(text: string): string[] {
  const code = codeOf(text);
  const written = code.matchAll(/^(?:import|export)\s(?:[\w*{][^'=(]*\sfrom\s)?'([^']+)'/gm);
  const called = code.matchAll(/\bimport\('([^']+)'\)/g);
  return [...written, ...called].map((match) => match[1] ?? '');
}
