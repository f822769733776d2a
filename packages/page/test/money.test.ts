// The UI is a bundle without a public entry: its pure functions are imported from their files.
import { describe, expect, it } from '@jest/globals';
import { currencyExponent, formatMoney, money } from '@moneytrail/catalogue';
import fc from 'fast-check';
import { amountText, formatCount, formatMinor, formatShare, sumMinor } from '../src/data/money.ts';

describe('amounts in the UI', () => {
  it.each([
    ['0', 2, '0.00'],
    ['5', 2, '0.05'],
    ['12000', 2, '120.00'],
    ['-500', 2, '−5.00'],
    ['2400', 0, '2,400'],
    ['1250000', 3, '1,250.000'],
    ['100', 0, '100'],
    ['99999999999999999999999', 2, '999,999,999,999,999,999,999.99'],
    ['12.5', 2, '12.5'],
    ['', 2, ''],
  ])('%s with %s decimals is shown as %s', (minor, exponent, text) => {
    expect(formatMinor(minor, exponent)).toBe(text);
  });

  it('match the catalogue, apart from grouping', () => {
    const currencies = fc.constantFrom('USD', 'EUR', 'JPY', 'KWD', 'CLF');
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 30n }), currencies, (minor, currency) => {
        const text = formatMinor(String(minor), currencyExponent(currency));
        expect(text.replaceAll(',', '')).toBe(formatMoney(money(minor, currency)));
      }),
    );
  });

  it.each([
    [{ amount_minor: '12000', currency: 'USD', exponent: 2 }, '120.00 USD'],
    [{ amount_minor: '12000', currency: 'ZZZ' }, '12,000 ZZZ minor'],
    [{}, ''],
  ])('%j is shown as %j', (amount, text) => {
    expect(amountText(amount)).toBe(text);
  });

  it.each([
    [['90', '18', '12'], 120n],
    [[], 0n],
    [['9007199254740993', '1'], 9007199254740994n],
    [['90', '1.5'], undefined],
    [['90', ''], undefined],
  ])('the sum of %j is %s', (amounts, sum) => {
    expect(sumMinor(amounts)).toBe(sum);
  });

  it.each([
    ['1800', '12000', '15%'],
    ['1', '3', '33.3%'],
    ['1', '0', ''],
    ['1', '', ''],
  ])('%s of %s is %j', (part, whole, text) => {
    expect(formatShare(part, whole)).toBe(text);
  });

  it.each([
    [0, '0'],
    [999, '999'],
    [1000, '1,000'],
    [1234567, '1,234,567'],
  ])('the count %s is shown as %s', (count, text) => {
    expect(formatCount(count)).toBe(text);
  });
});
