/** Tests of the counters of losses. */
import { describe, expect, it } from '@jest/globals';
import { CATALOGUE, OTHER } from '@moneytrail/catalogue';
import { createRecorder, type InstrumentSnapshot } from '@moneytrail/metrics';

const LOSSES = ['value.coerced', 'business_events.dropped'] as const;

function seriesOf(
  collected: readonly InstrumentSnapshot[],
  name: string,
): [string, string, number][] {
  const found = collected.find((instrument) => instrument.name === name);
  return (found?.series ?? []).map(({ attributes, value }) => [
    attributes['instrument'] ?? '',
    attributes['drop.reason'] ?? '',
    value,
  ]);
}

describe('losses', () => {
  it.each(LOSSES)('of %s are counted for any number of invented names', (name) => {
    const { count, collect } = createRecorder(CATALOGUE, { isolated: true });
    for (let index = 0; index < 5000; index += 1) {
      count(name, { instrument: `invented-${index}`, 'drop.reason': 'too_long' });
    }
    expect(seriesOf(collect(), name)).toEqual([[OTHER, 'too_long', 5000]]);
  });

  it('are still counted when every other series is at its limit', () => {
    const { count, collect, calls } = createRecorder(CATALOGUE, { isolated: true, maxSeries: 1 });
    for (let index = 0; index < 100; index += 1) {
      count('job.runs', { 'job.name': `job-${index}`, 'job.outcome': 'failed' });
      calls.payments.created({ provider: 'no provider', id: `pi_${index}` });
    }
    const losses = seriesOf(collect(), 'value.coerced');
    expect(losses).toContainEqual(['payment.provider', 'invalid_value', 100]);
    expect(losses.find(([instrument]) => instrument === 'job.runs')?.[1]).toBe('series_limit');
  });

  it.each([OTHER, 'because', undefined, 7])('with the reason %p are internal', (reason) => {
    const { count, collect } = createRecorder(CATALOGUE, { isolated: true });
    count('value.coerced', { instrument: 'traces', 'drop.reason': reason as 'too_long' });
    expect(seriesOf(collect(), 'value.coerced')).toEqual([['traces', 'internal', 1]]);
  });
});
