import { createStripeAdapter, stripeWebhookHandler } from '@moneytrail/payments';
import { Router } from 'express';
import type { Service } from '../service.ts';
import { bookEvent } from './book.ts';

/**
 * `POST /webhooks/stripe`: the adapter checks the signature of the raw body and records the facts of the event, once however
 * often it comes; the ledger follows. When the ledger cannot, the answer is 500 and Stripe sends the event again.
 */
export function stripeWebhook(service: Service, secret: string): Router {
  const adapter = createStripeAdapter({ secret });
  const router = Router();
  router.post(
    '/webhooks/stripe',
    stripeWebhookHandler(adapter, (event) => service.underWay.add(bookEvent(service, event))),
  );
  return router;
}
