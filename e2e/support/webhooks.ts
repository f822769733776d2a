import Stripe from 'stripe';

/** The webhook secret of the example in these tests. */
export const WEBHOOK_SECRET = process.env['STRIPE_WEBHOOK_SECRET'] ?? 'whsec_of_these_tests';
const AT_ONCE = 8;

const stripe = new Stripe('sk_test_none');

/** An event as JSON, before it is signed. */
export type EventBody = { readonly type: string; readonly [field: string]: unknown };

/** Delivers signed events to the example in the given order, a few at a time; returns the statuses of the responses. */
export async function deliver(
  appUrl: string,
  events: readonly EventBody[],
): Promise<ReadonlySet<number>> {
  const waiting = [...events];
  const statuses = new Set<number>();
  const worker = async (): Promise<void> => {
    for (let event = waiting.shift(); event !== undefined; event = waiting.shift()) {
      statuses.add(await post(appUrl, JSON.stringify(event)));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return statuses;
}

async function post(appUrl: string, body: string): Promise<number> {
  const signature = stripe.webhooks.generateTestHeaderString({
    payload: body,
    secret: WEBHOOK_SECRET,
  });
  const response = await fetch(`${appUrl}/webhooks/stripe`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'stripe-signature': signature },
    body,
  });
  await response.arrayBuffer();
  return response.status;
}
