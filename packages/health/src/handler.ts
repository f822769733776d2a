/** The HTTP handler of the probes. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Probe } from './options.ts';
import type { ProbeResult } from './snapshot.ts';

/** Serves the probes as a `node:http` listener and as Express middleware. */
export type HealthHandler = (
  request: IncomingMessage,
  response: ServerResponse,
  next?: (error?: unknown) => void,
) => void;

const PROBES: ReadonlyMap<string, Probe> = new Map([
  ['/livez', 'liveness'],
  ['/readyz', 'readiness'],
  ['/startupz', 'startup'],
]);

/** Creates the handler. Other paths are passed to `next`, or get a 404 without it. */
export function createHandler(resultOf: (probe: Probe) => ProbeResult): HealthHandler {
  return (request, response, next) => {
    const probe = probeOf(request.url);
    if (probe !== undefined) reply(request, response, resultOf(probe));
    else if (next) next();
    else send(response, 404, '{"error":"not found"}');
  };
}

/** The probe of a URL. Platforms may add a query or a trailing slash. */
function probeOf(url = ''): Probe | undefined {
  const [path = ''] = url.split('?', 1);
  return PROBES.get(path.endsWith('/') ? path.slice(0, -1) : path);
}

function reply(request: IncomingMessage, response: ServerResponse, result: ProbeResult): void {
  if (request.method === 'GET' || request.method === 'HEAD') {
    send(response, result.ok ? 200 : 503, JSON.stringify(result));
    return;
  }
  response.setHeader('allow', 'GET, HEAD');
  send(response, 405, '{"error":"method not allowed"}');
}

function send(response: ServerResponse, statusCode: number, body: string): void {
  response.statusCode = statusCode;
  response.setHeader('content-type', 'application/json; charset=utf-8');
  response.setHeader('cache-control', 'no-store');
  response.end(body);
}
