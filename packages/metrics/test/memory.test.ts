/** Tests of how long events are remembered. */
import { describe, expect, it } from '@jest/globals';
import { CATALOGUE } from '@moneytrail/catalogue';
import { createRecorder, type TrackResult } from '@moneytrail/metrics';

describe('an event', () => {
  it('is known while 99,999 others follow, and forgotten after 100,000', () => {
    const { calls } = createRecorder(CATALOGUE, { isolated: true });
    const record = (number: number): TrackResult =>
      calls.payments.created({ provider: 'stripe', id: `pi_${number}` });
    for (let number = 0; number < 100_000; number += 1) record(number);
    expect(record(0)).toBe('duplicate');
    expect(record(100_000)).toBe('recorded');
    expect([record(0), record(2)]).toEqual(['recorded', 'duplicate']);
  });

  it('is known while 1 other follows if a recorder remembers 2', () => {
    const { calls } = createRecorder(CATALOGUE, { isolated: true, remembered: 2 });
    const record = (id: string): TrackResult => calls.payments.created({ provider: 'stripe', id });
    expect(['a', 'b', 'a', 'c', 'a'].map(record)).toEqual([
      'recorded',
      'recorded',
      'duplicate',
      'recorded',
      'recorded',
    ]);
  });
});
