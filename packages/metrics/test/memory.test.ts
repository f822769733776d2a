import { describe, expect, it } from '@jest/globals';
import { payments, type TrackResult } from '@moneytrail/metrics';

describe('a fact', () => {
  it('is known while 99,999 others follow, and forgotten after 100,000', () => {
    const tell = (number: number): TrackResult =>
      payments.created({ provider: 'stripe', id: `pi_${number}` });
    for (let number = 0; number < 100_000; number += 1) tell(number);
    expect(tell(0)).toBe('duplicate');
    expect(tell(100_000)).toBe('recorded');
    expect([tell(0), tell(2)]).toEqual(['recorded', 'duplicate']);
  });
});
