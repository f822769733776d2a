/**
 * Webhooks of payment providers, turned into facts of the catalogue. One delivery, however often and in whatever order it
 * arrives, and however many events tell of the same money, is counted once.
 */

export type { WebhookAnswer, WebhookProblem, WebhookResult } from './answer.ts';
export type { StripeWebhookHandler, WebhookRequest } from './http.ts';
export { MAX_BODY_BYTES, stripeWebhookHandler } from './http.ts';
export type {
  OnStripeEvent,
  StripeAdapter,
  StripeAdapterOptions,
  WebhookBody,
} from './stripe/adapter.ts';
export { createStripeAdapter } from './stripe/adapter.ts';
export type { IgnoreReason, StripeCoverage, StripeEventType } from './stripe/events.ts';
export { STRIPE_EVENTS } from './stripe/events.ts';
