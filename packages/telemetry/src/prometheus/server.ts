// The HTTP endpoint at `/metrics`.
import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { Scrapers } from './scrapers.ts';
import type { SharedText } from './shared-text.ts';

/** A response of the endpoint. */
interface ScrapeResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

/** A target has few scrapers; further connections are refused. */
const MAX_CONNECTIONS = 512;

/** How long a request may take to arrive, and its response to be read. */
const REQUEST_MS = 10_000;
const RESPONSE_MS = 30_000;

/** Names of this machine, behind any port. */
const OWN_HOST = /^(?:127(?:\.\d{1,3}){3}|localhost|\[::1\])(?::\d{1,5})?$/i;

/** Creates the server. It never keeps the process alive, and no request makes it throw. */
export function createScrapeServer(text: SharedText, token: string | undefined): Server {
  let turn: Promise<void> = Promise.resolve();
  const scrapers = new Scrapers();
  const options = { headersTimeout: REQUEST_MS, requestTimeout: REQUEST_MS };
  const server = createServer(options, (request, response) => {
    response.on('error', () => {});
    const slow = setTimeout(() => response.destroy(), RESPONSE_MS).unref();
    response.on('close', () => clearTimeout(slow));
    void respondTo(request, token, { text, scrapers }).then(({ status, headers, body }) => {
      // One response in a turn of the event loop: many large ones at once would block it.
      turn = turn.then(nextTurn).then(() => void response.writeHead(status, headers).end(body));
    });
  });
  server.maxConnections = MAX_CONNECTIONS;
  server.on('connection', (socket) => socket.unref());
  return server.unref();
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => void setImmediate(resolve));
}

async function respondTo(
  request: IncomingMessage,
  token: string | undefined,
  { text, scrapers }: { readonly text: SharedText; readonly scrapers: Scrapers },
): Promise<ScrapeResponse> {
  const refusal = refusalOf(request, token);
  if (refusal) return refusal;
  try {
    const acceptsGzip = /\bgzip\b(?!\s*;\s*q=0(?:\.0+)?\s*(?:,|$))/i.test(
      String(request.headers['accept-encoding'] ?? ''),
    );
    const lastMs = scrapers.lastOf(request);
    const { body, isCompressed, collectedMs } = await text.read(acceptsGzip, lastMs);
    scrapers.note(request, collectedMs);
    return {
      status: 200,
      body,
      headers: {
        'content-type': 'text/plain; version=0.0.4; charset=utf-8',
        'content-length': String(body.byteLength),
        vary: 'accept-encoding',
        ...(isCompressed && { 'content-encoding': 'gzip' }),
      },
    };
  } catch {
    return plain(503, 'The metrics are shut down\n');
  }
}

function refusalOf(
  { url = '', method, headers }: IncomingMessage,
  token: string | undefined,
): ScrapeResponse | undefined {
  // Without a token, a web page must not read it by a host name of its own that leads to this machine.
  if (token === undefined && !OWN_HOST.test(headers.host ?? '')) {
    return plain(403, 'Host must be a name of this machine, or set metricsToken\n');
  }
  if (url.split('?', 1)[0] !== '/metrics')
    return plain(404, 'Not found: metrics are at /metrics\n');
  if (method !== 'GET' && method !== 'HEAD')
    return plain(405, 'Only GET\n', { allow: 'GET, HEAD' });
  if (token !== undefined && !isSame(headers.authorization ?? '', `Bearer ${token}`)) {
    return plain(401, 'A bearer token is needed\n', { 'www-authenticate': 'Bearer' });
  }
  return undefined;
}

function plain(status: number, body: string, headers: Record<string, string> = {}): ScrapeResponse {
  return { status, body, headers: { 'content-type': 'text/plain; charset=utf-8', ...headers } };
}

/** Compares digests, so that the response time reveals nothing about the token. */
function isSame(given: string, expected: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
