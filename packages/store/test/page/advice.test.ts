import { describe, expect, it } from '@jest/globals';
import { closedValues, OTHER } from '@moneytrail/catalogue';
import { adviceFor } from '../../src/page/drops/advice.ts';

const FALLBACK = adviceFor('a cause that nobody knows');

describe('the view of what was dropped', () => {
  const causes = [closedValues('telemetry.cause'), closedValues('drop.reason')].flatMap(
    (values) => values ?? [],
  );

  it('knows the causes of the catalogue', () => {
    expect(causes).toContain('queue_full');
    expect(causes).toContain('unknown_currency');
  });

  it.each(causes.filter((cause) => cause !== OTHER))('says what to do about %s', (cause) => {
    expect(adviceFor(cause)).not.toBe(FALLBACK);
  });

  it('has a next step for causes that it does not know', () => {
    expect(FALLBACK).toMatch(/log of the service/);
  });
});
