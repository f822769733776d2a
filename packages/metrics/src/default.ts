/** The recorder of our catalogue, which the whole process shares. */
import { type BusinessEvent, CATALOGUE, type MoneytrailCatalogue } from '@moneytrail/catalogue';
import type { CallsFor } from './calls.ts';
import type { TrackResult } from './event/tracker.ts';
import { RECORDERS } from './process.ts';
import { createRecorder, type Recorder } from './recorder.ts';
import type { InstrumentSnapshot } from './series/series.ts';

/** The recorder of our catalogue. */
export const RECORDER: Recorder<MoneytrailCatalogue> = createRecorder(CATALOGUE);

/** The calls of the events of our catalogue with one noun. */
export type OurCalls<Noun extends string> = CallsFor<MoneytrailCatalogue, Noun>;

/** Unix time in milliseconds from which on the counters count. */
export const startTimeMs: number = RECORDERS.startTimeMs;

/**
 * Records a business event: validates it, detects duplicates (same owner, object and name), sends it, updates the counters
 * and marks the active span, so that the three signals agree. Never throws. A rejected event is counted in
 * `moneytrail.business_events.dropped`, and the reason is returned.
 *
 * @example
 * ```ts
 * import { money } from '@moneytrail/catalogue';
 * import { track } from '@moneytrail/metrics';
 * const event = { event: 'payout.created', provider: 'stripe', id: 'po_1', amount: money(1200n, 'EUR') } as const;
 * console.log(track(event), track(event)); // recorded duplicate
 * ```
 */
export function track(event: BusinessEvent): TrackResult {
  return RECORDER.track(event);
}

/**
 * Every instrument of every catalogue that was used, with its series in the order of their creation, cumulative since
 * `startTimeMs`. All readers share this state, so instruments that were used before the SDK started are not lost.
 *
 * @example
 * ```ts
 * import { collectSeries, count } from '@moneytrail/metrics';
 * count('transfers', { 'transfer.status': 'created' });
 * const [transfers] = collectSeries().filter(({ name }) => name === 'transfers');
 * console.log(transfers?.series.map(({ value }) => value)); // [ 1, 0 ]
 * ```
 */
export function collectSeries(): InstrumentSnapshot[] {
  return RECORDERS.collect();
}

/**
 * Payments: `failed` is one attempt; `succeeded`, `canceled` and `fraudRejected` end a payment.
 *
 * @example
 * ```ts
 * import { money } from '@moneytrail/catalogue';
 * import { payments } from '@moneytrail/metrics';
 * const amount = money(1999n, 'EUR');
 * payments.succeeded({ provider: 'stripe', id: 'pi_1', method: 'card', purpose: 'tip', amount });
 * ```
 */
export const payments: OurCalls<'payment'> = RECORDER.calls.payments;

/**
 * Fraud warnings.
 *
 * @example
 * ```ts
 * import { fraud } from '@moneytrail/metrics';
 * fraud.warningReceived({ provider: 'stripe', id: 'pi_1' });
 * ```
 */
export const fraud: OurCalls<'fraud'> = RECORDER.calls.frauds;

/**
 * Refunds: money returned to the payer by our own decision.
 *
 * @example
 * ```ts
 * import { money } from '@moneytrail/catalogue';
 * import { refunds } from '@moneytrail/metrics';
 * refunds.succeeded({ provider: 'stripe', id: 're_1', payment: 'pi_1', amount: money(500n, 'EUR') });
 * ```
 */
export const refunds: OurCalls<'refund'> = RECORDER.calls.refunds;

/**
 * Disputes: money that a cardholder claims back.
 *
 * @example
 * ```ts
 * import { money } from '@moneytrail/catalogue';
 * import { disputes } from '@moneytrail/metrics';
 * const amount = money(1999n, 'EUR');
 * disputes.opened({ provider: 'stripe', id: 'dp_1', payment: 'pi_1', stage: 'opened', amount });
 * ```
 */
export const disputes: OurCalls<'dispute'> = RECORDER.calls.disputes;

/**
 * Payouts: money sent to a bank account or card.
 *
 * @example
 * ```ts
 * import { money } from '@moneytrail/catalogue';
 * import { payouts } from '@moneytrail/metrics';
 * payouts.created({ provider: 'stripe', id: 'po_1', amount: money(9000n, 'EUR') });
 * ```
 */
export const payouts: OurCalls<'payout'> = RECORDER.calls.payouts;

/**
 * Transfers: money moved between accounts at the provider.
 *
 * @example
 * ```ts
 * import { money } from '@moneytrail/catalogue';
 * import { transfers } from '@moneytrail/metrics';
 * transfers.created({ provider: 'stripe', id: 'tr_1', amount: money(9000n, 'EUR') });
 * ```
 */
export const transfers: OurCalls<'transfer'> = RECORDER.calls.transfers;

/**
 * Commissions of referrals, in two tiers.
 *
 * @example
 * ```ts
 * import { money } from '@moneytrail/catalogue';
 * import { commissions } from '@moneytrail/metrics';
 * const amount = money(200n, 'EUR');
 * commissions.processed({ id: 'c_1', payment: 'pi_1', tier: '1', amount });
 * ```
 */
export const commissions: OurCalls<'commission'> = RECORDER.calls.commissions;

/**
 * Steps of the referral funnel.
 *
 * @example
 * ```ts
 * import { referrals } from '@moneytrail/metrics';
 * referrals.shared({ id: 'ref_1', platform: 'whatsapp' });
 * ```
 */
export const referrals: OurCalls<'referral'> = RECORDER.calls.referrals;

/**
 * Deliveries of provider webhooks; `@moneytrail/providers` makes these calls.
 *
 * @example
 * ```ts
 * import { webhooks } from '@moneytrail/metrics';
 * webhooks.processed({ provider: 'stripe', type: 'charge.succeeded', lagSeconds: 0.8 });
 * ```
 */
export const webhooks: OurCalls<'webhook'> = RECORDER.calls.webhooks;

/**
 * Runs of background jobs.
 *
 * @example
 * ```ts
 * import { jobs } from '@moneytrail/metrics';
 * jobs.succeeded({ job: 'payout', durationSeconds: 1.2 });
 * ```
 */
export const jobs: OurCalls<'job'> = RECORDER.calls.jobs;

/**
 * Changes of health checks; `@moneytrail/health` makes these calls.
 *
 * @example
 * ```ts
 * import { healthChanges } from '@moneytrail/metrics';
 * healthChanges.degraded({ check: 'ledger', kind: 'readiness', reason: 'slow' });
 * ```
 */
export const healthChanges: OurCalls<'health'> = RECORDER.calls.healths;

/**
 * Sends the events that were recorded before the SDK started. `@moneytrail/telemetry` calls it at startup; with another
 * SDK, the next event sends them. Never throws.
 *
 * @example
 * ```ts
 * import { sendPendingEvents } from '@moneytrail/metrics';
 * sendPendingEvents();
 * ```
 */
export function sendPendingEvents(): void {
  RECORDERS.sendPending();
}

/**
 * Sets the name of the service, for the ids of events about its own objects. `@moneytrail/telemetry` calls it at startup;
 * by default, `OTEL_SERVICE_NAME` and `OTEL_RESOURCE_ATTRIBUTES` are read.
 *
 * @example
 * ```ts
 * import { setServiceName } from '@moneytrail/metrics';
 * setServiceName('checkout');
 * ```
 */
export function setServiceName(name: string): void {
  RECORDERS.setServiceName(name);
}

/**
 * Marks an event as not sent, by its `moneytrail.event.id`. It stays counted. When it is reported again, for example
 * because a webhook is delivered again, it is sent again. `@moneytrail/telemetry` calls this for each event that it drops.
 * Never throws.
 *
 * @example
 * ```ts
 * import { eventLost } from '@moneytrail/metrics';
 * eventLost('stripe/pi_1/payment.succeeded');
 * ```
 */
export function eventLost(id: string): void {
  // Callers without types may pass any value.
  if (typeof id === 'string') RECORDERS.lose(id);
}
