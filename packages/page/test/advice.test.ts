import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { ATTRIBUTES, OTHER, valuesOf } from '@moneytrail/catalogue';
import { adviceFor } from '../src/drops/advice.ts';

const FALLBACK = adviceFor('an unknown cause');

describe('the advice about drops', () => {
  const causes = [
    valuesOf(ATTRIBUTES['telemetry.cause']),
    valuesOf(ATTRIBUTES['drop.reason']),
  ].flatMap((values) => values ?? []);

  it('reads the causes from the catalogue', () => {
    expect(causes).toContain('queue_full');
    expect(causes).toContain('unknown_currency');
  });

  it.each(causes.filter((cause) => cause !== OTHER))('says what to do about %s', (cause) => {
    expect(adviceFor(cause)).not.toBe(FALLBACK);
  });

  it('says what to do about every cause in docs/store-api.md', () => {
    const page = readFileSync(new URL('../../../docs/store-api.md', import.meta.url), 'utf8');
    const receiving = page.slice(
      page.indexOf('The response to a request that failed'),
      page.indexOf('## Ranges of time'),
    );
    const rows = receiving.split('\n').filter((row) => row.startsWith('| `'));
    const named = rows.flatMap((row) =>
      row.split('|', 2)[1]?.match(/[a-z]+(?:_[a-z]+)+|\b[a-z]+\b/g),
    );
    expect(named).toEqual(expect.arrayContaining(['malformed', 'completed', 'damaged']));
    expect(named.filter((cause) => adviceFor(cause ?? '') === FALLBACK)).toEqual([]);
  });

  it('has a fallback for unknown causes', () => {
    expect(FALLBACK).toMatch(/log of the service/);
  });
});
