/** The HTTP server of the store. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { HttpError, quote } from '../api/errors.ts';
import type { Signal } from '../otlp/decode.ts';
import { guard } from './guard.ts';
import type { Live } from './live.ts';
import { servePage } from './page.ts';
import { type Receiver, receive } from './receiver.ts';
import { send, sendError, sendJson } from './response.ts';
import { respondToQuery, type Source } from './routes.ts';

/** What handles the requests. */
export interface Parts {
  readonly source: Source;
  readonly receiver: Receiver;
  readonly live: Live;
  /** Folder of the UI, when it is not the built one. */
  readonly page: string | undefined;
}

const RECEIVERS: Readonly<Record<string, Signal>> = {
  '/v1/traces': 'traces',
  '/v1/metrics': 'metrics',
  '/v1/logs': 'logs',
};

/** The HTTP server: OTLP, queries, the live stream and the UI. Whatever fails, it responds and continues. */
export function createStoreServer(parts: Parts): Server {
  const server = createServer((request, response) => {
    respond(parts, request, response).catch((error: unknown) => fail(request, response, error));
  });
  server.headersTimeout = 10_000;
  server.requestTimeout = 30_000;
  return server;
}

async function respond(
  parts: Parts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { path, parameters } = readAddress(request);
  const signal = RECEIVERS[path];
  const isPage = signal === undefined && !/^\/(?:api|v1)(?:\/|$)/.test(path);
  guard(request, isPage);
  const allowed = signal ? 'POST, OPTIONS' : 'GET, HEAD, OPTIONS';
  if (request.method === 'OPTIONS') {
    send(request, response, { status: 204, headers: { Allow: allowed }, body: '' });
  } else if (!allowed.includes(request.method ?? '')) {
    response.setHeader('Allow', allowed);
    throw new HttpError('method_not_allowed', String(request.method));
  } else if (signal) {
    await receive(parts.receiver, signal, request, response);
  } else if (isPage) {
    await servePage(request, response, parts.page);
  } else if (path === '/api/live' && request.method === 'GET') {
    parts.live.connect(request, response);
  } else {
    const { status, body } = respondToQuery(parts.source, path, parameters);
    sendJson(request, response, status, body);
  }
}

/** The base only completes the address: the guard checks `Host`. */
function readAddress(request: IncomingMessage): { path: string; parameters: URLSearchParams } {
  const address = request.url ?? '/';
  // After two slashes, a host would be expected.
  const parsed = URL.parse(address.replace(/^\/+/, '/'), 'http://localhost');
  if (!parsed) throw new HttpError('not_found', quote('Path', address));
  return { path: parsed.pathname, parameters: parsed.searchParams };
}

function fail(request: IncomingMessage, response: ServerResponse, error: unknown): void {
  if (error instanceof HttpError) {
    sendError(request, response, error);
    return;
  }
  // A client that disconnected is not a failure of the store.
  if (request.destroyed && !request.complete) return;
  process.stderr.write(`moneytrail store: ${request.method} ${request.url}: ${String(error)}\n`);
  sendError(request, response, new HttpError('internal', 'The request'));
}
