/**
 * Typed business facts: one call checks, recognises repetitions, emits the event, moves the counters and marks the span.
 */

export type { CommissionsCalls, ReferralsCalls } from './commissions.ts';
export { commissions, referrals } from './commissions.ts';
export { eventLost, sendWaitingFacts, setServiceName } from './for-telemetry.ts';
export type { AttributesOf, DropReason, InstrumentSnapshot } from './meter.ts';
export { collectSeries, count, recordValue, setGauge, startTimeMs } from './meter.ts';
export type { HealthChangesCalls, JobsCalls, WebhooksCalls } from './operations.ts';
export { healthChanges, jobs, webhooks } from './operations.ts';
export type { PaymentsCalls } from './payments.ts';
export { payments } from './payments.ts';
export type { PayoutsCalls, TransfersCalls } from './payouts.ts';
export { payouts, transfers } from './payouts.ts';
export type {
  BusinessHistogram,
  BusinessMetric,
  BusinessMetricProducer,
  BusinessPoint,
  BusinessScope,
  StartOfSeries,
} from './producer.ts';
export { businessScope, createBusinessMetricProducer } from './producer.ts';
export type { DisputesCalls, RefundsCalls } from './refunds.ts';
export { disputes, refunds } from './refunds.ts';
export type { SeriesAttributes, SeriesSnapshot } from './series.ts';
export { track } from './track.ts';
export type { TrackResult } from './tracker.ts';
