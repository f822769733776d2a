/** What the tools know of the repository: where things are, and how to read a source file. */
import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';

/** The folder all paths below are relative to. */
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

/** The same text with whole-line comments emptied, so that a pattern meets code only. */
export function codeOf(text: string): string {
  return text.replace(/^\s*(?:\/\*|\*|\/\/).*$/gm, '');
}

/** Every module that a source file imports or re-exports, types included. */
export function importsOf(text: string): string[] {
  const code = codeOf(text);
  const written = code.matchAll(/^(?:import|export)\s(?:[\w*{][^'=(]*\sfrom\s)?'([^']+)'/gm);
  const called = code.matchAll(/\bimport\('([^']+)'\)/g);
  return [...written, ...called].map((match) => match[1] ?? '');
}
