/** Currencies and their decimals, by ISO 4217 and by provider. */
import { codedError } from '../coded.ts';
import { MONEY_ERRORS } from '../errors.ts';
import { shownValue } from '../shown.ts';

/**
 * ISO 4217 amendment list of 2026-01-01, by number of decimals. The decimals of `Intl` are display conventions (ICU has 0
 * for 33 currencies, ISO for 17), so they are never used for money.
 */
const CODES_BY_EXPONENT: Readonly<Record<number, string>> = {
  0: 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF',
  2:
    'AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW CNY ' +
    'COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS ' +
    'INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR ' +
    'MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP ' +
    'STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XAD XCD XCG YER ZAR ZMW ZWG',
  3: 'BHD IQD JOD KWD LYD OMR TND',
  4: 'CLF UYW',
};

/** Withdrawn since 2015; old events still carry them. */
const WITHDRAWN: Readonly<Record<number, string>> = {
  0: 'BYR',
  2: 'ANG BGN CUC HRK LTL MRO SLL STD VEF ZWL',
};

const EXPONENTS: ReadonlyMap<string, number> = new Map(
  [CODES_BY_EXPONENT, WITHDRAWN].flatMap((table) =>
    Object.entries(table).flatMap(([exponent, codes]) =>
      codes.split(' ').map((code): [string, number] => [code, Number(exponent)]),
    ),
  ),
);

/** Payment providers whose amounts Moneytrail can read. */
export type MoneyProvider = 'stripe' | 'adyen' | 'braintree' | 'paypal';

/**
 * Currencies for which the decimals of a provider differ from ISO 4217. Sources: Stripe "Supported currencies"
 * (zero-decimal list and special cases), Adyen "Currency codes and minor units" (rows marked as different), PayPal
 * "Currency codes" (currencies without decimals). Braintree follows ISO 4217.
 */
const PROVIDER_EXPONENTS: Readonly<Record<MoneyProvider, Readonly<Record<string, number>>>> = {
  stripe: { ISK: 2, MGA: 0, UGX: 2 },
  adyen: { CLP: 2, CVE: 0, IDR: 0, ISK: 2 },
  braintree: {},
  paypal: { HUF: 0, TWD: 0 },
};

/**
 * The code of a currency in capitals, as recorded, also for lower-case input such as `eur` of Stripe; `undefined` if it is
 * not a currency. Spaces are not accepted.
 *
 * @example
 * ```ts
 * import { currencyCode } from '@moneytrail/catalogue';
 * console.log(currencyCode('eur'), currencyCode('EUR '), currencyCode('btc')); // EUR undefined undefined
 * ```
 */
export function currencyCode(written: unknown): string | undefined {
  // Check for three ASCII letters first: the capitals of some letters of other alphabets are ASCII letters.
  if (typeof written !== 'string' || !/^[a-z]{3}$/i.test(written)) return undefined;
  const code = written.toUpperCase();
  return EXPONENTS.has(code) ? code : undefined;
}

/**
 * Decimals of a currency by ISO 4217, or `undefined` for a code that is not a currency (`XAU`, `BTC`) or not in capitals
 * (use `currencyCode`).
 *
 * @example
 * ```ts
 * import { currencyExponent } from '@moneytrail/catalogue';
 * console.log(currencyExponent('KWD'), currencyExponent('JPY'), currencyExponent('XAU')); // 3 0 undefined
 * ```
 */
export function currencyExponent(currency: string): number | undefined {
  return EXPONENTS.get(currency);
}

/**
 * Decimals of the amounts of a provider in a currency. They differ from ISO 4217 for a few currencies. Throws
 * `MONEYTRAIL_PROVIDER_UNKNOWN`.
 *
 * @example
 * ```ts
 * import { providerExponent } from '@moneytrail/catalogue';
 * console.log(providerExponent('stripe', 'UGX'), providerExponent('adyen', 'UGX')); // 2 0
 * ```
 */
export function providerExponent(provider: MoneyProvider, currency: string): number | undefined {
  const own = PROVIDER_EXPONENTS[knownProvider(provider)];
  return own[currency] ?? EXPONENTS.get(currency);
}

/**
 * All ISO 4217 codes that can carry an amount, withdrawn ones included, sorted.
 *
 * @example
 * ```ts
 * import { currencyCodes } from '@moneytrail/catalogue';
 * console.log(currencyCodes().includes('EUR')); // true
 * ```
 */
export function currencyCodes(): readonly string[] {
  return [...EXPONENTS.keys()].sort();
}

/**
 * Validates the name of a provider, because callers without types may pass any value. Throws `MONEYTRAIL_PROVIDER_UNKNOWN`.
 */
export function knownProvider(provider: MoneyProvider): MoneyProvider {
  if (typeof provider === 'string' && Object.hasOwn(PROVIDER_EXPONENTS, provider)) return provider;
  const known = Object.keys(PROVIDER_EXPONENTS).join(', ');
  throw codedError(MONEY_ERRORS, 'MONEYTRAIL_PROVIDER_UNKNOWN', {
    provider: shownValue(provider),
    known,
  });
}
