/** Tests of amounts of money and currencies. */
import { describe, expect, it } from '@jest/globals';
import {
  addMoney,
  currencyCode,
  currencyCodes,
  currencyExponent,
  formatMoney,
  type MoneyProvider,
  MoneytrailError,
  money,
  moneyFromProvider,
  moneyProblem,
  moneyToProvider,
  parseMoney,
  providerExponent,
} from '@moneytrail/catalogue';
import fc from 'fast-check';

const currency = fc.constantFrom(...currencyCodes());
const minor = fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n });

function codeOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    return error instanceof MoneytrailError ? error.code : String(error);
  }
  return 'nothing thrown';
}

describe('currencies', () => {
  it.each([
    ['EUR', 2],
    ['JPY', 0],
    ['KWD', 3],
    ['CLF', 4],
    ['HUF', 2],
    ['HRK', 2],
    ['ISK', 0],
    ['XAU', undefined],
    ['eur', undefined],
    ['EURO', undefined],
    ['', undefined],
  ])('%s has %s decimals', (code, decimals) => {
    expect(currencyExponent(code)).toBe(decimals);
  });

  it('has no code twice', () => {
    expect(new Set(currencyCodes()).size).toBe(currencyCodes().length);
  });
});

describe('a code in lower case', () => {
  const spelt = currency.chain((code) =>
    fc.tuple(
      fc.constant(code),
      fc
        .tuple(...[...code].map((letter) => fc.constantFrom(letter, letter.toLowerCase())))
        .map((letters) => letters.join('')),
    ),
  );

  it('is converted to capitals when money is created, parsed, added or formatted', () => {
    fc.assert(
      fc.property(spelt, fc.nat(), ([code, written], units) => {
        const amount = money(BigInt(units), code);
        const raw = { minor: BigInt(units), currency: written };
        expect(currencyCode(written)).toBe(code);
        expect(money(BigInt(units), written)).toEqual(amount);
        expect(moneyProblem(raw)).toBeUndefined();
        expect(formatMoney(raw)).toBe(formatMoney(amount));
        expect(parseMoney(formatMoney(raw), written)).toEqual(amount);
        expect(addMoney(raw, amount)).toEqual(addMoney(amount, amount));
        expect(moneyFromProvider('braintree', formatMoney(raw), written)).toEqual(amount);
        expect(moneyToProvider('braintree', raw)).toBe(amount.minor);
      }),
    );
  });

  it('is a currency only as three ASCII letters', () => {
    const known = new Set(currencyCodes());
    const near = fc.string({ unit: fc.constantFrom(...'EURSkıſ '), maxLength: 4 });
    fc.assert(
      fc.property(fc.oneof(fc.string(), near), (text) => {
        const isKnown = /^[A-Za-z]{3}$/.test(text) && known.has(text.toUpperCase());
        expect(currencyCode(text)).toBe(isKnown ? text.toUpperCase() : undefined);
      }),
    );
  });

  it.each([
    ' EUR',
    'EUR ',
    'EURO',
    'btc',
    '\u0131dr',
    '',
    undefined,
    978,
    { toString: () => 'EUR' },
  ])('is not %p, which money() keeps unchanged for the rejection', (written) => {
    expect(Reflect.apply(money, undefined, [1n, written])).toEqual({
      minor: 1n,
      currency: written,
    });
    expect(codeOf(() => Reflect.apply(parseMoney, undefined, ['1', written]))).toBe(
      'MONEYTRAIL_MONEY_UNKNOWN_CURRENCY',
    );
  });
});

describe('a provider whose decimals are not known', () => {
  const calls: [string, (provider: unknown) => unknown][] = [
    ['an amount of it', (one) => Reflect.apply(moneyFromProvider, undefined, [one, 1999, 'eur'])],
    ['a text of it', (one) => Reflect.apply(moneyFromProvider, undefined, [one, '19.99', 'eur'])],
    [
      'an amount for it',
      (one) => Reflect.apply(moneyToProvider, undefined, [one, money(1n, 'EUR')]),
    ],
    ['its decimals', (one) => Reflect.apply(providerExponent, undefined, [one, 'EUR'])],
  ];

  it.each(calls)('is rejected with a code that names the known ones: %s', (_what, call) => {
    for (const provider of ['mollie', 'Stripe', 'constructor', '', undefined, null, 5, {}]) {
      expect(codeOf(() => call(provider))).toBe('MONEYTRAIL_PROVIDER_UNKNOWN');
    }
    expect(() => call('mollie')).toThrow(/"mollie".*stripe, adyen, braintree, paypal/);
  });
});

describe('parseMoney', () => {
  it.each([
    ['12.30', 'EUR', 1230n],
    ['12.3', 'EUR', 1230n],
    ['12', 'EUR', 1200n],
    ['12', 'JPY', 12n],
    ['0.005', 'KWD', 5n],
    ['1.20000', 'EUR', 120n],
    ['-0.01', 'EUR', -1n],
    ['90071992547409930.07', 'USD', 9007199254740993007n],
  ])('reads %s %s as %s', (text, code, expected) => {
    expect(parseMoney(text, code)).toEqual({ minor: expected, currency: code });
  });

  it.each([
    ['1.234', 'EUR', 'MONEYTRAIL_MONEY_NOT_EXACT'],
    ['1.5', 'JPY', 'MONEYTRAIL_MONEY_NOT_EXACT'],
    ['1e3', 'EUR', 'MONEYTRAIL_MONEY_NOT_EXACT'],
    ['1,50', 'EUR', 'MONEYTRAIL_MONEY_NOT_EXACT'],
    ['.5', 'EUR', 'MONEYTRAIL_MONEY_NOT_EXACT'],
    ['5.', 'EUR', 'MONEYTRAIL_MONEY_NOT_EXACT'],
    [' 5', 'EUR', 'MONEYTRAIL_MONEY_NOT_EXACT'],
    ['', 'EUR', 'MONEYTRAIL_MONEY_NOT_EXACT'],
    ['NaN', 'EUR', 'MONEYTRAIL_MONEY_NOT_EXACT'],
    ['1', 'XYZ', 'MONEYTRAIL_MONEY_UNKNOWN_CURRENCY'],
  ])('rejects %j %s with %s', (text, code, expected) => {
    expect(codeOf(() => parseMoney(text, code))).toBe(expected);
  });

  it('parses everything that formatMoney returns', () => {
    fc.assert(
      fc.property(minor, currency, (amount, code) => {
        expect(parseMoney(formatMoney(money(amount, code)), code).minor).toBe(amount);
      }),
    );
  });
});

describe('addMoney', () => {
  it('adds exactly, in any order', () => {
    fc.assert(
      fc.property(fc.array(minor), currency, (amounts, code) => {
        const sum = (list: bigint[]): bigint =>
          list.reduce((total, next) => addMoney(total, money(next, code)), money(0n, code)).minor;
        expect(sum(amounts)).toBe(amounts.reduce((a, b) => a + b, 0n));
        expect(sum(amounts.toReversed())).toBe(sum(amounts));
      }),
    );
  });

  it('never adds two currencies', () => {
    const mixed = (): unknown => addMoney(money(1n, 'EUR'), money(1n, 'USD'));
    expect(codeOf(mixed)).toBe('MONEYTRAIL_MONEY_CURRENCY_MISMATCH');
  });
});

describe('moneyFromProvider', () => {
  it.each<[MoneyProvider, number | bigint | string, string, bigint]>([
    ['stripe', 1999, 'eur', 1999n],
    ['stripe', 500, 'ugx', 5n],
    ['stripe', 500, 'isk', 5n],
    ['stripe', 5, 'mga', 500n],
    ['stripe', 5000, 'kwd', 5000n],
    ['stripe', 5, 'jpy', 5n],
    ['adyen', 500, 'CLP', 5n],
    ['adyen', 5, 'CVE', 500n],
    ['adyen', 5, 'IDR', 500n],
    ['braintree', '19.99', 'USD', 1999n],
    ['paypal', '100', 'HUF', 10000n],
    ['paypal', '100.00', 'TWD', 10000n],
    ['stripe', 2n ** 60n, 'usd', 2n ** 60n],
  ])('reads %s %s %s as %s minor units', (provider, amount, code, expected) => {
    expect(moneyFromProvider(provider, amount, code)).toEqual({
      minor: expected,
      currency: code.toUpperCase(),
    });
  });

  it.each<[MoneyProvider, number | string, string, string]>([
    ['stripe', 550, 'ugx', 'MONEYTRAIL_MONEY_NOT_EXACT'],
    ['stripe', 1.5, 'eur', 'MONEYTRAIL_MONEY_NOT_EXACT'],
    ['stripe', 2 ** 53, 'eur', 'MONEYTRAIL_MONEY_NOT_EXACT'],
    ['stripe', Number.NaN, 'eur', 'MONEYTRAIL_MONEY_NOT_EXACT'],
    ['braintree', '19.999', 'USD', 'MONEYTRAIL_MONEY_NOT_EXACT'],
    ['stripe', 100, 'btc', 'MONEYTRAIL_MONEY_UNKNOWN_CURRENCY'],
  ])('rejects %s %s %s with %s', (provider, amount, code, expected) => {
    expect(codeOf(() => moneyFromProvider(provider, amount, code))).toBe(expected);
  });

  it('keeps the value of every currency: exponent and amount change together', () => {
    fc.assert(
      fc.property(currency, fc.integer({ min: 0, max: 10 ** 9 }), (code, major) => {
        for (const provider of ['stripe', 'adyen'] as const) {
          const own = providerExponent(provider, code) ?? 0;
          const { minor: iso } = moneyFromProvider(
            provider,
            BigInt(major) * 10n ** BigInt(own),
            code,
          );
          expect(iso).toBe(BigInt(major) * 10n ** BigInt(currencyExponent(code) ?? 0));
        }
      }),
    );
  });
});

describe('moneyToProvider', () => {
  it('is the inverse, for every currency and provider', () => {
    fc.assert(
      fc.property(currency, fc.bigInt({ min: 0n, max: 10n ** 15n }), (code, amount) => {
        for (const provider of ['stripe', 'adyen', 'braintree', 'paypal'] as const) {
          const whole = money(amount * 10n ** BigInt(currencyExponent(code) ?? 0), code);
          const sent = moneyToProvider(provider, whole);
          expect(moneyFromProvider(provider, sent, code)).toEqual(whole);
        }
      }),
    );
  });

  it.each([
    [1200n, 'MGA', '12'],
    [1201n, 'MGA', 'MONEYTRAIL_MONEY_NOT_EXACT'],
    [5n, 'ISK', '500'],
    [1n, 'XAU', 'MONEYTRAIL_MONEY_UNKNOWN_CURRENCY'],
  ])('of %s %s is %s at Stripe', (minor, code, expected) => {
    let sent = '';
    const thrown = codeOf(() => {
      sent = String(moneyToProvider('stripe', money(minor, code)));
    });
    expect(sent || thrown).toBe(expected);
  });
});

describe('calls without types', () => {
  const NOT_EXACT = 'MONEYTRAIL_MONEY_NOT_EXACT';
  const euros = (minor: unknown): unknown => ({ minor, currency: 'EUR' });

  it.each([
    ['a number for a text', parseMoney, [12.3, 'EUR'], NOT_EXACT],
    ['minor units for a text', parseMoney, [5n, 'EUR'], NOT_EXACT],
    ['a fraction to print', formatMoney, [euros(1.5)], NOT_EXACT],
    ['no number to print', formatMoney, [euros(Number.NaN)], NOT_EXACT],
    ['a text to add', addMoney, [euros('5'), euros(1n)], NOT_EXACT],
    ['a text to add to', addMoney, [euros(1n), euros('5')], NOT_EXACT],
    ['a fraction to send', moneyToProvider, ['stripe', euros(1.5)], NOT_EXACT],
    ['nothing from a provider', moneyFromProvider, ['stripe', null, 'eur'], NOT_EXACT],
    [
      'no currency',
      moneyFromProvider,
      ['stripe', 5, undefined],
      'MONEYTRAIL_MONEY_UNKNOWN_CURRENCY',
    ],
  ])('are rejected with a code: %s', (_what, call, given, code) => {
    expect(codeOf(() => Reflect.apply(call, undefined, given))).toBe(code);
  });

  it.each([
    [formatMoney, [euros(1999)], '19.99'],
    [addMoney, [euros(1999), euros(1n)], euros(2000n)],
    [moneyToProvider, ['stripe', euros(1999)], 1999n],
  ])('may pass integers: %p of %p is %p', (call, given, expected) => {
    expect(Reflect.apply(call, undefined, given)).toEqual(expected);
  });
});

describe('moneyProblem', () => {
  it.each([
    [0n, 'EUR', undefined],
    [-1n, 'EUR', 'negative_amount'],
    [BigInt(Number.MAX_SAFE_INTEGER), 'EUR', undefined],
    [BigInt(Number.MAX_SAFE_INTEGER) + 1n, 'EUR', 'unsafe_amount'],
    [1, 'EUR', undefined],
    [1.5, 'EUR', 'fractional_amount'],
    [2 ** 53, 'EUR', 'unsafe_amount'],
    [Number.POSITIVE_INFINITY, 'EUR', 'unsafe_amount'],
    ['1', 'EUR', 'unsafe_amount'],
    [1n, 'eur', undefined],
    [1n, ' EUR', 'unknown_currency'],
    [1n, undefined, 'unknown_currency'],
  ])('of %s %s is %s', (amount, code, problem) => {
    expect(moneyProblem({ minor: amount, currency: code })).toBe(problem);
  });
});
