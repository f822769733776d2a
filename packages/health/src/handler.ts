import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Probe } from './options.ts';
import type { ProbeAnswer } from './snapshot.ts';

/** Serves the probes, as a listener of `node:http` and as a middleware of Express. */
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

/** Makes a handler that answers from `answer`; what it does not know goes to `next`, or is answered with 404. */
export function createHandler(answer: (probe: Probe) => ProbeAnswer): HealthHandler {
  return (request, response, next) => {
    const probe = probeOf(request.url);
    if (probe !== undefined) reply(request, response, answer(probe));
    else if (next) next();
    else send(response, 404, '{"error":"not found"}');
  };
}

/** Platforms ask with a query or a slash at the end, too. */
function probeOf(url = ''): Probe | undefined {
  const [path = ''] = url.split('?', 1);
  return PROBES.get(path.endsWith('/') ? path.slice(0, -1) : path);
}

function reply(request: IncomingMessage, response: ServerResponse, answer: ProbeAnswer): void {
  if (request.method === 'GET' || request.method === 'HEAD') {
    send(response, answer.ok ? 200 : 503, JSON.stringify(answer));
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
