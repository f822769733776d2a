/** Serves the UI. */
import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { FOLDER } from './own-package.ts';
import { send } from './response.ts';

/** Where the build of `packages/page` writes the UI; the same folder from `src` and from `dist`. */
const BUILT: string = join(FOLDER, 'dist', 'page');

const NOT_BUILT = `<!doctype html><html lang="en"><title>Moneytrail</title>
<h1>The UI is not built</h1>
<p>The store is running and receives telemetry; only its UI is missing. Build it with <code>npm run build</code>,
or use <code>npm start</code>, which builds it first.</p>
<p>The HTTP API works without it, for example <a href="/api/status">/api/status</a>.</p></html>`;

/** The policy of the page that replaces a UI that is not built. */
const NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'";

/** Serves the one document, which contains its style and script, for every address: the UI itself reads the address. */
export async function servePage(
  request: IncomingMessage,
  response: ServerResponse,
  folder: string = BUILT,
): Promise<void> {
  const html = await read(folder, 'index.html', NOT_BUILT);
  // The build names style and script by their hashes; only a header can forbid framing.
  const policy = `${await read(folder, 'csp.txt', NOTHING)}; frame-ancestors 'none'`;
  const isZipped = /\bgzip\b/.test(String(request.headers['accept-encoding']));
  const headers = {
    'Content-Type': 'text/html; charset=utf-8',
    'Cache-Control': 'no-cache',
    'Content-Security-Policy': policy,
    Vary: 'Accept-Encoding',
    ...(isZipped && { 'Content-Encoding': 'gzip' }),
  };
  send(request, response, { status: 200, headers, body: isZipped ? gzipSync(html) : html });
}

async function read(folder: string, name: string, otherwise: string): Promise<string> {
  return await readFile(join(folder, name), 'utf8').catch(() => otherwise);
}
