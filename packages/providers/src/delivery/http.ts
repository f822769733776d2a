// Serves a webhook over HTTP, as a listener of `node:http` and a handler of Express.
import type { ServerResponse } from 'node:http';
import { shownValue } from '@moneytrail/catalogue';
import { trace } from '@opentelemetry/api';
import type { Provider, WebhookEvent } from '../provider.ts';
import { BodyReader, type WebhookRequest } from './body.ts';
import { countUnsigned } from './record.ts';
import { responseTo, type WebhookProblem, type WebhookResponse } from './response.ts';
import { readSignature } from './verify.ts';
import { createWebhook, type OnEvent } from './webhook.ts';

/** A listener of `node:http` and a handler of Express. With `next`, what the application throws is passed on. */
export type WebhookHandler = (
  request: WebhookRequest,
  response: ServerResponse,
  next?: (error?: unknown) => void,
) => void;

/**
 * An HTTP handler for the webhook of a provider. It reads the raw body up to `MAX_BODY_BYTES` (larger: 413), so it must come before any
 * JSON parser, responds with JSON, and gives every verified event to `onEvent`, the application's own work. When that throws, the
 * response is 500, so that the provider sends again, or the error goes to Express through `next`. Throws `MONEYTRAIL_OPTION_INVALID` for
 * what is not a provider, and nothing afterwards.
 *
 * @example
 * ```ts
 * import { createServer } from 'node:http';
 * import { webhookHandler } from '@moneytrail/providers';
 * import { stripe } from '@moneytrail/providers/stripe';
 * const provider = stripe({ secret: 'whsec_example' });
 * const server = createServer(webhookHandler(provider, (event) => console.log(event.type)));
 * server.listen(0, () => server.close());
 * ```
 */
export function webhookHandler<Payload, Event extends WebhookEvent>(
  provider: Provider<Payload, Event>,
  onEvent?: OnEvent<Payload>,
): WebhookHandler {
  const receive = receiver(provider, onEvent);
  return (request, response, next) => {
    receive(request)
      .then((result) => {
        if (!('error' in result)) send(response, result);
        else if (next) next(result.error);
        else sendFailure(response, result);
      })
      // Whatever the application or the response throws: the sender gets a response, and the process goes on.
      .catch(() => failSafely(response));
  };
}

function receiver<Payload, Event extends WebhookEvent>(
  provider: Provider<Payload, Event>,
  onEvent: OnEvent<Payload> | undefined,
): (request: WebhookRequest) => Promise<WebhookResponse> {
  const webhook = createWebhook(provider);
  const bodies = new BodyReader();
  return async (request) => {
    const startedMs = performance.now();
    // Nothing of the body is kept for a sender who has not even tried to sign it.
    const signature = readSignature(provider, request.headers);
    const body = typeof signature === 'string' ? signature : await bodies.read(request);
    if (typeof body === 'string') return refuse(provider.name, body, startedMs);
    return webhook.process(body, request.headers, onEvent);
  };
}

function refuse(provider: string, code: WebhookProblem, startedMs: number): WebhookResponse {
  const response = responseTo(code);
  countUnsigned(provider, response.result, startedMs);
  return response;
}

/** Without Express nobody else sees what the application threw, so the span of the request keeps it. */
function sendFailure(response: ServerResponse, failure: WebhookResponse): void {
  recordSafely(failure.error);
  send(response, failure);
}

/** The error is the application's, and may be anything. */
function recordSafely(error: unknown): void {
  try {
    trace.getActiveSpan()?.recordException(error instanceof Error ? error : shownValue(error));
  } catch {
    // Its members cannot be read: the response is 500 all the same.
  }
}

function failSafely(response: ServerResponse): void {
  try {
    send(response, responseTo('application_error'));
  } catch {
    response.destroy();
  }
}

function send(response: ServerResponse, { result, status, code }: WebhookResponse): void {
  if (response.headersSent || response.destroyed) return;
  const wait = status === 503 ? { 'retry-after': '1' } : {};
  response.writeHead(status, { 'content-type': 'application/json', ...wait });
  response.end(JSON.stringify({ result, code }));
}
