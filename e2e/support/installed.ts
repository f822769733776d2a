/** Installs our packages like a user does: packed, with npm, next to the packages of a service. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { cacheFolder } from '../../dev/process/folders.ts';
import { PACKAGES, ROOT } from '../../tools/repository.ts';

/** Packages are resolved as of this day, so that installations are reproducible. */
const RESOLVED_AS_OF = '2026-11-27';

/** An installation that takes longer has no network or no disk left. */
const LONGEST_INSTALL_MS = 300_000;

const FOLDER = cacheFolder('installed');

/** The contents of the folder besides our packages. */
export interface Installation {
  /** Packages of the service with their versions, as in its `package.json`. */
  readonly dependencies: Readonly<Record<string, string>>;
  /** Further fields of its `package.json`; `type` is `commonjs` by default, as in npm. */
  readonly manifest?: Readonly<Record<string, unknown>>;
  /** Which of our packages are installed; all by default. */
  readonly packages?: readonly string[];
  /** A folder of sources to copy into it, relative to the root of the repository. */
  readonly sources?: string;
}

/**
 * Installs a service, and returns its folder. The installation is kept in the cache of the user, below one folder per checkout; only our
 * packages are replaced in it when their sources have changed.
 */
export function installed({
  dependencies,
  manifest = {},
  packages = PACKAGES,
  sources,
}: Installation): string {
  const home = homeOfCheckout();
  const packed = pack(home);
  const named = Object.fromEntries(
    packages.map((name) => [`@moneytrail/${name}`, `file:${tarballOf(packed, name)}`]),
  );
  const folder = join(home, hashOf(sources, dependencies, manifest, packages));
  const all = { ...named, ...dependencies };
  const text = JSON.stringify({ private: true, ...manifest, dependencies: all }, undefined, 2);
  if (!existsSync(join(folder, 'complete'))) install(folder, text);
  replaceOurs(folder, packed, packages);
  if (sources !== undefined) cpSync(join(ROOT, sources), folder, { recursive: true });
  return folder;
}

function install(folder: string, manifest: string): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), manifest);
  const options = ['--no-audit', '--no-fund', '--no-package-lock', '--prefer-offline'];
  execFileSync('npm', ['install', ...options, `--before=${RESOLVED_AS_OF}`], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
    timeout: LONGEST_INSTALL_MS,
  });
  writeFileSync(join(folder, 'complete'), '');
}

/**
 * The folder for the installations of this checkout with what its packages depend on. An installation takes up to a gigabyte: those of
 * other dependencies are removed, and those of checkouts that are gone.
 */
function homeOfCheckout(): string {
  const dependencies = hashOf(contentsOf('packages/*/package.json'));
  const checkout = join(FOLDER, hashOf(ROOT));
  const home = join(checkout, dependencies);
  if (existsSync(home)) return home;
  const mark = 'checkout';
  const gone = globSync(`*/${mark}`, { cwd: FOLDER })
    .map((path) => join(FOLDER, path))
    .filter((path) => !existsSync(readFileSync(path, 'utf8')))
    .map(dirname);
  for (const path of [...gone, checkout]) rmSync(path, { recursive: true, force: true });
  mkdirSync(home, { recursive: true });
  writeFileSync(join(checkout, mark), ROOT);
  return home;
}

/** Unpacks the latest build of each package over the one that npm installed. */
function replaceOurs(folder: string, packed: string, packages: readonly string[]): void {
  const mark = join(folder, 'packed');
  if (existsSync(mark) && readFileSync(mark, 'utf8') === packed) return;
  for (const name of packages) {
    const target = join(folder, 'node_modules', '@moneytrail', name);
    for (const part of ['dist', 'src', 'package.json']) {
      rmSync(join(target, part), { recursive: true, force: true });
    }
    execFileSync('tar', ['-xzf', tarballOf(packed, name), '-C', target, '--strip-components=1']);
  }
  writeFileSync(mark, packed);
}

/** Builds and packs our packages; returns the folder of the tarballs. */
function pack(home: string): string {
  execFileSync('npm', ['run', '--silent', 'build'], { cwd: ROOT, stdio: ['ignore', 'ignore', 2] });
  const built = contentsOf('packages/*/package.json', 'packages/*/dist/**/*.{js,cjs,ts,cts,html}');
  const folder = join(home, `packed-${hashOf(built)}`);
  if (existsSync(join(folder, 'complete'))) return folder;
  mkdirSync(folder, { recursive: true });
  const workspaces = PACKAGES.flatMap((name) => ['--workspace', `packages/${name}`]);
  execFileSync('npm', ['pack', '--silent', '--pack-destination', folder, ...workspaces], {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 2],
  });
  writeFileSync(join(folder, 'complete'), '');
  return folder;
}

function tarballOf(packed: string, name: string): string {
  const { version } = JSON.parse(readFileSync(`${ROOT}packages/${name}/package.json`, 'utf8'));
  return join(packed, `moneytrail-${name}-${version}.tgz`);
}

/** The text of each file that matches one of the patterns, by its path. */
function contentsOf(...patterns: string[]): [string, string][] {
  const paths = globSync(patterns, { cwd: ROOT }).sort();
  return paths.map((path) => [path, readFileSync(ROOT + path, 'utf8')]);
}

function hashOf(...values: unknown[]): string {
  return createHash('sha256').update(JSON.stringify(values)).digest('hex').slice(0, 16);
}
