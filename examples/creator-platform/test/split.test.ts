import { describe, expect, it } from '@jest/globals';
import { currencyCodes, money } from '@moneytrail/catalogue';
import fc from 'fast-check';
import { splitPayment } from '../src/checkout/split.ts';
import { chargeStep, stripeAmount } from '../src/stripe/amount.ts';

const anyAmount = fc.bigInt({ min: 1n, max: 99_999_999n });
const anyCurrency = fc.constantFrom(...currencyCodes());
const anyReferrers = fc.constantFrom({}, { tier1: 'WREN' }, { tier1: 'WREN', tier2: 'TAMSIN' });

describe('splitting a payment', () => {
  it('assigns every minor unit, for any amount, currency and referrers', () => {
    fc.assert(
      fc.property(anyAmount, anyCurrency, anyReferrers, (minor, currency, referrers) => {
        const parts = Object.values(splitPayment(money(minor, currency), referrers));
        expect(parts.reduce((sum, part) => sum + part.minor, 0n)).toBe(minor);
        expect(parts.every((part) => part.currency === currency && part.minor >= 0n)).toBe(true);
      }),
    );
  });

  it('never rounds a share by more than half a minor unit', () => {
    fc.assert(
      fc.property(anyAmount, (minor) => {
        const split = splitPayment(money(minor, 'EUR'), { tier1: 'WREN', tier2: 'TAMSIN' });
        for (const [part, share] of [
          [split.platformFee, 1500n],
          [split.tier1, 500n],
          [split.tier2, 200n],
        ] as const) {
          const twice = 2n * (part.minor * 10_000n - minor * share);
          expect(twice > -10_000n && twice <= 10_000n).toBe(true);
        }
      }),
    );
  });

  it.each([
    [1n, 1n, 0n, 0n, 0n],
    [3n, 3n, 0n, 0n, 0n],
    [4n, 3n, 1n, 0n, 0n],
    [10n, 7n, 2n, 1n, 0n],
    [24n, 19n, 4n, 1n, 0n],
    [25n, 19n, 4n, 1n, 1n],
    [1999n, 1559n, 300n, 100n, 40n],
  ])('%d is %d for the creator, %d fee, %d and %d for the tiers', (minor, ...parts) => {
    const split = splitPayment(money(minor, 'USD'), { tier1: 'WREN', tier2: 'TAMSIN' });
    const { creator, platformFee, tier1, tier2 } = split;
    expect([creator.minor, platformFee.minor, tier1.minor, tier2.minor]).toEqual(parts);
  });

  it('creates parts that Stripe can transfer, for every amount that it can charge', () => {
    fc.assert(
      fc.property(anyAmount, anyCurrency, (count, currency) => {
        const amount = money(count * chargeStep(currency), currency);
        const split = splitPayment(amount, { tier1: 'WREN', tier2: 'TAMSIN' });
        for (const part of Object.values(split)) {
          expect(part.minor % chargeStep(currency)).toBe(0n);
          expect(() => stripeAmount(part)).not.toThrow();
        }
      }),
    );
  });

  it('gives the share of a missing tier to the creator', () => {
    const alone = splitPayment(money(1999n, 'USD'), {});
    expect([alone.creator.minor, alone.tier1.minor, alone.tier2.minor]).toEqual([1699n, 0n, 0n]);
  });
});
