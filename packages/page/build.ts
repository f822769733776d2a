/**
 * Bundles the UI into one HTML file of the store. Style and script are inside the file, so that it loads in one request, and the
 * Content-Security-Policy names them by their hashes, so that nothing else can run.
 */
import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const SOURCE = fileURLToPath(new URL('./src/', import.meta.url));
const DEFAULT_OUT = fileURLToPath(new URL('../store/dist/page/', import.meta.url));

/** Size of the built file. */
export interface BuiltPage {
  /** Length of `index.html`. */
  readonly bytes: number;
  /** Length of `index.html` after gzip at the highest level: the size of one request. */
  readonly gzipBytes: number;
}

/**
 * Writes `index.html` and `csp.txt` (the policy of its meta tag, to be sent as a header too) into `outDir`, which is
 * created when missing. Rejects when the sources do not bundle or the folder cannot be written.
 */
export async function buildPage(outDir: string): Promise<BuiltPage> {
  const { script, style } = await bundle();
  const policy = policyFor(script, style);
  const template = await readFile(join(SOURCE, 'index.html'), 'utf8');
  const html = fill(template, { policy, style, script });
  await mkdir(outDir, { recursive: true });
  await replaceFile(join(outDir, 'index.html'), html);
  await replaceFile(join(outDir, 'csp.txt'), policy);
  return { bytes: Buffer.byteLength(html), gzipBytes: gzipSync(html, { level: 9 }).length };
}

/** Replaces the file atomically, because a running store may be serving it. */
async function replaceFile(path: string, text: string): Promise<void> {
  const fresh = `${path}.${process.pid}`;
  await writeFile(fresh, text);
  await rename(fresh, path);
}

async function bundle(): Promise<{ script: string; style: string }> {
  const result = await build({
    entryPoints: [join(SOURCE, 'main.tsx'), join(SOURCE, 'style/index.css')],
    outdir: SOURCE,
    write: false,
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    conditions: ['@moneytrail/source'],
    legalComments: 'none',
    charset: 'utf8',
    logLevel: 'silent',
  });
  const text = (ending: string): string =>
    result.outputFiles.find((file) => file.path.endsWith(ending))?.text.trim() ?? '';
  return { script: text('.js'), style: text('.css') };
}

function policyFor(script: string, style: string): string {
  return [
    "default-src 'none'",
    `script-src '${hashOf(script)}'`,
    `style-src '${hashOf(style)}'`,
    "connect-src 'self'",
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
  ].join('; ');
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

function fill(template: string, parts: Record<string, string>): string {
  // A function as the replacement, because the script contains `$&` and similar patterns.
  return template.replace(/%(policy)%|\/\*(style|script)\*\//g, (whole, policy, part) => {
    return parts[policy ?? part] ?? whole;
  });
}

if (import.meta.main) {
  const { bytes, gzipBytes } = await buildPage(process.argv[2] ?? DEFAULT_OUT);
  console.log(`UI: ${bytes} bytes, ${gzipBytes} gzipped`);
}
