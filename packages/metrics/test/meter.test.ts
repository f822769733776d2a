/** Tests of counters, gauges and histograms. */
import { describe, expect, it } from '@jest/globals';
import { count, recordValue, setGauge } from '@moneytrail/metrics';
import { seriesValue, seriesWith } from './recording.ts';

const REFUSED = { 'drop.reason': 'invalid_value' };

describe('counters', () => {
  const runs = { 'job.name': 'nightly', 'job.outcome': 'succeeded' } as const;

  it.each([0, 1, 2.5])('grow by %s', (by) => {
    const before = seriesValue('job.runs', runs) ?? 0;
    count('job.runs', runs, by);
    expect(seriesValue('job.runs', runs)).toBe(before + by);
  });

  it.each([-1, Number.NaN, Number.POSITIVE_INFINITY])('reject %s and count it', (by) => {
    count('job.runs', runs, 1);
    const before = seriesValue('job.runs', runs);
    const refused = seriesValue('business_events.dropped', REFUSED) ?? 0;
    count('job.runs', runs, by);
    expect(seriesValue('job.runs', runs)).toBe(before);
    expect(seriesValue('business_events.dropped', REFUSED)).toBe(refused + 1);
  });
});

describe('gauges', () => {
  it('hold the last value, also below zero', () => {
    setGauge('commission.pending', 27, {});
    setGauge('commission.pending', -1, {});
    expect(seriesValue('commission.pending')).toBe(-1);
  });

  it('are not changed by a counter call', () => {
    setGauge('commission.pending', -1, {});
    const anyName = 'commission.pending' as 'job.runs';
    count(anyName, { 'job.name': 'x', 'job.outcome': 'failed' });
    expect(seriesValue('commission.pending')).toBe(-1);
    const unknown = { 'drop.reason': 'unknown_instrument' };
    expect(seriesValue('business_events.dropped', unknown)).toBe(1);
  });
});

describe('histograms', () => {
  it('put a value into the first bucket whose bound it does not exceed', () => {
    for (const seconds of [0.005, 0.0051, 30, 31]) {
      recordValue('health.check.duration', seconds, { 'health.check': 'ledger' });
    }
    const [series] = seriesWith('health.check.duration', { 'health.check': 'ledger' });
    expect(series?.bucketCounts).toEqual([1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1]);
    expect(series?.value).toBeCloseTo(61.0101, 10);
  });
});
