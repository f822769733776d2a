/** Tests of contradicting final events. */
import { describe, expect, it } from '@jest/globals';
import { CATALOGUE, money } from '@moneytrail/catalogue';
import { createRecorder, type InstrumentSnapshot } from '@moneytrail/metrics';
import fc from 'fast-check';

const amount = money(1999n, 'EUR');
const attempt = 'ch_1';
const id = 'pi_1';
const provider = 'stripe';

type Calls = ReturnType<typeof createRecorder<typeof CATALOGUE>>['calls'];

/** Events that end a payment, by the outcome that each reports. */
const FINAL = {
  succeeded: ({ payments }: Calls) => payments.succeeded({ provider, id, attempt, amount }),
  canceled: ({ payments }: Calls) => payments.canceled({ provider, id }),
  blocked: ({ payments }: Calls) => payments.fraudRejected({ provider, id }),
  declined: ({ payments }: Calls) => payments.failed({ provider, id, reason: 'do_not_honor' }),
} as const;

const EARLIER = [
  ({ payments }: Calls) => payments.created({ provider, id }),
  ({ payments }: Calls) => payments.actionRequired({ provider, id }),
  ({ payments }: Calls) =>
    payments.failed({ provider, id, attempt: 'ch_0', reason: 'insufficient_funds' }),
] as const;

/** The highest of these stands. */
const PRECEDENCE = ['succeeded', 'blocked', 'canceled', 'declined'] as const;

function sum(collected: readonly InstrumentSnapshot[], name: string): Record<string, number> {
  const found = collected.find((instrument) => instrument.name === name);
  const counted = (found?.series ?? []).filter(({ value }) => value > 0);
  const sums = Map.groupBy(counted, ({ attributes }) => attributes['payment.outcome'] ?? 'all');
  return Object.fromEntries(
    [...sums].map(([key, series]) => [key, series.reduce((all, { value }) => all + value, 0)]),
  );
}

/** Outcomes without those that were replaced. */
function outcomes(collected: readonly InstrumentSnapshot[]): Record<string, number> {
  const counted = sum(collected, 'payment.outcomes');
  for (const [outcome, replaced] of Object.entries(sum(collected, 'payment.outcomes.superseded'))) {
    counted[outcome] = (counted[outcome] ?? 0) - replaced;
  }
  return Object.fromEntries(Object.entries(counted).filter(([, value]) => value !== 0));
}

const names = Object.keys(FINAL) as (keyof typeof FINAL)[];
const pairs = names.flatMap((a) => names.filter((b) => b !== a).map((b) => [a, b] as const));

describe('a payment with two final events', () => {
  it.each(pairs)('%s, then %s: has one outcome, and the contradiction is counted', (a, b) => {
    const { calls, collect } = createRecorder(CATALOGUE, { isolated: true });
    FINAL[a](calls);
    FINAL[b](calls);
    const collected = collect();
    const stands = PRECEDENCE.find((name) => name === a || name === b) ?? '';
    expect(outcomes(collected)).toEqual({ [stands]: 1 });
    expect(sum(collected, 'business_events.contradictions')).toEqual({ all: 1 });
    const captured = a === 'succeeded' || b === 'succeeded';
    expect(sum(collected, 'payment.volume')).toEqual(captured ? { all: 19.99 } : {});
  });

  it('has the same outcome with other events, in any order', () => {
    const events = [...names.map((name) => FINAL[name]), ...EARLIER];
    fc.assert(
      fc.property(fc.shuffledSubarray(events, { minLength: 1 }), (reported) => {
        const { calls, collect } = createRecorder(CATALOGUE, { isolated: true });
        for (const report of reported) report(calls);
        const stands = PRECEDENCE.find((name) => reported.includes(FINAL[name]));
        expect(outcomes(collect())).toEqual(stands === undefined ? {} : { [stands]: 1 });
      }),
    );
  });

  it.each([
    ['succeeded and failed', 0, 1],
    ['failed and succeeded', 1, 0],
  ])('of one attempt, %s: is declined, because the money came back', (_title, first, second) => {
    const { calls, collect } = createRecorder(CATALOGUE, { isolated: true });
    const events = [
      () => FINAL.succeeded(calls),
      () => calls.payments.failed({ provider, id, attempt, reason: 'processor_error' }),
    ];
    events[first]?.();
    events[second]?.();
    const collected = collect();
    expect(outcomes(collected)).toEqual({ declined: 1 });
    expect(sum(collected, 'payment.returned.volume')).toEqual({ all: 19.99 });
    expect(sum(collected, 'business_events.contradictions')).toEqual({});
  });
});
