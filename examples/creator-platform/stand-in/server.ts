import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { type Form, readForm } from './form.ts';
import { type Account, confirmIntent, createIntent } from './intents.ts';
import { createPayout } from './payouts.ts';
import { createRefund } from './refunds.ts';
import { type ApiResponse, errorResponse } from './responses.ts';

const SLOW_SHARE = 0.02;
const BODY_LIMIT = 64_000;
const REMEMBERED_KEYS = 5_000;

type Handler = (account: Account, form: Form, id: string, steady: boolean) => ApiResponse;

const ROUTES: readonly (readonly [method: string, path: RegExp, handler: Handler])[] = [
  ['POST', /^\/v1\/payment_intents$/, (account, form) => createIntent(account, form)],
  [
    'POST',
    /^\/v1\/payment_intents\/(\w+)\/confirm$/,
    (account, _, id) => confirmIntent(account, id),
  ],
  ['POST', /^\/v1\/refunds$/, (account, form) => createRefund(account, form)],
  ['POST', /^\/v1\/payouts$/, (account, form, _, steady) => createPayout(account, form, steady)],
];

/** The API as an HTTP server: it responds with Stripe's latency, sometimes slowly, and supports idempotency keys. */
export function createStandIn(account: Account, steady: boolean): Server {
  const responses = new Map<string, ApiResponse>();
  return createServer((request, response) => {
    respond(request, response).catch(() => response.destroy());
  });

  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request);
    await wait(steady ? 2 : latencyMs());
    const key = String(request.headers['idempotency-key'] ?? '');
    const reply = responses.get(key) ?? dispatch(request, body);
    if (key) rememberResponse(key, reply);
    response.writeHead(reply.status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(reply.body));
  }

  function dispatch({ method, url = '' }: IncomingMessage, body: string | undefined): ApiResponse {
    if (body === undefined) return errorResponse(413, 'body', 'Request too large');
    const route = ROUTES.find(([verb, path]) => verb === method && path.test(url));
    if (!route) return errorResponse(404, 'url', `Unrecognized request URL (${method}: ${url})`);
    const [, path, handler] = route;
    return handler(account, readForm(body), path.exec(url)?.[1] ?? '', steady);
  }

  function rememberResponse(key: string, reply: ApiResponse): void {
    responses.set(key, reply);
    const [oldest] = responses.keys();
    if (responses.size > REMEMBERED_KEYS && oldest !== undefined) responses.delete(oldest);
  }
}

function latencyMs(): number {
  return Math.random() < SLOW_SHARE ? 900 + Math.random() * 1_800 : 25 + Math.random() * 90;
}

async function readBody(request: IncomingMessage): Promise<string | undefined> {
  let body = '';
  for await (const chunk of request.setEncoding('utf8')) {
    if (body.length <= BODY_LIMIT) body += chunk;
  }
  return body.length <= BODY_LIMIT ? body : undefined;
}
