/**
 * Keeps package-lock.json valid for `npm ci` on every machine.
 *
 * A registry that lacks some platform's binary makes `npm install` leave that optional package out of the
 * lock, and `npm ci` then stops because it is missing. `npm run lockfile` adds such entries; `--check`
 * fails while any is missing, when a registry's address is in the lock, or when a package that must be
 * single (it holds global state) is there twice.
 */
import { readFileSync, writeFileSync } from 'node:fs';

/** The relevant fields of an entry, in npm's order. */
interface LockEntry {
  version?: string;
  resolved?: string;
  cpu?: string[] | undefined;
  dev?: boolean | undefined;
  libc?: string[] | undefined;
  optional?: boolean;
  optionalDependencies?: Record<string, string>;
  os?: string[] | undefined;
}

type Packages = Record<string, LockEntry>;

const PATH = new URL('../package-lock.json', import.meta.url);
const SINGLE = ['@opentelemetry/api', '@opentelemetry/core'];
const OS = [
  'aix',
  'android',
  'darwin',
  'freebsd',
  'linux',
  'netbsd',
  'openbsd',
  'openharmony',
  'sunos',
  'win32',
];
const CPU = [
  'arm',
  'arm64',
  'ia32',
  'loong64',
  'mips64el',
  'ppc64',
  'riscv64',
  's390x',
  'wasm32',
  'x64',
];

/** Where Node resolves `name` from `from`, nearest folder first. */
function candidates(from: string, name: string): string[] {
  const folders = from.split('/node_modules/');
  const nested = folders.map((_, depth) =>
    folders.slice(0, folders.length - depth).join('/node_modules/'),
  );
  return [...nested.map((folder) => `${folder}/node_modules/${name}`), `node_modules/${name}`];
}

/** The entry of a binary package, which by convention has the platform in its name. */
function entryOf(name: string, range: string, dev: boolean | undefined): LockEntry {
  const words = name.split(/[-/]/);
  const among = (known: readonly string[]): string[] | undefined => {
    const found = words.filter((word) => known.includes(word));
    return found.length > 0 ? found : undefined;
  };
  const libc = words.flatMap((word) => /^(?:gnu|musl)/.exec(word) ?? [])[0];
  return {
    version: range.replace(/^[~^]/, ''),
    cpu: among(CPU),
    dev,
    libc: libc === undefined ? undefined : [libc === 'gnu' ? 'glibc' : libc],
    optional: true,
    os: among(OS),
  };
}

/** The entries that `npm ci` would report as missing. */
function missingEntries(packages: Packages): Packages {
  const missing: Packages = {};
  for (const [path, entry] of Object.entries(packages)) {
    for (const [name, range] of Object.entries(entry.optionalDependencies ?? {})) {
      if (candidates(path, name).some((place) => place in packages)) continue;
      missing[`node_modules/${name}`] = entryOf(name, range, entry.dev);
    }
  }
  return missing;
}

function problems(packages: Packages): string[] {
  const paths = Object.keys(packages);
  const copies = SINGLE.map(
    (name) => [name, paths.filter((path) => path.endsWith(`node_modules/${name}`))] as const,
  );
  return [
    ...Object.keys(missingEntries(packages)).map(
      (path) => `missing: ${path} (npm run lockfile adds it)`,
    ),
    ...paths
      .filter((path) => packages[path]?.resolved?.includes('://'))
      .map((path) => `names a host: ${path}`),
    ...copies
      .filter(([, found]) => found.length > 1)
      .map(([name, found]) => `more than one ${name}: ${found.join(', ')}`),
  ];
}

const lock: { packages: Packages } = JSON.parse(readFileSync(PATH, 'utf8'));
if (!process.argv.includes('--check')) {
  const all = { ...lock.packages, ...missingEntries(lock.packages) };
  const sorted = Object.fromEntries(
    Object.entries(all).sort(([a], [b]) => a.localeCompare(b, 'en')),
  );
  lock.packages = sorted;
  writeFileSync(PATH, `${JSON.stringify(lock, null, 2)}\n`);
}
const found = problems(lock.packages);
for (const problem of found) console.error(problem);
process.exitCode = found.length > 0 ? 1 : 0;
