/** The instruments of our catalogue, for values that no event carries. */
import type { AttributesOf, InstrumentOfKind } from '@moneytrail/catalogue';
import { RECORDER } from './default.ts';
import type { Bindable, BoundCounter, BoundGauge, BoundHistogram } from './series/bound.ts';

/**
 * Adds to a counter of our catalogue. Values outside a closed set become `_OTHER` and are counted; a negative or non-finite
 * number is rejected and counted. Never throws.
 *
 * @example
 * ```ts
 * import { count } from '@moneytrail/metrics';
 * count('job.runs', { 'job.name': 'payout', 'job.outcome': 'succeeded' });
 * ```
 */
export function count<Name extends InstrumentOfKind<'counter'>>(
  name: Name,
  attributes: AttributesOf<Name>,
  by = 1,
): void {
  RECORDER.count(name, attributes, by);
}

/**
 * Sets a gauge of our catalogue. A non-finite number is rejected and counted. Never throws. Set gauges that count rows of a
 * database in one process only, because every replica would report them.
 *
 * @example
 * ```ts
 * import { setGauge } from '@moneytrail/metrics';
 * setGauge('commission.pending', 27, {});
 * ```
 */
export function setGauge<Name extends InstrumentOfKind<'gauge'>>(
  name: Name,
  value: number,
  attributes: AttributesOf<Name>,
): void {
  RECORDER.setGauge(name, value, attributes);
}

/**
 * Records a value in a histogram of our catalogue, in the unit of the instrument. A negative or non-finite number is
 * rejected and counted. Never throws.
 *
 * @example
 * ```ts
 * import { recordValue } from '@moneytrail/metrics';
 * recordValue('health.check.duration', 0.004, { 'health.check': 'ledger' });
 * ```
 */
export function recordValue<Name extends InstrumentOfKind<'histogram'>>(
  name: Name,
  value: number,
  attributes: AttributesOf<Name>,
): void {
  RECORDER.recordValue(name, value, attributes);
}

/**
 * A counter of our catalogue whose series can be bound. Keep the handle of a series that counts often: `add` costs a few
 * nanoseconds and allocates nothing. Values outside a closed set become `_OTHER` and are counted. Never throws.
 *
 * @example
 * ```ts
 * import { collectSeries, counter } from '@moneytrail/metrics';
 * const failed = counter('job.runs').with({ 'job.name': 'payout', 'job.outcome': 'failed' });
 * failed.add();
 * failed.add(2);
 * const [runs] = collectSeries().filter(({ name }) => name === 'job.runs');
 * console.log(runs?.series[0]?.value); // 3
 * ```
 */
export function counter<Name extends InstrumentOfKind<'counter'>>(
  name: Name,
): Bindable<AttributesOf<Name>, BoundCounter> {
  return RECORDER.counter(name);
}

/**
 * A gauge of our catalogue whose series can be bound. Never throws.
 *
 * @example
 * ```ts
 * import { gauge } from '@moneytrail/metrics';
 * const pending = gauge('commission.pending').with({});
 * pending.set(27);
 * ```
 */
export function gauge<Name extends InstrumentOfKind<'gauge'>>(
  name: Name,
): Bindable<AttributesOf<Name>, BoundGauge> {
  return RECORDER.gauge(name);
}

/**
 * A histogram of our catalogue whose series can be bound. Never throws.
 *
 * @example
 * ```ts
 * import { histogram } from '@moneytrail/metrics';
 * const checked = histogram('health.check.duration').with({ 'health.check': 'ledger' });
 * checked.record(0.004);
 * ```
 */
export function histogram<Name extends InstrumentOfKind<'histogram'>>(
  name: Name,
): Bindable<AttributesOf<Name>, BoundHistogram> {
  return RECORDER.histogram(name);
}
