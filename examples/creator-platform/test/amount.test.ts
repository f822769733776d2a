import { describe, expect, it } from '@jest/globals';
import { money, moneyFromProvider } from '@moneytrail/catalogue';
import fc from 'fast-check';
import { chargeStep, stripeAmount } from '../src/stripe/amount.ts';

describe("amounts in Stripe's format", () => {
  it.each([
    [1999n, 'EUR', 1999],
    [500n, 'JPY', 500],
    [5n, 'UGX', 500],
    [7n, 'ISK', 700],
    [1500n, 'KWD', 1500],
    [1200n, 'MGA', 12],
  ])('%d minor units of %s are %d', (minor, currency, amount) => {
    expect(stripeAmount(money(minor, currency))).toEqual({
      amount,
      currency: currency.toLowerCase(),
    });
  });

  it('convert back to the same money', () => {
    const currencies = fc.constantFrom('USD', 'JPY', 'KWD', 'UGX', 'ISK', 'MGA');
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 9_999n }), currencies, (count, currency) => {
        const amount = money(count * chargeStep(currency), currency);
        const sent = stripeAmount(amount);
        expect(moneyFromProvider('stripe', sent.amount, sent.currency)).toEqual(amount);
      }),
    );
  });

  it('are rejected when Stripe does not support the decimals', () => {
    expect(() => stripeAmount(money(1201n, 'MGA'))).toThrow('MONEYTRAIL_MONEY_NOT_EXACT');
  });

  it.each([
    ['EUR', 1n],
    ['JPY', 1n],
    ['KWD', 10n],
    ['MGA', 100n],
    ['UGX', 1n],
  ])('of a charge in %s are multiples of %d', (currency, step) => {
    expect(chargeStep(currency)).toBe(step);
  });
});
