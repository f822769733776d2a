/**
 * Public API: typed business events and values. One call validates an event, detects duplicates, sends it, updates the
 * counters and marks the span.
 */

export { defineCatalogue } from '@moneytrail/catalogue';
export type { Calls, CallsFor } from './calls.ts';
export type { OurCalls } from './default.ts';
export {
  collectSeries,
  commissions,
  disputes,
  eventLost,
  fraud,
  healthChanges,
  jobs,
  payments,
  payouts,
  referrals,
  refunds,
  sendPendingEvents,
  setServiceName,
  startTimeMs,
  track,
  transfers,
  webhooks,
} from './default.ts';
export type { TrackResult } from './event/tracker.ts';
export { count, counter, gauge, histogram, recordValue, setGauge } from './instruments.ts';
export type { DropReason } from './losses.ts';
export type {
  BusinessHistogram,
  BusinessMetric,
  BusinessMetricProducer,
  BusinessPoint,
  BusinessScope,
  StartOfSeries,
} from './producer.ts';
export { businessScope, createBusinessMetricProducer } from './producer.ts';
export type { Recorder, RecorderOptions } from './recorder.ts';
export { createRecorder } from './recorder.ts';
export type { Bindable, BoundCounter, BoundGauge, BoundHistogram } from './series/bound.ts';
export type { SeriesAttributes } from './series/cells.ts';
export type { InstrumentSnapshot, SeriesSnapshot } from './series/series.ts';
