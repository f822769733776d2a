/** Converts amounts from and to the units of providers. */
import { codedError } from '../coded.ts';
import { MONEY_ERRORS } from '../errors.ts';
import { shownValue } from '../shown.ts';
import { knownProvider, type MoneyProvider, providerExponent } from './currencies.ts';
import {
  codeOrThrow,
  exponentOrThrow,
  type Money,
  membersOf,
  parseMoney,
  wholeUnits,
} from './money.ts';

/**
 * Converts an amount of a provider to ISO 4217 minor units: integers in the minor units of the provider (Stripe, Adyen) or
 * decimal strings (Braintree, PayPal). The result is exact, or it throws `MONEYTRAIL_MONEY_UNKNOWN_CURRENCY`,
 * `MONEYTRAIL_MONEY_NOT_EXACT` (the amount has more decimals than the currency) or `MONEYTRAIL_PROVIDER_UNKNOWN`. The
 * currency code may be in lower case.
 *
 * @example
 * ```ts
 * import { moneyFromProvider } from '@moneytrail/catalogue';
 * console.log(moneyFromProvider('stripe', 500, 'ugx').minor); // 5n, because Stripe counts UGX with two decimals
 * ```
 */
export function moneyFromProvider(
  provider: MoneyProvider,
  amount: number | bigint | string,
  currency: string,
): Money {
  knownProvider(provider);
  const code = codeOrThrow(currency);
  if (typeof amount === 'string') return parseMoney(amount, code);
  const iso = exponentOrThrow(code);
  const own = exponentOf(provider, code);
  return { minor: rescaled(wholeUnits(amount, code, own), own, iso, code), currency: code };
}

/**
 * Converts an amount to the minor units of a provider such as Stripe or Adyen: the inverse of `moneyFromProvider`. The
 * result is exact, or it throws `MONEYTRAIL_MONEY_UNKNOWN_CURRENCY`, `MONEYTRAIL_MONEY_NOT_EXACT` (the provider has fewer
 * decimals) or `MONEYTRAIL_PROVIDER_UNKNOWN`.
 *
 * @example
 * ```ts
 * import { money, moneyToProvider } from '@moneytrail/catalogue';
 * console.log(moneyToProvider('stripe', money(5n, 'UGX'))); // 500n
 * ```
 */
export function moneyToProvider(provider: MoneyProvider, amount: Money): bigint {
  const { minor, currency } = membersOf(amount);
  const iso = exponentOrThrow(currency);
  const units = wholeUnits(minor, currency, iso);
  return rescaled(units, iso, exponentOf(provider, currency), currency);
}

function exponentOf(provider: MoneyProvider, currency: string): number {
  return providerExponent(provider, currency) ?? exponentOrThrow(currency);
}

function rescaled(amount: bigint, from: number, to: number, currency: string): bigint {
  const up = amount * 10n ** BigInt(to);
  const scale = 10n ** BigInt(from);
  if (up % scale === 0n) return up / scale;
  throw codedError(MONEY_ERRORS, 'MONEYTRAIL_MONEY_NOT_EXACT', {
    amount: shownValue(amount),
    currency,
    decimals: to,
  });
}
