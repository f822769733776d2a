/**
 * Webhooks of payment providers, turned into facts of the catalogue. One delivery, however often and in whatever order it
 * arrives, and however many events tell of the same money, is counted once.
 */

export type { WebhookAnswer, WebhookProblem, WebhookResult } from './answer.ts';
export type { WebhookRequest } from './body.ts';
export { MAX_BODY_BYTES } from './body.ts';
export type { StripeWebhookHandler } from './http.ts';
export { stripeWebhookHandler } from './http.ts';
export type { OnStripeEvent, StripeAdapter } from './stripe/adapter.ts';
export { createStripeAdapter } from './stripe/adapter.ts';
export type { StripeCoverage } from './stripe/events.ts';
export { STRIPE_EVENTS } from './stripe/events.ts';
export type { IgnoreReason, StripeEventType } from './stripe/handling.ts';
export type { StripeAdapterOptions, StripeMode } from './stripe/options.ts';
export type { WebhookBody } from './stripe/verify.ts';
