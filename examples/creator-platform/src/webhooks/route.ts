import { createStripeAdapter, type StripeMode, stripeWebhookHandler } from '@moneytrail/providers';
import { Router } from 'express';
import type { Service } from '../service.ts';
import { bookEvent } from './book.ts';

/** How the endpoint knows Stripe, and which of its money counts. */
export interface WebhookSettings {
  readonly stripeWebhookSecret: string;
  readonly stripeMode: StripeMode;
}

/**
 * `POST /webhooks/stripe`: the adapter checks the signature of the raw body and records the facts of the event, once however
 * often it comes; the ledger follows. When the ledger cannot, the answer is 500 and Stripe sends the event again.
 */
export function stripeWebhook(service: Service, settings: WebhookSettings): Router {
  const { stripeWebhookSecret: secret, stripeMode: mode } = settings;
  const adapter = createStripeAdapter({ secret, mode });
  const router = Router();
  router.post(
    '/webhooks/stripe',
    stripeWebhookHandler(adapter, (event, { result }) => {
      // Money of the other mode does not belong in the ledger.
      if (result === 'test_mode' || result === 'live_mode') return undefined;
      return service.underWay.add(bookEvent(service, event));
    }),
  );
  return router;
}
