import type { AttributeValue } from '@moneytrail/catalogue';
import { count, recordValue, webhooks } from '@moneytrail/metrics';
import type { WebhookResult } from './answer.ts';
import { defined } from './defined.ts';

const RECORD = {
  ok: webhooks.processed,
  duplicate: webhooks.duplicated,
  ignored: webhooks.ignored,
  unrecognized: webhooks.unrecognized,
  test_mode: webhooks.testMode,
  live_mode: webhooks.liveMode,
  invalid_signature: webhooks.rejected,
  error: webhooks.failed,
} as const;

/** What is known of a delivery: its id and type once the signature was checked. */
export interface DeliveryFacts {
  /** When it began, by `performance.now()`. */
  readonly startedMs: number;
  readonly id?: string | undefined;
  readonly type?: string | undefined;
  readonly lagSeconds?: number | undefined;
}

/**
 * Counts a request that nobody has signed. Anybody can post as many as he likes, so it is no event and marks no trace: strangers
 * must not displace the events of money. Never throws.
 */
export function countStranger(
  provider: AttributeValue<'payment.provider'>,
  result: WebhookResult,
  startedMs: number,
): void {
  count('webhook.deliveries', { 'payment.provider': provider, 'webhook.result': result });
  const seconds = (performance.now() - startedMs) / 1000;
  recordValue('webhook.processing.duration', seconds, { 'payment.provider': provider });
}

/** Records a delivery at its end, once. Never throws. */
export function recordDelivery(
  provider: AttributeValue<'payment.provider'>,
  result: WebhookResult,
  { startedMs, ...facts }: DeliveryFacts,
): void {
  const durationSeconds = (performance.now() - startedMs) / 1000;
  RECORD[result](defined({ provider, ...facts, durationSeconds }));
}
