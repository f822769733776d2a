/**
 * Webhooks of payment providers, recorded as events of the catalogue. A delivery is recorded once, however often and in whatever order
 * it arrives, and money is counted once, however many events report it. Each provider is a sub-path: `@moneytrail/providers/stripe`.
 */

export type { WebhookRequest } from './delivery/body.ts';
export { MAX_BODY_BYTES } from './delivery/body.ts';
export type { WebhookHeaders } from './delivery/headers.ts';
export type { WebhookHandler } from './delivery/http.ts';
export { webhookHandler } from './delivery/http.ts';
export type { WebhookProblem, WebhookResponse, WebhookResult } from './delivery/response.ts';
export type { WebhookBody } from './delivery/verify.ts';
export type { OnEvent, Webhook } from './delivery/webhook.ts';
export { createWebhook } from './delivery/webhook.ts';
export type { Json } from './json.ts';
export { childOf, isJson, numberOf, textOf } from './json.ts';
export type { LeftOut, MappedEvent, MappedFields, ReadAmount } from './mapped-event.ts';
export { event } from './mapped-event.ts';
export type { WebhookMode, WebhookOptions, WebhookSettings } from './options.ts';
export { webhookSettings } from './options.ts';
export type {
  EventProblem,
  EventTable,
  Handling,
  HeaderReader,
  IgnoreReason,
  Mapping,
  Provider,
  ProviderName,
  ReadEvent,
  Signature,
  SignatureProblem,
  WebhookEvent,
} from './provider.ts';
export { isHmac, isValueOf, readMoney, wordTable } from './values.ts';
