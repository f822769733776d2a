// Makes packages visible to instrumentations, however the service is started and written.
import Module, { createRequire, type LoadHookSync, type ResolveHookSync } from 'node:module';
import { pathToFileURL } from 'node:url';
import { codedText } from '@moneytrail/catalogue';
import type { Instrumentation } from '@opentelemetry/instrumentation';
import { ERRORS } from '../errors.ts';
import { ownBundle, ownFile } from './own-file.ts';

type Require = (this: NodeJS.Module, id: string) => unknown;

/** `require` as it is before the first instrumentation hooks it, which is not before this file is imported. */
const plainRequire: Require = Reflect.get(Module.prototype, 'require');

const require = createRequire(ownFile());

/** The loader of import-in-the-middle; the package declares no types for it. */
interface Loader {
  supportsSyncHooks(): boolean;
  createHook(meta: { readonly url: string }): {
    readonly resolveSync: ResolveHookSync;
    readonly loadSync: LoadHookSync;
  };
}

/**
 * Lets instrumentations see modules however the service is started and written. Each of them hooks `require` by itself;
 * what is missing is everything that arrives by `import`, and that comes in three kinds.
 */
export function hookModules(instrumentations: readonly Instrumentation[]): void {
  const packages = packagesOf(instrumentations);
  const limit = limitOfHooks();
  if (limit !== undefined) warnOfLimit(limit);
  hookCommonJs(packages);
  if (hasHooks()) hookLoaded(packages);
  hookBuiltins();
  if (limit === undefined) hookEsModules(packages);
}

/** Packages that an instrumentation wants to change. */
function packagesOf(instrumentations: readonly Instrumentation[]): ReadonlySet<string> {
  const names = instrumentations.flatMap((one) => {
    const definitions: { name: string }[] =
      Reflect.get(one, 'getModuleDefinitions')?.call(one) ?? [];
    return definitions.map(({ name }) => packageOf(`/node_modules/${name}`));
  });
  return new Set(names);
}

/** The package that a file belongs to, or the empty text. */
function packageOf(path: string): string {
  const [, inside = ''] = /.*[\\/]node_modules[\\/](.+)/.exec(path) ?? [];
  const [scope = '', name = ''] = inside.split(/[\\/]/, 2);
  return scope.startsWith('@') ? `${scope}/${name}` : scope;
}

/**
 * CommonJS packages that are imported: Node compiles them without calling `require`, even when this very file is one
 * import among others, because an import is evaluated only when its turn comes. So each is required once more as soon as
 * it is compiled, and what the hooks of `require` make of it takes its place. Node notes the exports right after that, for
 * everyone who imports the package later; therefore a package that is required takes the same way.
 */
function hookCommonJs(packages: ReadonlySet<string>): void {
  const compile: (...parameters: unknown[]) => unknown = Reflect.get(Module.prototype, '_compile');
  const hookedRequire: Require = Reflect.get(Module.prototype, 'require');
  function compileAndPatch(this: NodeJS.Module, ...parameters: unknown[]): unknown {
    const result = compile.apply(this, parameters);
    const [, filename, format] = parameters;
    if (format !== 'module' && packages.has(packageOf(String(filename)))) {
      // Without this mark, Node takes the call for one of a cycle and warns of unfinished exports.
      this.loaded = true;
      this.exports = hookedRequire.call(this, this.filename);
    }
    return result;
  }
  function loadAndRequire(this: NodeJS.Module, id: string): unknown {
    if (packages.has(packageOf(`/node_modules/${id}`))) plainRequire.call(this, id);
    return hookedRequire.call(this, id);
  }
  Reflect.set(Module.prototype, '_compile', compileAndPatch);
  Reflect.set(Module.prototype, 'require', loadAndRequire);
}

/**
 * Packages that our own imports have brought along, as the SDK brings grpc-js. The hooks are shown them now. Node has noted the exports
 * for imports already, so imports get an address of their own, under which Node notes what the hooks have made of them.
 */
function hookLoaded(packages: ReadonlySet<string>): void {
  const entrances = new Map<string, string>();
  for (const path of Object.keys(require.cache)) {
    const [folder = ''] = /.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(path) ?? [];
    // Of each copy of a package, the file that it is entered by is loaded first.
    if (packages.has(packageOf(path)) && !entrances.has(folder)) entrances.set(folder, path);
  }
  for (const path of entrances.values()) require(path);
  const urls = new Set([...entrances.values()].map((path) => pathToFileURL(path).href));
  if (urls.size === 0) return;
  Module.registerHooks({
    resolve: (specifier, context, next) => {
      const found = next(specifier, context);
      // Node 22.15 has a set of conditions for `require`, and a list for imports.
      const isWanted = urls.has(found.url) && new Set(context.conditions).has('import');
      return isWanted ? { ...found, url: `${found.url}?hooked` } : found;
    },
  });
}

/** Modules of Node that instrumentations change: named imports follow only after a synchronization. */
function hookBuiltins(): void {
  for (const name of ['http', 'https']) require(name);
  Module.syncBuiltinESMExports();
}

/** ES modules proper: import-in-the-middle puts a changeable module in front of each instrumented package. */
function hookEsModules(packages: ReadonlySet<string>): void {
  const loader = readLoader();
  if (!loader?.supportsSyncHooks()) return;
  const entry = require.resolve('import-in-the-middle/register-hooks.mjs');
  const hook = loader.createHook({ url: pathToFileURL(entry).href });
  // Not imported by name: on an older Node.js the import alone would be a syntax error, before ours can be raised.
  Module.registerHooks({
    load: hook.loadSync,
    resolve: (specifier, context, next) => {
      const found = next(specifier, context);
      const isWanted = found.format === 'module' && packages.has(packageOf(found.url));
      return isWanted ? hook.resolveSync(specifier, context, next) : found;
    },
  });
}

/** A tool that copies the files that a service needs, as Next.js does for its standalone output, may have left the loader out. */
function readLoader(): Loader | undefined {
  try {
    return require('import-in-the-middle/create-hook.mjs');
  } catch (error) {
    warnOfLimit(`the loader of ES modules cannot be read (${String(error).split('\n', 1)})`);
    return undefined;
  }
}

/**
 * Whether modules can be hooked at all. Bun has no hooks, those of Deno lack what our hooks need, and Jest replaces the class of Node.js with
 * its own, which may refuse hooks.
 */
function hasHooks(): boolean {
  const isOfNode = process.getBuiltinModule?.('node:module') === Module;
  if (!isOfNode || 'deno' in process.versions) return false;
  try {
    Module.registerHooks({}).deregister();
    return true;
  } catch {
    return false;
  }
}

/** Why packages cannot be seen in this process, or `undefined`. */
function limitOfHooks(): string | undefined {
  const bundle = ownBundle();
  if (bundle !== undefined) {
    return `${bundle} is a bundle, and packages inside of it cannot be hooked; keep them outside, as esbuild does with --packages=external`;
  }
  return hasHooks() ? undefined : 'modules are loaded by something other than Node.js';
}

/** Prints one line; the service continues. */
function warnOfLimit(limit: string): void {
  const code = 'MONEYTRAIL_PACKAGES_NOT_SEEN';
  process.emitWarning(codedText(ERRORS, code, { reason: limit }), {
    type: 'MoneytrailWarning',
    code,
  });
}
