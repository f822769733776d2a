import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { send } from './answer.ts';
import { HttpError, quote } from './errors.ts';

/** Where the build leaves the page; the same folder from `src` and from `dist`. */
const BUILT: string = fileURLToPath(new URL('../../dist/page/', import.meta.url));

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** The page may load from the store alone: no outside request, no inline code, no frame. */
const POLICY =
  "default-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'";

const NOT_BUILT = `<!doctype html><html lang="en"><title>Moneytrail</title>
<h1>The page is not built</h1>
<p>The store is running and receives telemetry; only its page is missing. Build it with <code>npm run build</code>,
or use <code>npm start</code>, which builds it first.</p>
<p>The queries answer all the same, for example <a href="/api/status">/api/status</a>.</p></html>`;

/** An asset of the bundle: one plain name, so that no path can lead out of the folder. */
const ASSET = /^\/assets\/([\w-][\w.-]*)$/;
/** Names with a hash of the content never change what they mean. */
const HASHED = /[.-][0-9A-Za-z_]{8,}\.\w+$/;

/** Serves the page: its assets by name, and its one document for every other address, which the page itself reads. */
export async function servePage(
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  folder: string | undefined,
): Promise<void> {
  const asset = ASSET.exec(path)?.[1];
  if (asset === undefined && path.startsWith('/assets/'))
    throw new HttpError('not_found', quote('Path', path));
  const name = asset === undefined ? 'index.html' : join('assets', asset);
  const body = await readFile(join(folder ?? BUILT, name)).catch(() => undefined);
  if (asset !== undefined && body === undefined)
    throw new HttpError('not_found', quote('Path', path));
  const headers = {
    'Content-Type': TYPES[extname(name)] ?? 'application/octet-stream',
    'Cache-Control': HASHED.test(name) ? 'public, max-age=31536000, immutable' : 'no-cache',
    'Content-Security-Policy': POLICY,
  };
  send(request, response, { status: 200, headers, body: body ?? NOT_BUILT });
}
