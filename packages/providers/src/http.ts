import type { ServerResponse } from 'node:http';
import { shownValue } from '@moneytrail/catalogue';
import { trace } from '@opentelemetry/api';
import { answerTo, type WebhookAnswer, type WebhookProblem } from './answer.ts';
import { BodyReader, type WebhookRequest } from './body.ts';
import { countStranger } from './delivery.ts';
import { headerProblem } from './signature.ts';
import type { OnStripeEvent, StripeAdapter } from './stripe/adapter.ts';

/** A listener of `node:http` and a handler of Express. With `next`, what the application throws goes there. */
export type StripeWebhookHandler = (
  request: WebhookRequest,
  response: ServerResponse,
  next?: (error?: unknown) => void,
) => void;

/**
 * An HTTP handler for a Stripe webhook. It reads the raw body up to `MAX_BODY_BYTES` (larger: 413), so it must stand
 * before any JSON parser, answers with JSON, and gives every verified event to `onEvent`, the application's own work. What
 * that throws is answered with 500, so that Stripe sends again, or goes to Express by `next`. It never throws itself.
 *
 * @example
 * ```ts
 * import { createServer } from 'node:http';
 * import { createStripeAdapter, stripeWebhookHandler } from '@moneytrail/providers';
 * const adapter = createStripeAdapter({ secret: 'whsec_example' });
 * const server = createServer(stripeWebhookHandler(adapter, (event) => console.log(event.type)));
 * server.listen(0, () => server.close());
 * ```
 */
export function stripeWebhookHandler(
  adapter: StripeAdapter,
  onEvent?: OnStripeEvent,
): StripeWebhookHandler {
  const bodies = new BodyReader();
  return (request, response, next) => {
    answerRequest(adapter, onEvent, request, bodies)
      .then((answer) => {
        if (!('error' in answer)) send(response, answer);
        else if (next) next(answer.error);
        else sendFailure(response, answer);
      })
      // Whatever the application or the response throws: the sender gets an answer, and the process goes on.
      .catch(() => failSafely(response));
  };
}

async function answerRequest(
  adapter: StripeAdapter,
  onEvent: OnStripeEvent | undefined,
  request: WebhookRequest,
  bodies: BodyReader,
): Promise<WebhookAnswer> {
  const startedMs = performance.now();
  const signature = request.headers['stripe-signature'];
  const problem = headerProblem(signature);
  // Nothing of the body is kept for somebody who has not even tried to sign it.
  if (problem !== undefined) return refuse(problem, startedMs);
  const body = await bodies.read(request);
  if (typeof body === 'string') return refuse(body, startedMs);
  return adapter.process(body, signature, onEvent);
}

function refuse(code: WebhookProblem, startedMs: number): WebhookAnswer {
  const answer = answerTo(code);
  countStranger('stripe', answer.result, startedMs);
  return answer;
}

/** Without Express nobody else sees what the application threw, so the span of the request keeps it. */
function sendFailure(response: ServerResponse, answer: WebhookAnswer): void {
  recordSafely(answer.error);
  send(response, answer);
}

/** The error is the application's, and may be anything. */
function recordSafely(error: unknown): void {
  try {
    trace.getActiveSpan()?.recordException(error instanceof Error ? error : shownValue(error));
  } catch {
    // Its members cannot be read: the answer is 500 all the same.
  }
}

function failSafely(response: ServerResponse): void {
  try {
    send(response, answerTo('application_error'));
  } catch {
    response.destroy();
  }
}

function send(response: ServerResponse, { result, status, code }: WebhookAnswer): void {
  if (response.headersSent || response.destroyed) return;
  const wait = status === 503 ? { 'retry-after': '1' } : {};
  response.writeHead(status, { 'content-type': 'application/json', ...wait });
  response.end(JSON.stringify({ result, code }));
}
