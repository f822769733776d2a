import { type WebhookMode, webhookHandler } from '@moneytrail/providers';
import { stripe } from '@moneytrail/providers/stripe';
import { Router } from 'express';
import type { Service } from '../service.ts';
import { bookEvent } from './book.ts';

/** Stripe's webhook secret, and the mode of the money that counts. */
export interface WebhookSettings {
  readonly stripeWebhookSecret: string;
  readonly stripeMode: WebhookMode;
}

/**
 * `POST /webhooks/stripe`: the handler checks the signature of the raw body and records the events that follow from it, once even if it is
 * delivered repeatedly; then it updates the ledger. When the ledger fails, the response is 500 and Stripe sends the event again.
 */
export function stripeWebhook(service: Service, settings: WebhookSettings): Router {
  const { stripeWebhookSecret: secret, stripeMode: mode } = settings;
  const router = Router();
  router.post(
    '/webhooks/stripe',
    webhookHandler(stripe({ secret, mode }), (event, { result }) => {
      // Money of the other mode does not belong in the ledger.
      if (result === 'test_mode' || result === 'live_mode') return undefined;
      return service.pendingWork.add(bookEvent(service, event));
    }),
  );
  return router;
}
