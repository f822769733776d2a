/**
 * Writes `dist/cjs` of each package: the same code for tools that load only CommonJS, one file per entry point, with declarations.
 * Node.js itself never reads it, see `exports` in each `package.json`.
 */
import { globSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { PACKAGES, ROOT, read } from './repository.ts';

/** One copy of the code: further entry points require the main one. */
const sharedIndex: Plugin = {
  name: 'shared index',
  setup: ({ onResolve }) => {
    onResolve({ filter: /^\.\/index\.js$/ }, ({ path }) => ({ path, external: true }));
  },
};

/** The entry points of a package, as files of `dist` without extension. */
function waysInto(name: string): string[] {
  const { exports } = JSON.parse(read(`packages/${name}/package.json`));
  const ways: readonly { readonly default: string }[] = Object.values(exports);
  return ways.map((way) => way.default.slice('./dist/cjs/'.length, -'.js'.length));
}

async function write(name: string): Promise<void> {
  const dist = `${ROOT}packages/${name}/dist`;
  rmSync(`${dist}/cjs`, { recursive: true, force: true });
  for (const path of globSync('**/*.d.ts', { cwd: dist })) {
    mkdirSync(dirname(`${dist}/cjs/${path}`), { recursive: true });
    const text = read(`packages/${name}/dist/${path}`);
    writeFileSync(`${dist}/cjs/${path}`, text.replace(/^\/\/# sourceMappingURL=.*\n?/m, ''));
  }
  writeFileSync(`${dist}/cjs/package.json`, '{ "type": "commonjs" }\n');
  await build({
    entryPoints: waysInto(name).map((way) => `${dist}/${way}.js`),
    outdir: `${dist}/cjs`,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'cjs',
    target: 'node18',
    plugins: [sharedIndex],
    // It is for `createRequire`, which accepts a path as well as a URL.
    define: { 'import.meta.url': '__filename' },
    legalComments: 'none',
    charset: 'utf8',
    logLevel: 'warning',
  });
}

for (const name of PACKAGES) await write(name);
