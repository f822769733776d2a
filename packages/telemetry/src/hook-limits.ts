// Where instrumentations cannot see the packages of a service, and how its author learns of that.
import Module from 'node:module';
import { ERRORS } from '@moneytrail/catalogue';
import { ownBundle } from './own-file.ts';

/**
 * Whether modules can be hooked at all. Bun has no hooks, Deno's do not see what our hooks need, and Jest puts a class of its own, which may
 * refuse them, in the place of Node's.
 */
export function hasHooks(): boolean {
  const isOfNode = process.getBuiltinModule?.('node:module') === Module;
  if (!isOfNode || 'deno' in process.versions) return false;
  try {
    Module.registerHooks({}).deregister();
    return true;
  } catch {
    return false;
  }
}

/** Why packages cannot be seen here, if they cannot. */
export function limitOfHooks(): string | undefined {
  const bundle = ownBundle();
  if (bundle !== undefined) {
    return `${bundle} is a bundle, and packages inside of it cannot be hooked; keep them outside, as esbuild does with --packages=external`;
  }
  return hasHooks() ? undefined : 'modules are loaded by something other than Node.js';
}

/** Prints one line; the service goes on. */
export function warnOfLimit(limit: string): void {
  const code = 'MONEYTRAIL_PACKAGES_NOT_SEEN';
  process.emitWarning(ERRORS[code].message(limit), { type: 'MoneytrailWarning', code });
}
