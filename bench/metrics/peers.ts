/** Packages of the benchmarks that are not dependencies of this repository: installed once, in the cache of the user. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { installed } from '../../e2e/support/installed.ts';

const VERSIONS = { 'dd-trace': '6.21.0', 'hot-shots': '17.1.1', 'prom-client': '15.1.3' };

/** Loads a package of that folder. */
export type Load = (name: string) => unknown;

/** Installs the packages, and returns the folder. */
export function installPeers(): string {
  return installed({ dependencies: VERSIONS, packages: [] });
}

/** Loads packages from a folder. */
export function loadFrom(folder: string): Load {
  const require = createRequire(join(folder, 'package.json'));
  return (name) => require(name);
}
