import type { ServerResponse } from 'node:http';
import { trace } from '@opentelemetry/api';
import { answerTo, type WebhookAnswer } from './answer.ts';
import { type BodyProblem, readRawBody, type WebhookRequest } from './body.ts';
import { recordDelivery } from './delivery.ts';
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
 * import { createStripeAdapter, stripeWebhookHandler } from '@moneytrail/payments';
 * const adapter = createStripeAdapter({ secret: 'whsec_example' });
 * const server = createServer(stripeWebhookHandler(adapter, (event) => console.log(event.type)));
 * server.listen(0, () => server.close());
 * ```
 */
export function stripeWebhookHandler(
  adapter: StripeAdapter,
  onEvent?: OnStripeEvent,
): StripeWebhookHandler {
  return (request, response, next) => {
    void answerRequest(adapter, onEvent, request).then((answer) => {
      if (answer.error === undefined) send(response, answer);
      else if (next) next(answer.error);
      else sendFailure(response, answer);
    });
  };
}

async function answerRequest(
  adapter: StripeAdapter,
  onEvent: OnStripeEvent | undefined,
  request: WebhookRequest,
): Promise<WebhookAnswer> {
  const startedMs = performance.now();
  const body = await readRawBody(request);
  if (typeof body === 'string') return refuse(body, startedMs);
  return adapter.process(body, request.headers['stripe-signature'], onEvent);
}

function refuse(code: BodyProblem, startedMs: number): WebhookAnswer {
  const answer = answerTo(code);
  recordDelivery('stripe', answer.result, { startedMs });
  return answer;
}

/** Without Express nobody else sees what the application threw, so the span of the request keeps it. */
function sendFailure(response: ServerResponse, answer: WebhookAnswer): void {
  const { error } = answer;
  trace.getActiveSpan()?.recordException(error instanceof Error ? error : String(error));
  send(response, answer);
}

function send(response: ServerResponse, { result, status, code }: WebhookAnswer): void {
  if (response.headersSent) return;
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ result, code }));
}
